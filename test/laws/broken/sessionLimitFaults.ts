import { broken, replaced, stored, type BrokenAdapter } from './brokenAdapter.ts';
import { brokenAfter, brokenInput } from './faultyWrite.ts';

/** Faults in what group sessions take of limits. */
export const sessionLimitFaults: readonly BrokenAdapter[] = [
  brokenInput(
    'lets every participant take of the limit of his session',
    'a session takes of a limit once, however many join, and gives it back with the last one who leaves',
    (write) => {
      const [seats] = write.seats ?? [];
      if (seats?.units === undefined) return write;
      const { owner, expiresMs, units, ...rest } = seats;
      const own = units.map((unit) => ({ ...unit, owner, expiresMs }));
      return { ...write, units: own, seats: [{ ...rest, owner, expiresMs }] };
    },
  ),
  brokenInput(
    'opens a session whatever its limit says',
    'where a limit is reached no session is opened, and an open one is joined',
    (write) => ({ ...write, seats: write.seats?.map((seats) => ({ ...seats, units: undefined })) }),
  ),
  brokenAfter(
    'keeps for good what a session of holds takes of a limit',
    'what a session takes of a limit lapses with its last hold, and stays once one is converted',
    ({ raw, write }) => {
      const [seats] = write.seats ?? [];
      if (!seats?.units || seats.expiresMs === null) return;
      for (const table of ['claims', 'units'])
        raw.prepare(`UPDATE ${table} SET expires_ms = NULL WHERE owner_id = ?`).run(stored(seats.session));
    },
  ),
  broken(
    'counts what a session takes of a limit against the only one who is in it',
    'busy leaves out what a session takes of a limit where `except` is alone in it',
    ({ real, raw }) =>
      replaced(real, {
        busy: async (company, query) => {
          const answer = await real.busy(company, query);
          if (query.except === undefined || query.units === undefined) return answer;
          raw.exec('UPDATE units SET seat = 3 WHERE seat = 1');
          const { units } = await real.busy(company, query);
          raw.exec('UPDATE units SET seat = 1 WHERE seat = 3');
          return units === undefined ? answer : { ...answer, units };
        },
      }),
  ),
];
