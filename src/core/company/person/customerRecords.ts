import type { Changes } from '../../booking/changes.ts';
import type { Committer } from '../../booking/commit.ts';
import { JOURNAL, type Journal } from '../../calls/journal.ts';
import type { Storage, StoredEvent } from '../../contracts/storage.ts';
import { EngineError } from '../../errors.ts';
import type { Appointment } from '../../model/appointment.ts';
import type { Call } from '../../model/call.ts';
import { isId, type AppointmentId, type CallId, type CompanyId, type CustomerId } from '../../model/ids.ts';
import { openStatuses } from '../../model/status.ts';
import { refuse, type Answer, type Refused } from '../../refusals.ts';
import { formatUtc } from '../../time/instant.ts';
import type { CustomerData, CustomerExport, Erased, EraseOptions } from './customerData.ts';
import type { Person, PersonalData } from './personalData.ts';
import { redacting } from './redact.ts';

/** What the records of customers are made from. */
export interface CustomerRecordsDeps {
  readonly storage: Storage;
  readonly changes: Pick<Changes, 'cancel'>;
  readonly committer: Pick<Committer, 'event' | 'announce'>;
  readonly journal: Pick<Journal, 'read' | 'settled'>;
  /** Filled while the engine is put together. */
  readonly stores: readonly PersonalData[];
  readonly now: () => number;
}

const PAGE = 200;
/** Rows that one transaction changes. */
const CHUNK = 100;
/** Bookings that come in while somebody is erased begin it anew, so often at most. */
const MAX_ROUNDS = 20;
/** How many appointments a refusal names. */
const MOST_NAMED = 20;

/** Finds and erases what one company has stored of single people. */
export class CustomerRecords implements CustomerData {
  readonly #company: CompanyId;
  readonly #deps: CustomerRecordsDeps;

  constructor(company: CompanyId, deps: CustomerRecordsDeps) {
    this.#company = company;
    this.#deps = deps;
  }

