import type { Maintenance } from '../../../src/core/contracts/maintenance.ts';
import { DAY_MS } from '../../../src/core/contracts/storageLaws/minutes.ts';
import { broken, replaced, stored, type BrokenAdapter, type Ground } from './brokenAdapter.ts';

const brokenMaintenance = (
  fault: string,
  aim: string,
  faulty: (real: Maintenance, ground: Ground) => Partial<Maintenance>,
): BrokenAdapter =>
  broken(fault, aim, (ground) =>
    replaced(ground.real, { maintenance: replaced(ground.real.maintenance, faulty(ground.real.maintenance, ground)) }),
  );

/** An adapter that does something to the database after each sweep. */
const brokenSweep = (fault: string, aim: string, spoil: (ground: Ground) => void): BrokenAdapter =>
  brokenMaintenance(fault, aim, (real, ground) => ({
    sweep: async (...input) => {
      const report = await real.sweep(...input);
      spoil(ground);
      return report;
    },
  }));

/** Faults in the outbox and in sweeping. */
export const maintenanceFaults: readonly BrokenAdapter[] = [
  brokenMaintenance(
    'tells an event as of the moment it is lent',
    'an event is lent as it was written, at first without attempts or deliveries',
    (real) => ({
      leaseEvents: async (...input) =>
        (await real.leaseEvents(...input)).map((each) => ({ ...each, event: { ...each.event, occurredMs: 0 } })),
    }),
  ),
  brokenMaintenance('lends as many events as there are', 'no more events are lent than asked for', (real) => ({
    leaseEvents: (owner, leaseMs) => real.leaseEvents(owner, leaseMs, 1000),
  })),
  broken(
    'breaks the order within an aggregate',
    'of each aggregate only the oldest undelivered event is lent, in the order of writing',
    ({ real }) =>
      replaced(real, {
        write: (company, write) => real.write(company, { ...write, events: [...write.events].reverse() }),
      }),
  ),
  brokenMaintenance(
    'lends events of an aggregate without waiting for the one before',
    'of each aggregate only the oldest undelivered event is lent, in the order of writing',
    (real, { raw }) => ({
      leaseEvents: async (...input) => {
        // Told apart for the time of the look, the events of an aggregate know nothing of each other.
        raw.exec("UPDATE outbox SET aggregate = aggregate || '#' || sequence");
        const lent = await real.leaseEvents(...input);
        raw.exec("UPDATE outbox SET aggregate = substr(aggregate, 1, instr(aggregate, '#') - 1)");
        return lent.map((each) => ({
          ...each,
          event: { ...each.event, aggregate: each.event.aggregate.replace(/#.*/, '') },
        }));
      },
    }),
  ),
  brokenMaintenance(
    'waits for a postponed event with all others',
    'an event that is postponed holds back its aggregate and no other',
    (real, { raw, clock }) => ({
      leaseEvents: async (...input) => {
        const waiting = raw.prepare(
          'SELECT 1 FROM outbox WHERE sent_ms IS NULL AND attempts > 0 AND lease_owner IS NULL AND due_ms > ?',
        );
        return waiting.get(clock.now()) ? [] : real.leaseEvents(...input);
      },
    }),
  ),
  brokenMaintenance(
    'lends for twice as long',
    'nobody else is lent an event until its lease runs out by the storage’s clock',
    (real) => ({ leaseEvents: (owner, leaseMs, limit) => real.leaseEvents(owner, leaseMs * 2, limit) }),
  ),
  brokenMaintenance(
    'lends for no time',
    'nobody else is lent an event until its lease runs out by the storage’s clock',
    (real) => ({ leaseEvents: (owner, _, limit) => real.leaseEvents(owner, 0, limit) }),
  ),
  brokenMaintenance(
    'forgets which handlers have succeeded',
    'a handler that has succeeded is remembered for the next who is lent the event',
    (real) => ({
      leaseEvents: async (...input) => (await real.leaseEvents(...input)).map((each) => ({ ...each, delivered: [] })),
    }),
  ),
  brokenMaintenance('lends what was sent', 'an event that is sent is never lent again', (real) => ({
    markSent: (owner, event) => real.postpone(owner, event, 1000 * 30_000, ''),
  })),
  brokenMaintenance(
    'postpones nothing',
    'an event that is postponed is lent again after the delay, with its attempts counted',
    (real) => ({ postpone: (owner, event, _, error) => real.postpone(owner, event, 0, error) }),
  ),
  brokenMaintenance(
    'counts no attempts',
    'an event that is postponed is lent again after the delay, with its attempts counted',
    (real) => ({
      leaseEvents: async (...input) => (await real.leaseEvents(...input)).map((each) => ({ ...each, attempts: 0 })),
    }),
  ),
  brokenMaintenance(
    'lets anybody end an event',
    'who has lost the lease changes nothing, and is told so',
    (real, { raw }) => ({
      markSent: async (owner, event) => {
        const lent = raw.prepare('SELECT lease_owner FROM outbox WHERE id = ?').get(stored(event));
        const holder = lent?.['lease_owner'];
        return real.markSent(typeof holder === 'string' ? holder : owner, event);
      },
    }),
  ),
  brokenMaintenance(
    'leaves a postponed event with who gave it back',
    'an event given back is no longer in the hands of who gave it',
    (real, { raw }) => ({
      postpone: async (owner, event, ...input) => {
        const given = await real.postpone(owner, event, ...input);
        if (given) raw.prepare('UPDATE outbox SET lease_owner = ? WHERE id = ?').run(owner, stored(event));
        return given;
      },
    }),
  ),
  brokenMaintenance(
    'leaves what is lent out of the backlog',
    'the backlog counts what is not sent, lent or not, and knows the oldest',
    (real, { raw, clock }) => ({
      backlog: async () => {
        const lent = raw.prepare('SELECT COUNT(*) n FROM outbox WHERE lease_owner IS NOT NULL AND due_ms > ?');
        const { unsent, oldestMs } = await real.backlog();
        return { unsent: unsent - Number(lent.get(clock.now())?.['n'] ?? 0), oldestMs };
      },
    }),
  ),
  brokenMaintenance(
    'takes equally named aggregates of all companies for one',
    'aggregates of two companies do not wait for each other',
    (real) => ({
      leaseEvents: async (...input) => {
        const lent = await real.leaseEvents(...input);
        return [...new Map(lent.map((each) => [each.event.aggregate, each])).values()];
      },
    }),
  ),
  brokenMaintenance(
    'sweeps holds that are live',
    'a sweep takes holds that have expired and leaves live ones',
    (real, { raw }) => ({
      sweep: (...input) => {
        raw.exec('UPDATE holds SET expires_ms = 0');
        return real.sweep(...input);
      },
    }),
  ),
  brokenMaintenance(
    'sweeps an expired hold by cell and not by owner',
    'a sweep of an expired hold leaves what others have taken over',
    (real, { raw, clock }) => ({
      sweep: (...input) => {
        raw
          .prepare(
            `DELETE FROM claims WHERE EXISTS (SELECT 1 FROM spans s WHERE s.company_id = claims.company_id
              AND s.resource_id = claims.subject AND s.expires_ms <= ? AND claims.cell >= s.first_cell
              AND claims.cell < s.end_cell)`,
          )
          .run(clock.now());
        return real.sweep(...input);
      },
    }),
  ),
  brokenMaintenance(
    'sweeps holds that were converted',
    'a sweep leaves holds that were converted',
    (real, { raw, clock }) => ({
      sweep: (...input) => {
        // A converted hold is an appointment that begins no later than it was made to last.
        const before = clock.now() - DAY_MS;
        raw
          .prepare('DELETE FROM spans WHERE owner_id IN (SELECT id FROM appointments WHERE created_ms > ?)')
          .run(before);
        return real.sweep(...input);
      },
    }),
  ),
  brokenSweep(
    'takes each cell for one minute when it sweeps',
    'a sweep takes claims that are over for long enough and leaves all others, whatever their grain',
    ({ raw, clock }) => {
      raw.prepare('DELETE FROM claims WHERE (cell + 1) * 60000 <= ?').run(clock.now() - DAY_MS);
    },
  ),
  brokenMaintenance(
    'sweeps times and leaves their claims',
    'a sweep takes claims that are over for long enough and leaves all others, whatever their grain',
    (real, { raw }) => ({
      sweep: async (...input) => {
        raw.exec('DROP TABLE IF EXISTS temp.kept; CREATE TEMP TABLE kept AS SELECT * FROM claims');
        const report = await real.sweep(...input);
        if (report.pastSpans > 0) raw.exec('INSERT OR IGNORE INTO claims SELECT * FROM kept');
        return report;
      },
    }),
  ),
  brokenMaintenance(
    'sweeps claims as soon as they are over',
    'a sweep takes claims that are over for long enough and leaves all others, whatever their grain',
    (real) => ({ sweep: (retention, limit) => real.sweep({ ...retention, pastClaimsMs: 0 }, limit) }),
  ),
  brokenMaintenance(
    'forgets holds as soon as they have expired',
    'a sweep leaves expired holds known for as long as it is told',
    (real) => ({ sweep: (retention, limit) => real.sweep({ ...retention, expiredHoldsMs: 0 }, limit) }),
  ),
  brokenMaintenance('sweeps keys a day early', 'a sweep takes keys that are old enough, and no others', (real) => ({
    sweep: (retention, limit) => real.sweep({ ...retention, idempotencyMs: retention.idempotencyMs - DAY_MS }, limit),
  })),
  brokenMaintenance(
    'sweeps events by when they occurred',
    'a sweep takes events that were sent long enough ago, and never one that was not',
    (real, { raw }) => ({
      sweep: (...input) => {
        raw.exec('UPDATE outbox SET sent_ms = occurred_ms WHERE sent_ms IS NOT NULL');
        return real.sweep(...input);
      },
    }),
  ),
  brokenSweep(
    'sweeps events that nobody has sent',
    'a sweep takes events that were sent long enough ago, and never one that was not',
    ({ raw, clock }) => void raw.prepare('DELETE FROM outbox WHERE occurred_ms < ?').run(clock.now() - 5 * DAY_MS),
  ),
  broken(
    'puts events that follow a sweep before those that wait',
    'events of an aggregate stay in order when earlier ones were swept',
    ({ real, raw }) => {
      let swept = false;
      return replaced(real, {
        maintenance: replaced(real.maintenance, {
          sweep: (...input) => {
            swept = true;
            return real.maintenance.sweep(...input);
          },
        }),
        write: async (company, write) => {
          const outcome = await real.write(company, write);
          const first = raw.prepare('UPDATE outbox SET sequence = -sequence WHERE id = ?');
          for (const { id } of swept ? write.events : []) first.run(stored(id));
          return outcome;
        },
      });
    },
  ),
  brokenMaintenance(
    'sweeps when it shall only count',
    'what is due is counted as sweeps would take it, and left',
    (real) => ({ due: (retention) => real.sweep(retention, 1000) }),
  ),
  brokenMaintenance(
    'sweeps everything at once',
    'a sweep takes at most so many rows of each kind, and the next one goes on',
    (real) => ({ sweep: (retention) => real.sweep(retention, 100_000) }),
  ),
];
