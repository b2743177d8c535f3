import { describe, expect } from 'vitest';
import type { AppointmentStatus } from '../../src/index.ts';
import { statuses } from '../../src/core/model/status.ts';
import { salon as salonWith } from '../engine/salon.ts';
import { TEN, type Client } from '../http/api.ts';
import { between, writing } from './between.ts';
import type { FrontDesk } from './frontDesk.ts';
import { guarded } from './guarded.ts';

const on = (time: string): string => `2026-11-24T${time}:00+01:00`;

/** Fifty minutes, a wait, five, a wait, fifteen and forty: 135 in all, 110 of them busy. */
const perm = {
  key: 'perm',
  name: 'Perm',
  stepMinutes: 15,
  resources: ['anna'],
  segments: [
    { key: 'wrap', durationMinutes: 50, gapAfterMinutes: 15 },
    { key: 'rinse', durationMinutes: 5, gapAfterMinutes: 10 },
    { key: 'neutralise', durationMinutes: 15 },
    { key: 'cut', durationMinutes: 40 },
  ],
};
const short = { key: 'short', name: 'Short', durationMinutes: 15, stepMinutes: 5, resources: ['anna'] };
const hour = { key: 'hour', name: 'Hour', durationMinutes: 60, stepMinutes: 15, resources: ['anna'] };
const services = [perm, short, hour];

/** Each way to write a time, at the same moment and over each other. */
async function everyWriter({ salon, rows, clock, call }: FrontDesk): Promise<void> {
  const book = (service: string, time: string, more: object = {}) =>
    salon('POST', '/api/v2/appointments', { body: { service, start: on(time), ...more } });
  const hold = (time: string) =>
    salon('POST', '/api/v2/holds', { body: { service: 'hour', start: on(time), owner: 'h' } });
  const [moving, replaced, held] = await Promise.all([book('hour', '09:00'), book('hour', '16:00'), hold('14:00')]);
  const caller = call('collides');
  await caller.ask('find_slots', { date: '2026-11-24', time: '11:00', service: 'Hour' });
  const answers = await Promise.all([
    book('perm', '10:15'),
    book('hour', '10:45'),
    book('hour', '11:00', { by: 'company', source: 'desk' }),
    book('hour', '10:30', { status: 'pending' }),
    book('hour', '11:15', { replacing: { appointment: replaced.body.id, version: 1 }, by: 'company' }),
    hold('10:45'),
    salon('POST', `/api/v2/appointments/${moving.body.id}/reschedule`, { body: { start: on('10:30') } }),
    caller.ask('book', { offer: 1 }),
    salon('POST', '/api/v2/appointments/batch', {
      body: { mode: 'each', items: ['10:30', '12:30', '13:00'].map((time) => ({ service: 'hour', start: on(time) })) },
    }),
    salon('POST', '/api/v2/series', {
      body: { service: 'hour', start: on('10:30'), rule: 'FREQ=DAILY;COUNT=3', conflicts: 'shift' },
    }),
  ]);
  const won = answers.filter((answer) => ('ok' in answer ? answer.ok : answer.status < 300));
  expect(won.length).toBeGreaterThan(0);
  // A hold is turned into an appointment, and an appointment is moved onto a hold, over what is there.
  await Promise.all([
    salon('POST', '/api/v2/appointments', { body: { hold: held.body.id, owner: 'h' } }),
    salon('POST', `/api/v2/appointments/${moving.body.id}/reschedule`, { body: { hold: held.body.id, owner: 'h' } }),
  ]);
  // What the setup changes does not move what is booked, and what is booked later stays clear of it.
  const longer = { ...hour, durationMinutes: 120 };
  const applied = await salon('POST', '/api/v2/setup', {
    body: { companies: [salonWith({ services: [perm, short, longer] })] },
  });
  expect(applied.status).toBe(200);
  await Promise.all(['09:00', '12:30', '13:00', '15:00'].map((time) => book('hour', time)));
  expect(rows.contradictions(clock.now())).toEqual([]);
}