  async exportData(id: CustomerId): Promise<Answer<{ readonly data: CustomerExport }, 'CUSTOMER_UNKNOWN'>> {
    if (!isId(id)) return refuse('CUSTOMER_UNKNOWN', {});
    const { storage, journal, stores, now } = this.#deps;
    const customer = await storage.customer(this.#company, id);
    if (customer === undefined) return refuse('CUSTOMER_UNKNOWN', {});
    const appointments = await this.#appointments(id);
    const calls = await this.#calls(id, customer.phone, appointments);
    const person = { id, phone: customer.phone, email: customer.email, calls: calls.map((call) => call.id) };
    const events: StoredEvent[] = [];
    for (const each of appointments) events.push(...(await storage.ownedRows(this.#company, each.id)).events);
    await journal.settled();
    const noted = [];
    for (const call of person.calls) noted.push(...(await journal.read(this.#company, call)));
    const plugins: Record<string, CustomerExport['plugins'][string]> = {};
    for (const store of stores) plugins[store.name] = (await store.read(this.#company, person)).items;
    return { ok: true, data: { exportedMs: now(), customer, appointments, calls, journal: noted, events, plugins } };
  }

  async erase(
    id: CustomerId,
    { cancelUpcoming = false }: EraseOptions = {},
  ): Promise<Answer<{ readonly erased: Erased }>> {
    if (!isId(id)) return refuse('CUSTOMER_UNKNOWN', {});
    const erased = { appointments: 0, calls: 0, others: 0 };
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const fromMs = this.#deps.now();
      const refused = await this.#withoutUpcoming(id, cancelUpcoming, fromMs);
      if (refused !== undefined) return refused;
      const done = await this.#eraseOnce(id, erased, fromMs);
      if (done !== undefined) return done;
    }
    throw new EngineError('STORAGE_BUSY', 'Appointments of the customer kept coming in while he was erased.');
  }

  /** One pass over everything; undefined when an appointment has come in meanwhile. */
  async #eraseOnce(
    id: CustomerId,
    erased: { -readonly [K in keyof Erased]: Erased[K] },
    fromMs: number,
  ): Promise<Answer<{ readonly erased: Erased }> | undefined> {
    const { storage, committer, stores } = this.#deps;
    const customer = await storage.customer(this.#company, id);
    const appointments = await this.#appointments(id);
    // Booked since it was looked for what is to come: nothing is taken from him before that was asked again.
    if (appointments.some(({ startMs, status }) => startMs >= fromMs && openStatuses.includes(status)))
      return undefined;
    const calls = await this.#calls(id, customer?.phone ?? null, appointments);
    const isNew = erased.appointments + erased.calls + erased.others === 0;
    if (customer === undefined && appointments.length + calls.length === 0 && isNew)
      return refuse('CUSTOMER_UNKNOWN', {});
    const { phone = null, email = null } = customer ?? {};
    const person: Person = { id, phone, email, calls: calls.map((call) => call.id) };
    const redact = redacting([id, ...(phone === null ? [] : [phone]), ...(email === null ? [] : [email])]);

    // What plugins publish while they let him go is found with the rest, and what tells where to look goes last.
    for (const store of stores) await store.withdraw?.(this.#company, person);
    for (const store of stores) {
      const { aggregates } = await store.read(this.#company, person);
      for (const some of chunks(aggregates))
        await storage.forget(this.#company, { aggregates: some, redact, events: [] });
      erased.others += await store.erase(this.#company, person);
    }
    for (const some of chunks(person.calls)) {
      await this.#forgetJournal(some);
      await storage.forget(this.#company, { calls: some, events: [] });
      erased.calls += some.length;
    }
    for (const some of chunks(appointments.map((each): AppointmentId => each.id))) {
      await storage.forget(this.#company, { appointments: some, aggregates: some, redact, events: [] });
      erased.appointments += some.length;
    }
    const event = committer.event(this.#company, 'customer.erased', id, { customerId: id, ...erased });
    if (!(await storage.forget(this.#company, { customer: id, events: [event] }))) return undefined;
    committer.announce([event]);
    return { ok: true, erased: { ...erased } };
  }

  /** Cancels what is to come, or refuses because of it. */
  async #withoutUpcoming(
    customerId: CustomerId,
    cancelUpcoming: boolean,
    fromMs: number,
  ): Promise<Refused | undefined> {
    const { storage, changes } = this.#deps;
    const query = { customerId, fromMs, statuses: openStatuses, limit: PAGE };
    for (;;) {
      const upcoming = await storage.appointments(this.#company, query);
      if (upcoming.length === 0) return undefined;
      if (!cancelUpcoming)
        return refuse('CUSTOMER_HAS_APPOINTMENTS', {
          appointments: upcoming.slice(0, MOST_NAMED).map(({ id, startMs }) => ({ id, start: formatUtc(startMs) })),
        });
      for (const { id } of upcoming) {
        const cancelled = await changes.cancel(this.#company, id, { by: 'company' });
        const isGone = !cancelled.ok && cancelled.refusal.code === 'STATUS_CONFLICT';
        if (!cancelled.ok && !isGone) return cancelled;
      }
    }
  }

  async #appointments(customerId: CustomerId): Promise<readonly Appointment[]> {
    const found: Appointment[] = [];
    for (let after: { startMs: number; id: AppointmentId } | undefined; ;) {
      const page = await this.#deps.storage.appointments(this.#company, { customerId, after, limit: PAGE });
      found.push(...page);
      const last = page.at(-1);
      if (page.length < PAGE || last === undefined) return found;
      after = { startMs: last.startMs, id: last.id };
    }
  }

  /** Calls that name him or his number, and those in which his appointments were made. */
  async #calls(
    customerId: CustomerId,
    phone: string | null,
    appointments: readonly Appointment[],
  ): Promise<readonly Call[]> {
    const { storage } = this.#deps;
    const found = new Map<CallId, Call>();
    for (let after: CallId | undefined; ;) {
      const page = await storage.walk(this.#company, 'calls', { of: { customerId, phone }, after, limit: PAGE });
      for (const call of page) found.set(call.id, call);
      after = page.at(-1)?.id;
      if (page.length < PAGE) break;
    }
    for (const { callId } of appointments) {
      if (callId === null || found.has(callId)) continue;
      const call = await storage.callById(this.#company, callId);
      if (call !== undefined) found.set(callId, call);
    }
    return [...found.values()];
  }

  /** The journal masks what it notes; what is left goes all the same. */
  async #forgetJournal(calls: readonly CallId[]): Promise<void> {
    const { documents } = this.#deps.storage;
    await this.#deps.journal.settled();
    for (const call of calls) {
      for (;;) {
        const page = await documents.list(this.#company, { collection: JOURNAL, after: call, limit: PAGE });
        const own = page.filter(({ id }) => id.startsWith(`${call}.`));
        for (const { id } of own) await documents.delete(this.#company, JOURNAL, id);
        if (own.length < PAGE) break;
      }
    }
  }
}

function* chunks<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += CHUNK) yield items.slice(from, from + CHUNK);
}
