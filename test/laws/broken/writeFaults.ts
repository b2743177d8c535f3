import type { BookingWrite, WriteOutcome } from '../../../src/core/contracts/bookingWrite.ts';
import { broken, replaced, stored, type BrokenAdapter } from './brokenAdapter.ts';
import { brokenInput, brokenWrite } from './faultyWrite.ts';

/** An adapter that keeps a part of a write that it refuses. */
const keeps = (
  part: string,
  aim: string,
  when: (outcome: WriteOutcome, write: BookingWrite) => boolean,
  kept: (write: BookingWrite) => Partial<BookingWrite>,
): BrokenAdapter =>
  brokenWrite(`keeps ${part}`, aim, async ({ write, really }) => {
    const outcome = await really(write);
    if (when(outcome, write)) await really({ events: [], ...kept(write) });
    return outcome;
  });

const knownCustomers = 'a write by known customers is made where they are there, also when it changes them';

/** Faults in the rows of a write and in undoing it. */
export const writeFaults: readonly BrokenAdapter[] = [
  brokenInput('cuts notes after 255 characters', 'an appointment is read back as it was written', (write) => ({
    ...write,
    appointments: write.appointments?.map((each) => ({
      ...each,
      row: { ...each.row, notes: each.row.notes?.slice(0, 255) ?? null },
    })),
  })),
  brokenWrite(
    'leaves fields alone that become empty',
    'an appointment is updated where it has the version expected',
    async ({ real, company, write, really }) => {
      const olds = await Promise.all((write.appointments ?? []).map(({ row }) => real.appointment(company, row.id)));
      const appointments = write.appointments?.map((each, i) => ({
        ...each,
        row: { ...each.row, notes: each.row.notes ?? olds[i]?.notes ?? null },
      }));
      return really({ ...write, appointments });
    },
  ),
  brokenWrite(
    'tells the expected version instead of the stored one',
    'another version is a conflict that tells the stored one',
    async ({ write, really }) => {
      const outcome = await really(write);
      if (outcome.kind !== 'version-conflict') return outcome;
      const asked = write.appointments?.find(({ row }) => row.id === outcome.id);
      return { ...outcome, version: asked?.expectedVersion ?? 0 };
    },
  ),
  brokenWrite(
    'lets the last writer win',
    'another version is a conflict that tells the stored one',
    async ({ real, company, write, really }) => {
      const stored = await Promise.all((write.appointments ?? []).map(({ row }) => real.appointment(company, row.id)));
      const appointments = write.appointments?.map((each, i) => ({
        ...each,
        expectedVersion: each.expectedVersion && (stored[i]?.version ?? each.expectedVersion),
      }));
      return really({ ...write, appointments });
    },
  ),
  brokenWrite(
    'inserts or updates, whichever fits',
    'an appointment that is there is not inserted, and one that is not there is not updated',
    async ({ real, company, write, really }) => {
      const stored = await Promise.all((write.appointments ?? []).map(({ row }) => real.appointment(company, row.id)));
      const appointments = write.appointments?.map((each, i) => ({
        ...each,
        expectedVersion: stored[i] ? each.expectedVersion || stored[i].version : 0,
      }));
      return really({ ...write, appointments });
    },
  ),
  brokenInput('stores one appointment a write', 'one write stores several appointments', (write) => ({
    ...write,
    appointments: write.appointments?.slice(-1),
  })),
  brokenInput(
    'forgets the customer’s language',
    'a customer is read back as written, by id and by number',
    (write) => ({
      ...write,
      customers: write.customers?.map((each) => ({ ...each, locale: null })),
    }),
  ),
  brokenInput('stores one customer a write', 'one write stores several customers', (write) => ({
    ...write,
    customers: write.customers?.slice(-1),
  })),
  brokenInput('forgets of how many people a party is', 'an appointment is read back as it was written', (write) => ({
    ...write,
    appointments: write.appointments?.map((each) => ({ ...each, row: { ...each.row, partySize: 1 } })),
  })),
  broken('finds customers by the last six digits', 'a customer is found by the whole number and no other', ({ real }) =>
    replaced(real, {
      customerByPhone: async (company, e164) =>
        (await real.customers(company, { limit: 100 })).find(({ phone }) => phone?.endsWith(e164.slice(-6))),
    }),
  ),
  brokenWrite(
    'never changes a customer',
    'a customer who is known is updated',
    async ({ real, company, write, really }) => {
      const [customer] = write.customers ?? [];
      const known = customer && (await real.customer(company, customer.id));
      return really(known ? { ...write, customers: undefined } : write);
    },
  ),
  brokenWrite(
    'counts missed appointments below none',
    'how often a customer did not come is counted up and down, never below none, and by nothing else',
    async ({ raw, write, really }) => {
      const outcome = await really({ ...write, missed: undefined });
      for (const { customerId, by } of write.missed ?? [])
        raw.prepare('UPDATE customers SET no_shows = no_shows + ? WHERE id = ?').run(by, stored(customerId));
      return outcome;
    },
  ),
  brokenWrite(
    'drops a customer whose number is taken',
    'a number belongs to one customer of a company: who comes second has raced',
    async ({ write, really }) => {
      const outcome = await really(write);
      return outcome.kind === 'customer-raced' ? really({ ...write, customers: undefined }) : outcome;
    },
  ),
  brokenInput('writes by customers who are not there', knownCustomers, (write) => ({
    ...write,
    requireCustomers: undefined,
  })),
  brokenInput('looks for the first of a write’s customers alone', knownCustomers, (write) => ({
    ...write,
    requireCustomers: write.requireCustomers?.slice(0, 1),
  })),
  brokenWrite('finds customers of other companies', knownCustomers, ({ write, raw, really }) => {
    const known = write.requireCustomers?.filter(
      (id) => raw.prepare('SELECT 1 FROM customers WHERE id = ?').get(stored(id)) === undefined,
    );
    return really({ ...write, requireCustomers: known });
  }),
  brokenWrite('makes a customer who was taken away again', knownCustomers, ({ write, really }) => {
    const made = new Set<string>(write.customers?.map(({ id }) => id));
    return really({ ...write, requireCustomers: write.requireCustomers?.filter((id) => !made.has(id)) });
  }),
  brokenWrite(
    'takes all customers without a number for one',
    'any number of customers have no number',
    async ({ real, company, write, really }) => {
      const [customer] = write.customers ?? [];
      const all = customer?.phone === null ? await real.customers(company, { limit: 100 }) : [];
      const other = all.some(({ id, phone }) => phone === null && id !== customer?.id);
      return other ? { kind: 'customer-raced' } : really(write);
    },
  ),
  brokenInput('loses the events of a write', 'a committed write leaves its events in the outbox', (write) => ({
    ...write,
    events: [],
  })),
  brokenInput('keeps one event a write', 'a committed write leaves its events in the outbox', (write) => ({
    ...write,
    events: write.events.slice(0, 1),
  })),
  brokenWrite('will not write nothing', 'a write of nothing is committed', async ({ write, really }) => {
    const { events, ...parts } = write;
    if (events.length === 0 && Object.keys(parts).length === 0) throw new TypeError('nothing to write');
    return really(write);
  }),
  keeps(
    'what it released, though time was taken',
    'a write refused because time is taken leaves nothing',
    ({ kind }) => kind === 'taken',
    ({ release }) => ({ release }),
  ),
  keeps(
    'the events, though the required hold was gone',
    'a write refused because a required hold has expired leaves nothing',
    ({ kind }, { requireHold }) => kind === 'hold-expired' && requireHold !== undefined,
    ({ events }) => ({ events }),
  ),
  keeps(
    'the claims, though the hold was gone',
    'a write refused because the hold to convert has expired leaves nothing',
    ({ kind }, { requireHold }) => kind === 'hold-expired' && requireHold === undefined,
    ({ claims }) => ({ claims }),
  ),
  keeps(
    'the new hold, though the customer had raced',
    'a write refused because a customer raced leaves nothing',
    ({ kind }) => kind === 'customer-raced',
    ({ hold }) => ({ hold }),
  ),
  keeps(
    'the customer, though the version was another',
    'a write refused for a version leaves nothing',
    ({ kind }) => kind === 'version-conflict',
    ({ customers }) => ({ customers }),
  ),
  brokenWrite(
    'judges versions before anything else',
    'parts are judged in the order of the fields',
    async ({ real, company, write, really }) => {
      for (const { row, expectedVersion } of write.idempotency ? [] : (write.appointments ?? [])) {
        const version = (await real.appointment(company, row.id))?.version ?? 0;
        if (version !== expectedVersion) return { kind: 'version-conflict', version, id: row.id };
      }
      return really(write);
    },
  ),
  brokenInput(
    'does not store the fingerprint of a key',
    'a key is kept with its fingerprint and what the write made',
    (write) => ({ ...write, idempotency: write.idempotency && { ...write.idempotency, fingerprint: '' } }),
  ),
  brokenWrite(
    'writes again at each replay',
    'the same key and fingerprint answer with the first result and write nothing',
    async ({ write, really }) => {
      const outcome = await really(write);
      if (outcome.kind === 'replayed') await really({ ...write, idempotency: undefined });
      return outcome;
    },
  ),
  brokenWrite(
    'answers a replay with what the replay would have made',
    'the same key and fingerprint answer with the first result and write nothing',
    async ({ write, really }) => {
      const outcome = await really(write);
      return outcome.kind === 'replayed' && write.idempotency
        ? { kind: 'replayed', resultId: write.idempotency.resultId }
        : outcome;
    },
  ),
  brokenWrite(
    'asks for the hold before it looks at the key',
    'a replay is answered even where the write could no longer be had',
    async ({ real, company, write, really }) => {
      const id = write.requireHold?.id;
      return id && !(await real.hold(company, id)) ? { kind: 'hold-expired' } : really(write);
    },
  ),
  brokenWrite(
    'takes any use of a key for a replay',
    'the same key with another fingerprint is refused and writes nothing',
    async ({ real, company, write, really }) => {
      const outcome = await really(write);
      const record = write.idempotency && (await real.idempotency(company, write.idempotency.key));
      return outcome.kind === 'key-reused' && record ? { kind: 'replayed', resultId: record.resultId } : outcome;
    },
  ),
  keeps(
    'the key of a refused write',
    'a refused write does not use up its key',
    ({ kind }) => kind === 'taken',
    ({ idempotency }) => ({ idempotency }),
  ),
  brokenInput(
    'compares keys without case, accents and blanks',
    'keys are told apart to the last character',
    (write) => ({
      ...write,
      idempotency: write.idempotency && { ...write.idempotency, key: plain(write.idempotency.key) },
    }),
  ),
];

const plain = (text: string): string => text.toLowerCase().trim().normalize('NFD').replaceAll(/\p{M}/gu, '');
