import {
  callerNumber,
  FieldErrors,
  refuse,
  type Companies,
  type CompanyDoor,
  type CompanyId,
  type Refused,
} from '../../plugin.ts';
import type { Accepted, Forgotten, Waitlist, WaitlistFilter } from './contract.ts';
import { isOpen, ownerOf, shown, waitlistStatuses, type StoredEntry, type WaitlistEntry } from './entry.ts';
import { join } from './joining.ts';
import { ahead, positionIn, type Line } from './line.ts';
import type { Offering } from './offering.ts';
import type { WaitlistSettings } from './options.ts';
import type { WaitlistStore } from './store.ts';
import { whoBy } from './who.ts';

interface Deps {
  readonly store: WaitlistStore;
  readonly offering: Offering;
  readonly companies: Companies;
  readonly settings: WaitlistSettings;
  readonly newId: () => string;
  readonly now: () => number;
  /** Told that somebody waits at a company. */
  readonly notice: (company: CompanyId, atMs: number) => void;
}

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

/** The waitlist over documents and the doors to companies. */
export function storedWaitlist(deps: Deps): Waitlist {
  const { store, offering, companies, settings, newId, now, notice } = deps;
  const placed = async (company: CompanyId, stored: StoredEntry): Promise<WaitlistEntry> =>
    placedIn(isOpen(stored.state) ? await store.line(company) : [], stored);
  const unknown = (): Refused<'WAITLIST_ENTRY_UNKNOWN'> => refuse('WAITLIST_ENTRY_UNKNOWN', {});
  const ofWhom = async (company: CompanyId, whom: Forgotten): Promise<readonly StoredEntry[]> => {
    const door = await companies.open(company);
    return door.ok ? entriesOf(store, door, whom) : [];
  };
  return {
    async join(company, wish, options) {
      const door = await companies.open(company);
      if (!door.ok) return door;
      const joined = await join({ store, limits: settings, newId, now }, door, wish, options);
      if (!joined.ok || joined.replayed) return joined;
      notice(company, now() + settings.recheckMs);
      // What became free while he joined has found him not yet in line.
      const offered = await offering.offer(door, joined.entry.id, ahead(await store.line(company), joined.entry.id));
      return offered === undefined ? joined : { ...joined, entry: await placed(company, offered) };
    },
    async get(company, id) {
      const stored = await store.entry(company, id);
      return stored === undefined ? unknown() : { ok: true, entry: await placed(company, stored) };
    },
    async list(company, filter = {}) {
      const wrong = filterErrors(filter);
      if (wrong !== undefined) return wrong;
      const { limit = DEFAULT_LIMIT, cursor } = filter;
      // One more than asked for tells whether there is a next page.
      const found = await store.entries(company, { ...indexFor(filter), after: cursor, limit: limit + 1 });
      const line = await store.line(company);
      const items = found.slice(0, limit).map((stored) => placedIn(line, stored));
      return { ok: true, page: { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null } };
    },
    async offeredTo(company, whom) {
      const offered = (await ofWhom(company, whom)).filter(({ state }) => state.status === 'offered');
      return Promise.all(offered.map((stored) => placed(company, stored)));
    },
    async accept(company, id) {
      const door = await companies.open(company);
      if (!door.ok) return door;
      const stored = await offering.read(door, id);
      return stored === undefined ? unknown() : accept(offering, door, stored);
    },
    async decline(company, id) {
      const door = await companies.open(company);
      if (!door.ok) return door;
      const stored = await offering.read(door, id);
      if (stored === undefined) return unknown();
      const passed = stored.state.status === 'offered' ? await offering.pass(company, stored, 'declined') : undefined;
      if (passed !== undefined) return { ok: true, entry: await placed(company, passed) };
      const current = (await store.entry(company, id)) ?? stored;
      if (current.state.status === 'declined') return { ok: true, entry: shown(current, null) };
      return refuse('WAITLIST_NOT_OFFERED', { status: current.state.status });
    },
    async leave(company, id) {
      const door = await companies.open(company);
      if (!door.ok) return door;
      const left = await offering.leave(door, id);
      return left === undefined ? unknown() : { ok: true, entry: shown(left, null) };
    },
    async forget(company, whom) {
      const door = await companies.open(company);
      if (!door.ok) return 0;
      const known = await entriesOf(store, door, whom);
      // What he was offered goes to the next when nothing else of his is in line any more.
      const offeredLast = known.toSorted((a, b) => Number(a.state.offer !== null) - Number(b.state.offer !== null));
      for (const { id } of offeredLast) {
        await offering.leave(door, id);
        await store.delete(company, id);
      }
      return known.length;
    },
  };
}