describe('what lies over each other', () => {
  guarded(
    'no writer stores what overlaps: booking, batches, series, holding, moving, replacing, the telephone, and after a setup',
    everyWriter,
    {
      'claims without their key, where all have looked a moment before': {
        storage: between((inner) => ({
          busy: async (company, query) => {
            const answer = await inner.busy(company, query);
            return { ...answer, busy: answer.busy.map(() => new Float64Array(0)) };
          },
        })),
        breaks: ({ rows }) => void rows.dropClaimsKey(),
      },
    },
    { salon: { services } },
  );

  guarded(
    'a composite service takes its busy minutes and not one of its waits',
    async ({ salon, rows, clock }) => {
      const book = async (service: string, time: string) => {
        const answer = await salon('POST', '/api/v2/appointments', { body: { service, start: on(time) } });
        return answer.status === 201 ? 'booked' : answer.body.code;
      };
      expect(await book('perm', '10:00')).toBe('booked');
      const [stored] = rows.appointments();
      expect([stored?.startMs, stored?.endMs]).toEqual([Date.parse(on('10:00')), Date.parse(on('12:15'))]);
      expect(rows.claims(stored?.id ?? '')).toHaveLength(110 / 5);
      // The first wait has room for a quarter of an hour, the second has not.
      expect(await book('short', '10:50')).toBe('booked');
      expect(await book('short', '11:05')).toBe('SLOT_TAKEN');
      expect(await book('short', '11:10')).toBe('SLOT_TAKEN');
      expect(await book('hour', '11:15')).toBe('SLOT_TAKEN');
      expect(await book('perm', '08:30')).toBe('OUTSIDE_HOURS');
      expect(await book('perm', '12:15')).toBe('booked');
      expect(rows.contradictions(clock.now())).toEqual([]);
    },
    {
      'claims from the first minute to the last': {
        storage: writing((write) => ({
          ...write,
          claims: write.claims?.map((claim) => {
            const [first] = claim.spans;
            const last = claim.spans.at(-1);
            return first === undefined || last === undefined
              ? claim
              : { ...claim, spans: [{ ...first, endMs: last.endMs }] };
          }),
        })),
      },
    },
    { salon: { services } },
  );
});

/** The steps that bring an appointment into a status. */
const ways: Readonly<Record<AppointmentStatus, readonly string[]>> = {
  pending: [],
  confirmed: ['confirm'],
  completed: ['confirm', 'complete'],
  cancelled: ['confirm', 'cancel'],
  noShow: ['confirm', 'no-show'],
};
const steps: Readonly<Record<string, AppointmentStatus>> = {
  confirm: 'confirmed',
  complete: 'completed',
  cancel: 'cancelled',
  'no-show': 'noShow',
};

/** Books the one chair as pending and goes on to a status. */
async function inStatus(salon: Client, status: AppointmentStatus, start: string): Promise<string> {
  const { body } = await salon('POST', '/api/v2/appointments', {
    body: { service: 'anna-only', start, status: 'pending' },
  });
  expect(body.id).toBeDefined();
  for (const step of ways[status]) await salon('POST', `/api/v2/appointments/${body.id}/${step}`, { body: {} });
  return body.id;
}

