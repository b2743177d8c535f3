import type { SweepReport } from '../../../src/core/contracts/maintenance.ts';
import { broken, replaced, type BrokenAdapter, type Ground } from './brokenAdapter.ts';

/** An adapter that sweeps a database which was changed before, or tells otherwise of it afterwards. */
const brokenSweep = (
  fault: string,
  aim: string,
  before: (ground: Ground) => void,
  after: (report: SweepReport) => SweepReport = (report) => report,
): BrokenAdapter =>
  broken(fault, aim, (ground) => {
    const { maintenance } = ground.real;
    return replaced(ground.real, {
      maintenance: replaced(maintenance, {
        sweep: async (...input) => {
          before(ground);
          return after(await maintenance.sweep(...input));
        },
      }),
    });
  });

/** Faults in sweeping units, seats and sessions. */
export const scarceSweepFaults: readonly BrokenAdapter[] = [
  brokenSweep(
    'sweeps units that are live',
    'a sweep takes units and seats that have lapsed, and leaves those that are live or were converted',
    ({ raw }) =>
      void raw.exec(`UPDATE claims SET expires_ms = 0 WHERE expires_ms IS NOT NULL AND EXISTS (SELECT 1 FROM units u
        WHERE u.subject = claims.subject AND u.owner_id = claims.owner_id);
        UPDATE units SET expires_ms = 0 WHERE expires_ms IS NOT NULL`),
  ),
  brokenSweep(
    'sweeps the units of a hold that was converted',
    'a sweep takes units and seats that have lapsed, and leaves those that are live or were converted',
    ({ raw }) =>
      void raw.exec(`DELETE FROM claims WHERE EXISTS (SELECT 1 FROM units u JOIN appointments a ON a.id = u.owner_id
        WHERE u.subject = claims.subject AND u.owner_id = claims.owner_id)`),
  ),
  brokenSweep(
    'tells nothing of the sessions that it sweeps',
    'a sweep takes a session whose participants have all lapsed, and leaves what others have of its time',
    () => undefined,
    (report) => ({ ...report, sessions: 0 }),
  ),
  brokenSweep(
    'sweeps units of periods without an end',
    'a sweep takes units and sessions that are over for long enough, and leaves all others',
    ({ raw }) => void raw.exec('UPDATE units SET end_ms = 0 WHERE end_ms IS NULL'),
  ),
];