async function accept(
  offering: Offering,
  door: CompanyDoor,
  stored: StoredEntry,
): Promise<({ readonly ok: true } & Accepted) | Refused> {
  const { id, state } = stored;
  const { offer, appointmentId, customer } = state;
  if (appointmentId !== null) {
    const known = await door.getAppointment(appointmentId);
    return known.ok ? { ok: true, entry: shown(stored, null), appointment: known.appointment } : known;
  }
  if (offer === null) return refuse('WAITLIST_NOT_OFFERED', { status: state.status });
  const given = Object.fromEntries(Object.entries(customer).filter(([, value]) => value !== null));
  // Whoever joined has not shown that the number he named is his: what is known of whose it is stays.
  const answer = await door.book(
    { hold: offer.holdId, owner: ownerOf(id) },
    { customer: { ...given, fillOnly: true }, source: 'waitlist', notes: state.notes ?? undefined },
  );
  if (!answer.ok) {
    const { code } = answer.refusal;
    if (code !== 'HOLD_EXPIRED' && code !== 'HOLD_UNKNOWN') return answer;
    await offering.expire(door, stored);
    return refuse('HOLD_EXPIRED', {});
  }
  const booked = await offering.booked(door.company.id, stored, answer.appointment);
  return { ok: true, entry: shown(booked ?? stored, null), appointment: answer.appointment };
}

/** Every entry of somebody, by each way in which he is known. */
async function entriesOf(store: WaitlistStore, door: CompanyDoor, whom: Forgotten): Promise<readonly StoredEntry[]> {
  const found = new Map<string, StoredEntry>();
  for (const who of await waysToKnow(door, whom))
    for (const stored of await store.of(door.company.id, who)) found.set(stored.id, stored);
  return [...found.values()];
}

async function waysToKnow(door: CompanyDoor, whom: Forgotten): Promise<readonly string[]> {
  if ('email' in whom) return [whoBy('email', whom.email)];
  if ('phone' in whom) {
    const phone = callerNumber(whom.phone, door.company.country);
    return phone === undefined ? [] : [whoBy('phone', phone)];
  }
  const known = await door.getCustomer(whom.customer);
  const { phone, email } = known.ok ? known.customer : { phone: null, email: null };
  return [
    whoBy('customer', whom.customer),
    ...(phone === null ? [] : [whoBy('phone', phone)]),
    ...(email === null ? [] : [whoBy('email', email)]),
  ];
}

const placedIn = (line: Line, stored: StoredEntry): WaitlistEntry =>
  shown(stored, isOpen(stored.state) ? positionIn(line, stored.id, stored.state.wish) : null);

function filterErrors({ limit, cursor, status, serviceId }: WaitlistFilter): Refused<'INPUT_INVALID'> | undefined {
  const isLimit = limit === undefined || (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT);
  return new FieldErrors()
    .require(isLimit, 'limit', `must be a whole number from 1 to ${MAX_LIMIT}`)
    .require(
      status === undefined || waitlistStatuses.includes(status),
      'status',
      `must be one of ${waitlistStatuses.join(', ')}`,
    )
    .text(cursor, 'cursor', 128, 1)
    .text(serviceId, 'serviceId', 128, 1)
    .refusal();
}

function indexFor({ serviceId, status }: WaitlistFilter): {
  readonly index?: { readonly name: string; readonly value: string };
} {
  if (serviceId !== undefined)
    return status === undefined
      ? { index: { name: 'service', value: serviceId } }
      : { index: { name: 'serviceStatus', value: `${serviceId} ${status}` } };
  return status === undefined ? {} : { index: { name: 'status', value: status } };
}
