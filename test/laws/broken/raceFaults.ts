import type { WriteOutcome } from '../../../src/core/contracts/bookingWrite.ts';
import type { LeasedEvent } from '../../../src/core/contracts/maintenance.ts';
import { nextTurn } from '../../../src/core/contracts/storageLaws/scene.ts';
import { broken, replaced, stored, type BrokenAdapter } from './brokenAdapter.ts';
import { brokenWrite, looksTaken, type FaultyWrite } from './faultyWrite.ts';

const lines = new WeakMap<object, Promise<unknown>>();

/** Takes away what guards the time of a write, and writes; one after the other, so that each meets no guard. */
function writeUnguarded({ raw, real, write, really }: FaultyWrite): Promise<WriteOutcome> {
  const turn = (lines.get(real) ?? Promise.resolve()).then(() => {
    const free = raw.prepare('DELETE FROM claims WHERE subject = ? AND cell >= ? AND cell < ?');
    for (const { spans, grainMs } of write.claims ?? [])
      for (const { resourceId, startMs, endMs } of spans)
        free.run(stored(resourceId), startMs / grainMs, endMs / grainMs);
    return really(write);
  });
  lines.set(real, turn);
  return turn;
}

/** Faults that show only when many write at once: each trusts a look from before the write. */
export const raceFaults: readonly BrokenAdapter[] = [
  brokenWrite(
    'looks whether time is free, and then writes without a guard',
    'of fifty who want the same time at once, one gets it',
    async (asked) => {
      if ((asked.write.claims?.length ?? 0) !== 1 || asked.write.idempotency) return asked.really(asked.write);
      if (await looksTaken(asked)) return { kind: 'taken' };
      await nextTurn();
      return writeUnguarded(asked);
    },
  ),
  broken(
    'refuses whoever comes while another writes',
    'of many who want overlapping times at once, each cell goes to one, and nobody is refused for nothing',
    ({ real }) => {
      let writing = false;
      return replaced(real, {
        write: async (company, write) => {
          if (writing) return { kind: 'taken' };
          writing = true;
          try {
            return await real.write(company, write);
          } finally {
            writing = false;
          }
        },
      });
    },
  ),
  brokenWrite(
    'looks whether a hold has expired, and then takes its time without a guard',
    'of many who take over one expired hold at once, one gets its time',
    async (asked) => {
      const lapsed = asked.raw.prepare('SELECT 1 FROM claims WHERE expires_ms <= ?').get(asked.clock.now());
      if (!lapsed || !asked.write.claims || asked.write.claims.length > 1 || (await looksTaken(asked)))
        return asked.really(asked.write);
      await nextTurn();
      return writeUnguarded(asked);
    },
  ),
  brokenWrite(
    'looks whether a hold is live, and then tells of success',
    'of many who convert one hold at once, one does',
    async ({ real, company, clock, write, really }) => {
      const hold = write.convert && (await real.hold(company, write.convert.id));
      const live = hold && hold.expiresMs > clock.now() && hold.owner === write.convert?.owner;
      await nextTurn();
      const outcome = await really(write);
      return live && outcome.kind === 'hold-expired' ? { kind: 'committed' } : outcome;
    },
  ),
  brokenWrite(
    'looks at the version, and then overwrites',
    'of many who change one version at once, one does',
    async ({ real, company, write, really }) => {
      const [change, ...others] = write.appointments ?? [];
      if (!change || others.length > 0 || change.expectedVersion === 0) return really(write);
      const seen = await real.appointment(company, change.row.id);
      await nextTurn();
      if (seen?.version !== change.expectedVersion) return really(write);
      for (;;) {
        const expectedVersion = (await real.appointment(company, change.row.id))?.version ?? 0;
        const outcome = await really({ ...write, appointments: [{ ...change, expectedVersion }] });
        if (outcome.kind !== 'version-conflict') return outcome;
      }
    },
  ),
  brokenWrite(
    'looks whether a key is new, and then writes in any case',
    'of many who use one key at once, one writes and all others are told its result',
    async ({ real, company, write, really }) => {
      const seen = write.idempotency && (await real.idempotency(company, write.idempotency.key));
      await nextTurn();
      const outcome = await really(write);
      return outcome.kind === 'replayed' && !seen ? really({ ...write, idempotency: undefined }) : outcome;
    },
  ),
  brokenWrite(
    'reads how often somebody did not come, and then writes one more',
    'of many who count one customer’s missed appointments at once, all count',
    async ({ real, company, write, raw, really }) => {
      const [missed] = write.missed ?? [];
      if (!missed) return really(write);
      const before = (await real.customer(company, missed.customerId))?.noShows ?? 0;
      await nextTurn();
      const outcome = await really({ ...write, missed: undefined });
      raw.prepare('UPDATE customers SET no_shows = ? WHERE id = ?').run(Math.max(0, before + missed.by), stored(missed.customerId)); // prettier-ignore
      return outcome;
    },
  ),
  brokenWrite(
    'looks whether a number is free, and then stores a customer without it',
    'of many new customers with one number at once, one is stored',
    async ({ real, company, write, really }) => {
      const [customer] = write.customers ?? [];
      const seen = customer?.phone && (await real.customerByPhone(company, customer.phone));
      await nextTurn();
      const outcome = await really(write);
      return outcome.kind === 'customer-raced' && customer && !seen
        ? really({ ...write, customers: [{ ...customer, phone: null }] })
        : outcome;
    },
  ),
  brokenWrite(
    'looks whether a customer is there, and then books without a guard',
    'who books for a customer while he is taken away names him as long as he is there, or is told that he is not',
    async ({ real, company, write, really }) => {
      for (const id of write.requireCustomers ?? []) {
        if ((await real.customer(company, id)) === undefined) return { kind: 'customer-raced' };
      }
      await nextTurn();
      return really({ ...write, requireCustomers: undefined });
    },
  ),
  brokenWrite(
    'looks whether time is free to move into, and then moves without a guard',
    'of many who move into one free time at once, one moves and the others keep theirs',
    async (asked) => {
      const { write, really } = asked;
      if (!write.release || write.requireHold || write.claims?.length !== 1 || (await looksTaken(asked)))
        return really(write);
      await nextTurn();
      return writeUnguarded(asked);
    },
  ),
  brokenWrite(
    'commits resource by resource',
    'a reader sees all of a write or nothing of it',
    async ({ write, really }) => {
      const [claim, ...others] = write.claims ?? [];
      const [first, ...rest] = claim?.spans ?? [];
      if (!claim || !first || others.length > 0 || rest.length !== 1 || write.events.length === 0) return really(write);
      const outcome = await really({ ...write, claims: [{ ...claim, spans: [first] }] });
      await nextTurn();
      await nextTurn();
      if (outcome.kind === 'committed') await really({ claims: [{ ...claim, spans: rest }], events: [] });
      return outcome;
    },
  ),
  broken(
    'looks at the revision, and then overwrites the configuration',
    'of many who save one revision of a configuration at once, one does',
    ({ real }) =>
      replaced(real, {
        saveConfig: async (company, config, expected, removed) => {
          const seen = await real.config(company);
          await nextTurn();
          const saved = await real.saveConfig(company, config, expected, removed);
          if (saved.kind !== 'revision-conflict' || (seen?.revision ?? 0) !== expected) return saved;
          return real.saveConfig(company, config, (await real.config(company))?.revision ?? 0, removed);
        },
      }),
  ),
  broken(
    'looks at the version of a call, and then overwrites it',
    'of many who save one version of a call at once, one does',
    ({ real }) =>
      replaced(real, {
        saveCall: async (company, call, expected, names) => {
          const seen = await real.call(company, call.provider, call.providerCallId);
          await nextTurn();
          const saved = await real.saveCall(company, call, expected, names);
          if (saved || (seen?.version ?? 0) !== expected) return saved;
          const now = await real.call(company, call.provider, call.providerCallId);
          return now ? real.saveCall(company, { ...call, id: now.id }, now.version, names) : false;
        },
      }),
  ),
  broken(
    'looks whether what a call names is there, and then saves it',
    'who saves a call while what it names is taken away names it as long as it is there, or does not save',
    ({ real }) =>
      replaced(real, {
        saveCall: async (company, call, expected, { customerId, appointmentId, ...names } = {}) => {
          if (customerId !== undefined && !(await real.customer(company, customerId))) return false;
          if (appointmentId !== undefined && !(await real.appointment(company, appointmentId))) return false;
          await nextTurn();
          return real.saveCall(company, call, expected, names);
        },
      }),
  ),
  broken(
    'looks at the version of a document, and then overwrites it',
    'of many who put one version of a document at once, one does',
    ({ real }) =>
      replaced(real, {
        documents: replaced(real.documents, {
          put: async (company, write) => {
            if (write.expectedVersion === undefined) return real.documents.put(company, write);
            const seen = await real.documents.get(company, write.collection, write.id);
            await nextTurn();
            if ((seen?.version ?? 0) !== write.expectedVersion) return undefined;
            return real.documents.put(company, { ...write, expectedVersion: undefined });
          },
        }),
      }),
  ),
  broken(
    'counts the version of a document from an earlier look',
    'of many who count up one document without a version, none is lost',
    ({ real }) =>
      replaced(real, {
        documents: replaced(real.documents, {
          put: async (company, write) => {
            if (write.expectedVersion !== undefined) return real.documents.put(company, write);
            const seen = await real.documents.get(company, write.collection, write.id);
            await nextTurn();
            await real.documents.put(company, write);
            return (seen?.version ?? 0) + 1;
          },
        }),
      }),
  ),
  broken(
    'lends an event to all who ask at the same time',
    'an event is lent once, however many relays ask at once',
    ({ real }) => {
      let asking: Promise<readonly LeasedEvent[]> | undefined;
      return replaced(real, {
        maintenance: replaced(real.maintenance, {
          leaseEvents: (...input) => {
            asking ??= real.maintenance.leaseEvents(...input).finally(() => (asking = undefined));
            return asking;
          },
        }),
      });
    },
  ),
  broken(
    'keeps one of the events that are written to an aggregate at once',
    'events of one aggregate written at once are all kept',
    ({ real }) => {
      const writing = new Set<string>();
      return replaced(real, {
        write: async (company, write) => {
          const own = write.events.filter(({ aggregate }) => !writing.has(aggregate));
          for (const { aggregate } of own) writing.add(aggregate);
          try {
            return await real.write(company, { ...write, events: own });
          } finally {
            for (const { aggregate } of own) writing.delete(aggregate);
          }
        },
      });
    },
  ),
];
