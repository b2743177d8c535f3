import { describe, expect, vi } from 'vitest';
import type { BusyAnswer, CompanyId, Storage } from '../../src/adapter.ts';
import { Availability } from '../../src/core/availability/availability.ts';
import { Catalogs } from '../../src/core/availability/catalogs.ts';
import { salon as salonWith } from '../engine/salon.ts';
import { TEN, type Client } from '../http/api.ts';
import { between } from './between.ts';
import type { FrontDesk } from './frontDesk.ts';
import { guarded } from './guarded.ts';

const NOON = '2026-11-24T12:00:00+01:00';
const TUESDAY = 'from=2026-11-24T00:00:00%2B01:00&to=2026-11-25T00:00:00%2B01:00';

/** The starts that are listed for the one chair on Tuesday. */
async function listed(ask: Client, service = 'anna-only'): Promise<readonly string[]> {
  const { status, body } = await ask('GET', `/api/v2/slots?service=${service}&${TUESDAY}`);
  expect(status).toBe(200);
  return body.slots.map(({ start }) => String(start).slice(11, 16));
}

/** Answers once and then from memory, by everything that is asked. */
const remembering =
  (keyOf: (company: string, query: unknown) => string) =>
  (inner: Storage): Storage => {
    const known = new Map<string, BusyAnswer>();
    const busy: Storage['busy'] = async (company, query) => {
      const key = keyOf(company, query);
      const answer = known.get(key) ?? (await inner.busy(company, query));
      known.set(key, answer);
      return answer;
    };
    return between(() => ({ busy }))(inner);
  };

describe('what is free, after somebody wrote', () => {
  guarded(
    'whatever writes in one process, what is free is told at once by the other',
    async (desk) => {
      const far = await desk.beside();
      try {
        const writer = desk.salon;
        const expectTen = async (isFree: boolean, after: string): Promise<void> => {
          for (const ask of [far.salon, desk.salon]) {
            expect([after, (await listed(ask)).includes('10:00')]).toEqual([after, isFree]);
            const { body } = await ask('POST', '/api/v2/slots/check', { body: { service: 'anna-only', start: TEN } });
            expect([after, body['bookable']]).toEqual([after, isFree]);
          }
        };
        const ten = { service: 'anna-only', start: TEN };
        await expectTen(true, 'nothing');
        const held = await writer('POST', '/api/v2/holds', { body: { ...ten, owner: 'a' } });
        await expectTen(false, 'a hold');
        await writer('DELETE', `/api/v2/holds/${held.body.id}?owner=a`);
        await expectTen(true, 'a release');
        await writer('POST', '/api/v2/holds', { body: { ...ten, owner: 'a' } });
        desk.clock.advance(300_000);
        await expectTen(true, 'the end of a hold');
        const pending = await writer('POST', '/api/v2/appointments', { body: { ...ten, status: 'pending' } });
        await expectTen(false, 'a pending booking');
        const path = `/api/v2/appointments/${pending.body.id}`;
        await writer('POST', `${path}/confirm`, { body: {} });
        await expectTen(false, 'its confirmation');
        await writer('POST', `${path}/reschedule`, { body: { start: NOON } });
        await expectTen(true, 'a move away');
        await writer('POST', `${path}/reschedule`, { body: { start: TEN } });
        await expectTen(false, 'a move back');
        await writer('POST', `${path}/cancel`, { body: {} });
        await expectTen(true, 'a cancellation');
        const converted = await writer('POST', '/api/v2/holds', { body: { ...ten, owner: 'b' } });
        await writer('POST', '/api/v2/appointments', { body: { hold: converted.body.id, owner: 'b' } });
        await expectTen(false, 'a hold that was booked');
        const replacing = { appointment: converted.body.id, version: 1 };
        await writer('POST', '/api/v2/appointments', { body: { service: 'anna-only', start: NOON, replacing } });
        await expectTen(true, 'a booking in its place');
        const { body: batch } = await writer('POST', '/api/v2/appointments/batch', {
          body: { mode: 'all', items: [ten] },
        });
        await expectTen(false, 'a batch');
        const [first] = batch.items.map(({ appointment }) => (appointment as { readonly id: string }).id);
        await writer('POST', `/api/v2/appointments/${first ?? ''}/cancel`, { body: {} });
        await expectTen(true, 'its cancellation');
        const caller = desk.call('writer');
        await caller.ask('find_slots', { date: '2026-11-24', time: '10:00', service: 'Anna only' });
        expect(await caller.ask('book', { offer: 1 })).toMatchObject({ ok: true });
        await expectTen(false, 'a booking by telephone');
        expect(desk.rows.contradictions(desk.clock.now())).toEqual([]);
      } finally {
        await far.close();
      }
    },
    {
      'what is occupied remembered by the process that does not write': {
        storage: remembering((company, query) => `${company} ${JSON.stringify(query)}`),
      },
    },
  );

  guarded(
    'a configuration that is changed in one process holds for the very next question to the other',
    async (desk) => {
      const far = await desk.beside();
      try {
        const before = await listed(far.salon, 'cut');
        expect(before.at(-1)).toBe('16:00');
        const earlier = salonWith({
          schedules: [{ key: 'week', weekly: [{ days: ['tu'], from: '09:00', to: '12:00' }] }],
          services: [{ key: 'cut', name: 'Cut', durationMinutes: 90, stepMinutes: 30, resources: ['anna', 'ben'] }],
        });
        const applied = await desk.salon('POST', '/api/v2/setup', { body: { companies: [earlier] } });
        expect(applied.status).toBe(200);
        expect(await listed(far.salon, 'cut')).toEqual(['09:00', '09:30', '10:00', '10:30']);
        const late = await far.salon('POST', '/api/v2/appointments', { body: { service: 'cut', start: NOON } });
        expect([late.status, late.body.code]).toEqual([409, 'OUTSIDE_HOURS']);
        const booked = await far.salon('POST', '/api/v2/appointments', { body: { service: 'cut', start: TEN } });
        expect(booked.status).toBe(201);
        const [stored] = desk.rows.appointments();
        expect((stored?.endMs ?? 0) - (stored?.startMs ?? 0)).toBe(90 * 60_000);
        expect((await far.salon('GET', '/api/v2/services')).text).not.toContain('colour');
      } finally {
        await far.close();
      }
    },
    {
      'a revision that is taken for the one that is known': {
        storage: between((inner) => {
          const first = new Map<string, number | null>();
          return {
            busy: async (company, query) => {
              const answer = await inner.busy(company, query);
              const revision = first.get(company) ?? answer.revision;
              first.set(company, revision);
              return { ...answer, revision };
            },
          };
        }),
      },
    },
  );
});