describe('what a status means', () => {
  guarded(
    'each status occupies its time or frees it, and all who ask are told alike',
    async ({ salon, rows, clock }) => {
      const all = Object.keys(ways) as readonly AppointmentStatus[];
      expect(new Set(all)).toEqual(new Set(Object.keys(statuses)));
      for (const [index, status] of all.entries()) {
        const start = `2026-11-24T${10 + index}:00:00+01:00`;
        const id = await inStatus(salon, status, start);
        const order = { service: 'anna-only', start };
        const isClosed = {
          claims: rows.claims(id).length > 0,
          check: (await salon('POST', '/api/v2/slots/check', { body: order })).body['bookable'] === false,
          explanation: (await salon('POST', '/api/v2/slots/explain', { body: order })).body['bookable'] === false,
          list: !(
            await salon('GET', `/api/v2/slots?service=anna-only&count=2000&from=${encodeURIComponent(start)}`)
          ).body.slots.some((slot) => slot['startMs'] === Date.parse(start)),
          booking: (await salon('POST', '/api/v2/appointments', { body: order })).status === 409,
        };
        const { occupies } = statuses[status];
        expect({ status, ...isClosed }).toEqual({
          status,
          claims: occupies,
          check: occupies,
          explanation: occupies,
          list: occupies,
          booking: occupies,
        });
      }
      expect(rows.contradictions(clock.now())).toEqual([]);
    },
    {
      'a missed appointment that gives its time back': {
        storage: writing((write) => {
          const missed =
            write.appointments?.filter(({ row }) => row.status === 'noShow').map(({ row }) => row.id) ?? [];
          return { ...write, release: [...(write.release ?? []), ...missed] };
        }),
      },
      'a cancelled appointment that keeps it': {
        storage: writing((write) =>
          write.appointments?.[0]?.row.status === 'cancelled' ? { ...write, release: [] } : write,
        ),
      },
    },
  );

  guarded(
    'from each status lead the steps of the one table and no others',
    async ({ salon, rows }) => {
      let index = -1;
      for (const from of Object.keys(ways) as readonly AppointmentStatus[])
        for (const [step, to] of Object.entries(steps)) {
          index += 1;
          const start = new Date(
            Date.parse(on('09:00')) + (index % 7) * 3_600_000 + Math.floor(index / 7) * 86_400_000,
          );
          const id = await inStatus(salon, from, start.toISOString());
          const { status, body } = await salon('POST', `/api/v2/appointments/${id}/${step}`, { body: {} });
          const isAllowed = statuses[from].next.includes(to);
          expect([from, step, status, body.code]).toEqual(
            isAllowed ? [from, step, 200, undefined] : [from, step, 409, 'STATUS_CONFLICT'],
          );
          expect(rows.appointments().find((row) => row.id === id)?.status).toBe(isAllowed ? to : from);
        }
    },
    {},
  );
});

describe('the time that one has kept for oneself', () => {
  guarded(
    "a caller's own hold hides nothing from him and stands in the way of nothing that he does",
    async ({ salon, rows, clock }) => {
      const order = { service: 'anna-only', start: TEN };
      const held = await salon('POST', '/api/v2/holds', { body: { ...order, owner: 'call-1' } });
      const replacing = { hold: held.body.id, owner: 'call-1' };
      const own = `/api/v2/slots?service=anna-only&count=50&replacingHold=${held.body.id}&owner=call-1`;
      const starts = (await salon('GET', own)).body.slots.map(({ start }) => start);
      expect(starts).toContain('2026-11-24T10:00:00.000+01:00');
      const others = (await salon('GET', '/api/v2/slots?service=anna-only&count=50')).body.slots.map(
        ({ start }) => start,
      );
      expect(others).not.toContain('2026-11-24T10:00:00.000+01:00');
      expect((await salon('GET', own.replace('call-1', 'call-2'))).body.code).toBe('NOT_OWNER');
      const checked = await salon('POST', '/api/v2/slots/check', { body: { ...order, replacing } });
      expect(checked.body['bookable']).toBe(true);
      const explained = await salon('POST', '/api/v2/slots/explain', { body: { ...order, replacing } });
      expect(explained.body['bookable']).toBe(true);
      // He thinks again, half an hour later, over what he holds.
      const second = await salon('POST', '/api/v2/holds', {
        body: { service: 'anna-only', start: on('10:30'), owner: 'call-1', replacing },
      });
      expect(second.status).toBe(201);
      expect(rows.claims(held.body.id)).toEqual([]);
      const third = await salon('POST', '/api/v2/appointments', {
        body: { ...order, replacing: { hold: second.body.id, owner: 'call-1' } },
      });
      expect(third.status).toBe(201);
      expect(rows.count('holds')).toBe(0);
      expect(rows.appointments()).toHaveLength(1);
      expect(rows.contradictions(clock.now())).toEqual([]);
    },
    {
      'what is one’s own counted as occupied': {
        storage: between((inner) => ({
          busy: (company, query) => inner.busy(company, { ...query, except: undefined }),
        })),
      },
      'what is given up kept': { storage: writing((write) => ({ ...write, release: [] })) },
    },
  );
});
