import { describe, expect } from 'vitest';
import { TEN } from '../http/api.ts';
import { between } from '../failures/between.ts';
import type { FrontDesk } from '../failures/frontDesk.ts';
import { guarded, type Unguarded } from '../failures/guarded.ts';

const on = (time: string): string => `2026-11-24T${time}:00+01:00`;

/** Everybody has looked when nothing was taken, and no key stands in the way of what they write. */
const unguarded: Unguarded = {
  storage: between((inner) => ({
    busy: async (company, query) => {
      const answer = await inner.busy(company, query);
      return { ...answer, busy: answer.busy.map(() => new Float64Array(0)) };
    },
  })),
  breaks: ({ rows }) => void rows.dropClaimsKey(),
};

describe('many who want the same', () => {
  guarded(
    'of a crowd at two processes exactly one has the time, and all others hear a typed refusal and where else they can come',
    async (desk) => {
      const far = await desk.beside();
      try {
        const attempts = Array.from({ length: 40 }, (_, index) => {
          const { salon } = index % 2 === 0 ? desk : far;
          return salon('POST', '/api/v2/appointments', { body: { service: 'anna-only', start: TEN } });
        });
        const answers = await Promise.all(attempts);
        const refused = answers.filter(({ status }) => status !== 201);
        expect(refused).toHaveLength(39);
        for (const { status, headers, body } of refused) {
          expect([status, body.code]).toEqual([409, 'SLOT_TAKEN']);
          expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
          expect(body['reasons']).toMatchObject([{ code: 'BUSY' }]);
          expect(body['alternatives']).toHaveLength(3);
        }
        const [appointment, ...others] = desk.rows.appointments();
        expect(others).toEqual([]);
        expect(desk.rows.claims(appointment?.id ?? '')).toHaveLength(12);
        expect(desk.rows.count('claims')).toBe(12);
        expect(desk.rows.events()).toEqual(['appointment.booked']);
        expect(desk.rows.contradictions(desk.clock.now())).toEqual([]);
      } finally {
        await far.close();
      }
    },
    { 'claims without their key, where all have looked a moment before': unguarded },
  );

  guarded(
    'of two requests for one time that wait for their confirmation one is stored, and no second is ever confirmed beside it',
    async ({ salon, rows, clock }) => {
      const order = { body: { service: 'anna-only', start: TEN, status: 'pending' } };
      const answers = await Promise.all([order, order].map((each) => salon('POST', '/api/v2/appointments', each)));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
      const late = await salon('POST', '/api/v2/appointments', order);
      expect([late.status, late.body.code]).toEqual([409, 'SLOT_TAKEN']);
      for (const { body } of answers)
        if (body.id !== undefined) await salon('POST', `/api/v2/appointments/${body.id}/confirm`, { body: {} });
      expect(rows.appointments()).toMatchObject([{ status: 'confirmed', version: 2 }]);
      expect(rows.claims(rows.appointments()[0]?.id ?? '')).toHaveLength(12);
      expect(rows.contradictions(clock.now())).toEqual([]);
    },
    {
      'requests that occupy nothing until they are confirmed': {
        storage: between((inner) => ({
          write: (company, write) => {
            const isPending = write.appointments?.some(({ row }) => row.status === 'pending') === true;
            return inner.write(company, isPending ? { ...write, claims: [] } : write);
          },
        })),
      },
    },
  );
});

/** Books every start of the day for anyone, from the last to the first, twice over and once more. */
async function anyone({ salon, rows, clock }: FrontDesk): Promise<void> {
  const times = ['16:00', '09:00', '13:00', '11:00', '10:00', '15:00', '12:00', '14:00'];
  const taken = ['09:00', '11:00', '15:00'];
  for (const [index, time] of taken.entries()) {
    const body = { service: 'cut', start: on(time), resource: index % 2 === 0 ? 'anna' : 'ben' };
    expect((await salon('POST', '/api/v2/appointments', { body })).status).toBe(201);
  }
  for (let round = 0; round < 3; round++)
    for (const time of times) {
      const isFree = round === 0 || (round === 1 && !taken.includes(time));
      const { body: checked } = await salon('POST', '/api/v2/slots/check', {
        body: { service: 'cut', start: on(time) },
      });
      expect([round, time, checked['bookable']]).toEqual([round, time, isFree]);
      const booked = await salon('POST', '/api/v2/appointments', { body: { service: 'cut', start: on(time) } });
      expect([round, time, booked.status]).toEqual([round, time, isFree ? 201 : 409]);
    }
  expect(rows.appointments()).toHaveLength(16);
  expect(rows.contradictions(clock.now())).toEqual([]);
}

describe('whoever is free', () => {
  guarded('"anyone" is never somebody who is busy, and is never refused while one is free', anyone, {
    'the calendar of the first alone looked at': {
      storage: between((inner) => ({
        busy: async (company, query) => {
          const answer = await inner.busy(company, query);
          return { ...answer, busy: answer.busy.map((own, index) => (index === 0 ? own : new Float64Array(0))) };
        },
      })),
    },
    'the first alone asked': {
      salon: { services: [{ key: 'cut', name: 'Cut', durationMinutes: 60, stepMinutes: 30, resources: ['anna'] }] },
    },
  });
});

describe('those who work there', () => {
  guarded(
    'what overlaps is refused to the staff as it is to customers, by whatever way they write',
    async ({ salon, call, rows, clock }) => {
      const staff = { service: 'anna-only', by: 'company', source: 'desk' };
      const own = await salon('POST', '/api/v2/appointments', { body: { ...staff, start: on('14:00') } });
      const held = await salon('POST', '/api/v2/holds', {
        body: { service: 'anna-only', start: on('11:00'), owner: 'desk' },
      });
      const first = await salon('POST', '/api/v2/appointments', { body: { service: 'anna-only', start: TEN } });
      expect([own.status, held.status, first.status]).toEqual([201, 201, 201]);
      const path = `/api/v2/appointments/${own.body.id}`;
      const replacing = { appointment: own.body.id, version: 1 };
      for (const [where, body] of [
        ['/api/v2/appointments', { ...staff, start: TEN }],
        ['/api/v2/appointments', { ...staff, start: on('09:30') }],
        ['/api/v2/appointments', { ...staff, start: on('10:30'), status: 'pending' }],
        ['/api/v2/appointments', { ...staff, start: on('10:30'), replacing }],
        ['/api/v2/appointments', { ...staff, start: on('11:30') }],
        ['/api/v2/holds', { service: 'anna-only', start: on('09:30'), owner: 'desk' }],
        [`${path}/reschedule`, { start: on('10:30'), by: 'company' }],
        [`${path}/reschedule`, { start: on('11:30'), by: 'company' }],
      ] as const) {
        const refused = await salon('POST', where, { body });
        expect([where, body, refused.status, refused.body.code]).toEqual([where, body, 409, 'SLOT_TAKEN']);
      }
      const caller = call('staff');
      const heard = await caller.ask('find_slots', { date: '2026-11-24', time: '09:30', service: 'Anna only' });
      expect(heard).toMatchObject({ ok: false, reason: 'SLOT_TAKEN' });
      expect(rows.appointments().map(({ version }) => version)).toEqual([1, 1]);
      expect(rows.count('holds')).toBe(1);
      expect(rows.contradictions(clock.now())).toEqual([]);
    },
    { 'claims without their key, where all have looked a moment before': unguarded },
  );
});