/** The other company has another configuration and other bookings under the same names. */
async function twoTenants({ salon, other, rows, call }: FrontDesk): Promise<void> {
  const renamed = salonWith({
    key: 'other',
    name: 'Other',
    numbers: [],
    resources: [
      { key: 'anna', name: 'Olga', schedule: 'week' },
      { key: 'ben', name: 'Boris', schedule: 'week' },
    ],
  });
  expect((await other('POST', '/api/v2/setup', { body: { companies: [renamed] } })).status).toBe(200);
  const customer = { name: 'Erika', phone: '+493055501001' };
  const booked = await salon('POST', '/api/v2/appointments', { body: { service: 'anna-only', start: TEN, customer } });
  expect(booked.status).toBe(201);
  expect(await listed(salon)).not.toContain('10:00');
  expect(await listed(other)).toContain('10:00');
  expect((await salon('GET', '/api/v2/resources')).text).toContain('Anna');
  expect((await other('GET', '/api/v2/resources')).text).toMatch(/Olga.*Boris/);
  expect((await other('GET', '/api/v2/resources')).text).not.toContain('Anna"');
  for (const path of ['appointments', 'customers'])
    expect((await other('GET', `/api/v2/${path}`)).body.items).toEqual([]);
  expect((await other('GET', `/api/v2/appointments/${booked.body.id}`)).body.code).toBe('APPOINTMENT_UNKNOWN');
  const theirs = await other('POST', '/api/v2/appointments', { body: { service: 'anna-only', start: TEN, customer } });
  expect(theirs.status).toBe(201);
  expect(theirs.body['customerId']).not.toBe(booked.body['customerId']);
  const offered = await salon('POST', '/api/v2/offers', { body: { service: 'cut', start: NOON } });
  const stolen = await other('POST', '/api/v2/appointments', { body: { offer: offered.body.offer } });
  expect([stolen.status, stolen.body.code]).toEqual([400, 'OFFER_INVALID']);
  const heard = await call('tenant').ask('find_slots', { date: '2026-11-24', time: '12:00', service: 'Anna only' });
  expect(JSON.stringify(heard)).not.toMatch(/Olga|Boris|Other/);
  const companies = rows.appointments().map(({ company }) => company);
  expect(new Set(companies).size).toBe(2);
}

