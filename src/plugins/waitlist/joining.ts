import { createHash } from 'node:crypto';
import { refuse, type Answer, type CompanyDoor, type CompanyId, type Refusal, type Refused } from '../../plugin.ts';
import type { JoinOptions, SlotWish, WindowWish } from './contract.ts';
import { shown, type EntryState, type WaitlistEntry } from './entry.ts';
import { freeFor } from './fitting.ts';
import { fullFor, placeOf, positionIn, type LineLimits } from './line.ts';
import { readJoin, type Joining } from './readJoin.ts';
import type { WaitlistStore } from './store.ts';
import { whoOf } from './who.ts';

interface Deps {
  readonly store: WaitlistStore;
  readonly limits: LineLimits;
  readonly newId: () => string;
  readonly now: () => number;
}

/** Why a time is not free that may become free. Anything else nobody need wait for. */
const mayPass: ReadonlySet<string> = new Set(['SLOT_TAKEN', 'NO_SLOT', 'LIMIT_REACHED', 'SOURCE_UNREACHABLE']);
/** So many free starts are told at most. */
const MAX_TOLD = 3;

/** Whether waiting may help: a party with more people than a session has seats never gets them. */
const mayFit = (refusal: Refusal): boolean =>
  mayPass.has(refusal.code) &&
  !('reasons' in refusal && refusal.reasons.some(({ code }) => code === 'PARTY_TOO_LARGE'));

type Joined = Answer<{ readonly entry: WaitlistEntry; readonly replayed: boolean }>;

/** Puts somebody into the line. */
export async function join(
  deps: Deps,
  door: CompanyDoor,
  asked: SlotWish | WindowWish,
  options: JoinOptions,
): Promise<Joined> {
  const { store, newId, now } = deps;
  const company = door.company.id;
  const read = await readJoin(door, asked, options, now());
  if (!read.ok) return read;
  const key = keyOf(asked, options);
  const earlier = key === undefined ? undefined : await store.key(company, key.id);
  if (earlier !== undefined && earlier.fingerprint !== key?.fingerprint) return keyReused(options);
  const known = earlier === undefined ? undefined : await entryNow(store, company, earlier.entryId);
  if (known !== undefined) return { ok: true, entry: known, replayed: true };

  const { slots, why } = await freeFor(door, read.wish, now());
  if (slots.length > 0) return refuse('SLOT_FREE', { slots: slots.slice(0, MAX_TOLD) });
  if (why !== undefined && !mayFit(why.refusal)) return why;
  const fresh = earlier?.entryId ?? newId();
  const record = { entryId: fresh, fingerprint: key?.fingerprint ?? '' };
  const owner = key === undefined ? record : await store.keyed(company, key.id, record);
  if (owner.fingerprint !== record.fingerprint) return keyReused(options);
  return stand(deps, company, owner.entryId, newState(read, options, now()));
}

/** Takes the place first, which the line may refuse, and then stores who stands there. */
async function stand({ store, limits }: Deps, company: CompanyId, id: string, state: EntryState): Promise<Joined> {
  const place = placeOf(id, state);
  let full: keyof LineLimits | undefined;
  await store.changeLine(company, (line) => {
    full = undefined;
    if (line.some((each) => each.id === id)) return line;
    full = fullFor(line, place, limits);
    return full === undefined ? [...line, place] : line;
  });
  if (full !== undefined) return refuse('WAITLIST_FULL', { limit: full, most: limits[full] });
  const stored = await store.put(company, { id, version: 0, state });
  const entry = await entryNow(store, company, id);
  if (entry === undefined) return refuse('WAITLIST_ENTRY_UNKNOWN', {});
  return { ok: true, entry, replayed: stored === undefined };
}

async function entryNow(store: WaitlistStore, company: CompanyId, id: string): Promise<WaitlistEntry | undefined> {
  const stored = await store.entry(company, id);
  return stored === undefined ? undefined : shown(stored, positionIn(await store.line(company), id, stored.state.wish));
}

const newState = ({ wish, customer, contact }: Joining, options: JoinOptions, nowMs: number): EntryState => ({
  status: 'waiting',
  wish,
  customer,
  contact,
  callId: options.callId ?? null,
  notes: options.notes ?? null,
  joinedMs: nowMs,
  offer: null,
  offers: 0,
  appointmentId: null,
  attempt: null,
  attempts: 0,
  refused: [],
  who: whoOf(customer, contact),
});

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** A key as it is stored, and what it was asked for. A Date has no fields of its own, so times are compared as they print. */
function keyOf(
  asked: SlotWish | WindowWish,
  { idempotencyKey, ...options }: JoinOptions,
): { readonly id: string; readonly fingerprint: string } | undefined {
  if (idempotencyKey === undefined) return undefined;
  return { id: digest(idempotencyKey), fingerprint: digest(JSON.stringify([sorted(asked), sorted(options)])) };
}

const sorted = (fields: object): unknown =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, isPlain(value) ? sorted(value) : value] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const keyReused = ({ idempotencyKey = '' }: JoinOptions): Refused<'KEY_REUSED'> =>
  refuse('KEY_REUSED', { key: idempotencyKey });
