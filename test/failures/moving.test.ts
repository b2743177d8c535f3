import { describe, expect } from 'vitest';
import { TEN } from '../http/api.ts';
import { between } from './between.ts';
import { guarded, type Unguarded } from './guarded.ts';

const NOON = '2026-11-24T12:00:00+01:00';

/** Gives the old time up first, and then tries to get the new one. */
const cancelFirst: Unguarded = {
  storage: between((inner) => ({
    write: async (company, write) => {
      const { release = [], appointments = [] } = write;
      if (appointments.some(({ expectedVersion }) => expectedVersion > 0) && release.length > 0)
        await inner.write(company, { release, events: [] });
      return inner.write(company, write);
    },
  })),
};

describe('a move that cannot be', () => {
  guarded(
    'an appointment that cannot move stays what and where it was, to the last row',
    async ({ salon, call, rows, clock }) => {
      const book = async (start: string) =>
        (await salon('POST', '/api/v2/appointments', { body: { service: 'anna-only', start } })).body.id;
      await book(NOON);
      const id = await book(TEN);
      const path = `/api/v2/appointments/${id}/reschedule`;
      const before = { row: rows.appointments()[0], claims: rows.claims(id), events: rows.events() };
      const held = await salon('POST', '/api/v2/holds', {
        body: { service: 'anna-only', start: '2026-11-24T15:00:00+01:00', owner: 'a' },
      });
      clock.advance(300_000);
      for (const [body, status, code] of [
        [{ start: NOON }, 409, 'SLOT_TAKEN'],
        [{ start: '2026-11-24T11:30:00+01:00' }, 409, 'SLOT_TAKEN'],
        [{ start: '2026-11-24T20:00:00+01:00' }, 409, 'OUTSIDE_HOURS'],
        [{ start: '2026-11-20T10:00:00+01:00' }, 409, 'NOTICE_TOO_SHORT'],
        [{ hold: held.body.id, owner: 'a' }, 409, 'HOLD_EXPIRED'],
        [{ hold: held.body.id, owner: 'b' }, 403, 'NOT_OWNER'],
        [{ start: '2026-11-24T14:00:00+01:00', version: 7 }, 409, 'VERSION_CONFLICT'],
      ] as const) {
        const refused = await salon('POST', path, { body });
        expect([refused.status, refused.body.code]).toEqual([status, code]);
        if (code === 'SLOT_TAKEN') expect(refused.body['alternatives']).toHaveLength(3);
        const after = { row: rows.appointments()[0], claims: rows.claims(id), events: rows.events() };
        expect(after).toEqual(before);
      }
      // By telephone as well.
      const caller = call('moves', { from_number: '+493055501234' });
      await caller.ask('find_slots', { date: '2026-11-25', time: '10:00', service: 'Anna only' });
      await caller.ask('book', { offer: 1 });
      await caller.ask('find_slots', { date: '2026-11-25', time: '15:00', service: 'Anna only', for_reschedule: true });
      await book('2026-11-25T15:00:00+01:00');
      expect(await caller.ask('reschedule', { offer: 2 })).toMatchObject({ ok: false, reason: 'SLOT_TAKEN' });
      expect(rows.appointments().map(({ version }) => version)).toEqual([1, 1, 1, 1]);
      expect(rows.contradictions(clock.now())).toEqual([]);
    },
    {},
  );

  guarded(
    'of two that move to one time at once one has it, and the other still has its own',
    async ({ salon, rows, clock }) => {
      const book = async (start: string) =>
        (await salon('POST', '/api/v2/appointments', { body: { service: 'anna-only', start } })).body.id;
      for (let round = 0; round < 5; round++) {
        const day = `2026-11-${24 + (round % 4)}T`;
        const week = round < 4 ? day : '2026-12-01T';
        const ids = [await book(`${week}09:00:00+01:00`), await book(`${week}11:00:00+01:00`)];
        const move = { body: { start: `${week}14:00:00+01:00`, version: 1 } };
        const answers = await Promise.all(
          ids.map((id) => salon('POST', `/api/v2/appointments/${id}/reschedule`, move)),
        );
        expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
        const lost = answers.find(({ status }) => status === 409);
        expect(lost?.body.code).toBe('SLOT_TAKEN');
        expect(rows.contradictions(clock.now())).toEqual([]);
      }
      const moved = rows.appointments().filter(({ version }) => version === 2);
      expect(moved).toHaveLength(5);
      expect(rows.events().filter((name) => name === 'appointment.rescheduled')).toHaveLength(5);
    },
    { 'the old time given up before the new one is had': cancelFirst },
  );

  guarded(
    'of two that move one appointment at once both cannot think that it went where they sent it',
    async ({ salon, rows, clock }) => {
      const { body } = await salon('POST', '/api/v2/appointments', { body: { service: 'anna-only', start: TEN } });
      const answers = await Promise.all(
        ['13:00', '15:00', '16:00'].map((time) =>
          salon('POST', `/api/v2/appointments/${body.id}/reschedule`, {
            body: { start: `2026-11-24T${time}:00+01:00` },
            headers: { 'if-match': '"1"' },
          }),
        ),
      );
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412, 412]);
      const won = answers.find(({ status }) => status === 200);
      const [stored] = rows.appointments();
      expect(stored).toMatchObject({ version: 2, startMs: won?.body['startMs'] });
      expect(rows.contradictions(clock.now())).toEqual([]);
    },
    {
      'a version that is not compared': {
        storage: between((inner) => ({
          appointment: async (company, id) => {
            const found = await inner.appointment(company, id);
            return found && { ...found, version: 1 };
          },
          write: async (company, write) => {
            const outcome = await inner.write(company, write);
            if (outcome.kind !== 'version-conflict') return outcome;
            const appointments = write.appointments?.map((each) => ({ ...each, expectedVersion: outcome.version }));
            return inner.write(company, { ...write, appointments });
          },
        })),
      },
    },
  );
});