describe('whose data is told', () => {
  guarded('what is known of one company is never told to another, though everything has the same names', twoTenants, {
    'busy time remembered without the company': {
      storage: remembering((_, query) => JSON.stringify({ ...(query as object), resourceIds: [] })),
    },
    'compiled configurations remembered without the company': {
      breaks: () => {
        let known: ReturnType<Catalogs['refresh']> | undefined;
        const remembered = (['get', 'current'] as const).map((name) =>
          vi.spyOn(Catalogs.prototype, name).mockImplementation(function (this: Catalogs, company: CompanyId) {
            return (known ??= this.refresh(company));
          }),
        );
        return () => remembered.forEach((each) => each.mockRestore());
      },
    },
  });
});

describe('what an offer says', () => {
  guarded(
    'what was offered is what is booked: the service, who, how long and when',
    async ({ salon, rows, clock }) => {
      const find = await salon('GET', `/api/v2/slots?service=colour&${TUESDAY}&resource=ben`);
      const slot = find.body.slots.find(({ start }) => start === '2026-11-24T12:00:00.000+01:00') ?? expect.fail();
      const order = { service: 'colour', start: NOON, resource: 'ben' };
      const { body } = await salon('POST', '/api/v2/offers', { body: order });
      const { offer } = body;
      for (const beside of [{ service: 'cut' }, { start: TEN }, { resource: 'anna' }])
        expect((await salon('POST', '/api/v2/appointments', { body: { offer, ...beside } })).status).toBe(400);
      // Neither a text of its own nor one that was changed is an offer.
      const other = await salon('POST', '/api/v2/offers', { body: { service: 'cut', start: NOON } });
      const spliced = `${offer.split('~')[0] ?? ''}~${other.body.offer.split('~')[1] ?? ''}`;
      for (const forged of [spliced, `${offer.slice(0, 3)}z${offer.slice(4)}`]) {
        const refused = await salon('POST', '/api/v2/appointments', { body: { offer: forged } });
        expect([refused.status, refused.body.code]).toEqual([400, 'OFFER_INVALID']);
      }
      const booked = await salon('POST', '/api/v2/appointments', { body: { offer } });
      expect(booked.status).toBe(201);
      const [stored] = rows.appointments();
      expect(stored).toMatchObject({ service: slot['serviceId'], resources: slot.resourceIds });
      expect([stored?.startMs, stored?.endMs]).toEqual([Date.parse(NOON), Date.parse(NOON) + 90 * 60_000]);

      // An offer of an hour does not become an appointment of another length, nor one with somebody else.
      const hour = await salon('POST', '/api/v2/offers', { body: { service: 'cut', start: TEN, resource: 'anna' } });
      const longer = salonWith({
        services: [{ key: 'cut', name: 'Cut', durationMinutes: 90, stepMinutes: 30, resources: ['anna', 'ben'] }],
      });
      await salon('POST', '/api/v2/setup', { body: { companies: [longer] } });
      const changed = await salon('POST', '/api/v2/appointments', { body: { offer: hour.body.offer } });
      expect([changed.status, changed.body.code]).toEqual([400, 'OFFER_INVALID']);
      expect(rows.count('appointments')).toBe(1);
      expect(rows.contradictions(clock.now())).toEqual([]);
    },
    {
      'an offer that pins nothing but a service and a start': {
        breaks: () => {
          const { judge } = Availability.prototype;
          const loose = vi.spyOn(Availability.prototype, 'judge').mockImplementation(function (
            this: Availability,
            company,
            { wish, startMs },
            asker,
          ) {
            return judge.call(this, company, { wish, startMs }, asker);
          });
          return () => loose.mockRestore();
        },
      },
    },
  );
});
