import type { Maintenance } from '../../../src/core/contracts/maintenance.ts';
import type { Storage } from '../../../src/core/contracts/storage.ts';
import { broken, replaced, type BrokenAdapter, type Ground } from './brokenAdapter.ts';

const byOwner = 'live holds are found by their owner, to the last character, in the order of their ids';
const rowByRow = 'the rows of an owner are told: his time with its claims, and his events with how far they came';
const silent =
  'a call that nobody has ended is stale when nothing of it has changed for so long, by the storage’s clock';
const longest = 'of stale calls no more are told than asked for, those first that have been silent longest';

const faulty = (fault: string, aim: string, change: (ground: Ground) => Partial<Storage>): BrokenAdapter =>
  broken(fault, aim, (ground) => replaced(ground.real, change(ground)));

const brokenStale = (
  fault: string,
  aim: string,
  staleCalls: (real: Maintenance, ground: Ground) => Maintenance['staleCalls'],
): BrokenAdapter =>
  faulty(fault, aim, (ground) => {
    const { maintenance } = ground.real;
    return { maintenance: replaced(maintenance, { staleCalls: staleCalls(maintenance, ground) }) };
  });

/** Faults in telling what is stored of an owner, and which calls nobody has ended. */
export const ownedFaults: readonly BrokenAdapter[] = [
  faulty('finds holds that have expired', byOwner, ({ real, raw }) => ({
    holdsOf: async (company, owner) => {
      raw.exec('UPDATE holds SET expires_ms = expires_ms + 600000');
      const found = await real.holdsOf(company, owner);
      raw.exec('UPDATE holds SET expires_ms = expires_ms - 600000');
      return found.map((hold) => ({ ...hold, expiresMs: hold.expiresMs - 600_000 }));
    },
  })),
  faulty('compares owners of holds without blanks', byOwner, ({ real }) => ({
    holdsOf: async (company, owner) => [
      ...(await real.holdsOf(company, owner)),
      ...(await real.holdsOf(company, `${owner} `)),
    ],
  })),
  faulty('tells claims that were given back', rowByRow, ({ real }) => ({
    ownedRows: async (company, owner) => {
      const { spans, events } = await real.ownedRows(company, owner);
      return { spans: spans.map((span) => ({ ...span, claims: span.claims + 1 })), events };
    },
  })),
  faulty('takes an event that is out for one that was sent', rowByRow, ({ real, clock }) => ({
    ownedRows: async (company, owner) => {
      const { spans, events } = await real.ownedRows(company, owner);
      const nowMs = clock.now();
      return {
        spans,
        events: events.map((event) => ({ ...event, sentMs: event.attempts > 0 ? nowMs : event.sentMs })),
      };
    },
  })),
  brokenStale('takes calls that are over for stale', silent, (real, { raw }) => async (...input) => {
    raw.exec("UPDATE calls SET status = 'ongoing' WHERE status = 'completed'");
    return real.staleCalls(...input);
  }),
  brokenStale('counts the silence of a call from its start', silent, (real, { raw }) => async (...input) => {
    raw.exec('UPDATE calls SET updated_ms = COALESCE(started_ms, updated_ms)');
    return real.staleCalls(...input);
  }),
  brokenStale(
    'tells as many stale calls as there are',
    longest,
    (real) => (silentMs) => real.staleCalls(silentMs, 100),
  ),
  brokenStale(
    'tells those calls first that fell silent last',
    longest,
    (real) => async (silentMs, limit) => [...(await real.staleCalls(silentMs, 100))].reverse().slice(0, limit),
  ),
];
