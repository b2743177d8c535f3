import type { SeatClaim, WriteOutcome } from '../../adapter.ts';
import { bookingSql } from './bookingSql.ts';
import { bytes, int, intOrNull } from './cell.ts';
import { claim } from './claimProgram.ts';
import type { SqlDialect } from './dialect.ts';
import { idBytes } from './ids.ts';
import { lowestFree } from './places.ts';
import { admit, change, rows } from './program.ts';
import type { Program, SqlValue } from './program.ts';
import { giveBackTime, lapseTime } from './sessionTime.ts';
import { giveBackUnits } from './sessionUnits.ts';
import { takeUnits } from './unitProgram.ts';

/** Every session numbers its seats in one cell. */
const seatCell = 0;

const taken: WriteOutcome = { kind: 'taken' };

/** A seat that somebody has. */
interface Seat {
  readonly ordinal: number;
  readonly owner: Uint8Array;
  readonly expiresMs: number | null;
}

function* liveSeats(company: Uint8Array, session: Uint8Array, nowMs: number): Program<readonly Seat[]> {
  const found = yield* rows(bookingSql.liveOrdinals, [company, session, seatCell, nowMs]);
  return found.map((row) => ({ ordinal: int(row[0]), owner: bytes(row[1]), expiresMs: intOrNull(row[2]) }));
}

/** When the last of them lapses; null: never. */
function lastLapse(expiries: readonly (number | null)[]): number | null {
  return expiries.includes(null) ? null : Math.max(...expiries.map(Number));
}

/** Takes seats in a session, which is opened where nobody takes part; else tells why not. */
export function* takeSeats(
  sql: SqlDialect,
  company: Uint8Array,
  claimed: SeatClaim,
  nowMs: number,
): Program<WriteOutcome | undefined> {
  const { serviceId, startMs, endMs, resourceIds, spans, grainMs, seats, take, expiresMs, units = [] } = claimed;
  const session = idBytes(claimed.session);
  const opening = [idBytes(serviceId), startMs, endMs, JSON.stringify(resourceIds), expiresMs, 1];
  // The session's row comes before its seats: whoever joins or leaves waits here for the others.
  yield* change(sql.openSession, [company, session, ...opening]);
  const live = yield* liveSeats(company, session, nowMs);
  const left = Math.max(0, seats - live.length);
  if (left < take) return { kind: 'session-full', session: claimed.session, left };
  if (live.length === 0) {
    // What those had whose holds have lapsed; others may have taken over some of it.
    yield* giveBackTime(company, session);
    yield* giveBackUnits(company, session);
    yield* change(bookingSql.lapseSession, [expiresMs, company, session]);
    if (!(yield* claim(sql, company, [{ owner: claimed.session, spans, grainMs, expiresMs }], nowMs))) return taken;
    const owned = units.map((unit) => ({ ...unit, owner: claimed.session, expiresMs }));
    const limited = yield* takeUnits(sql, company, owned, nowMs);
    if (limited !== undefined) return limited;
  } else {
    const before = lastLapse(live.map((seat) => seat.expiresMs));
    const after = lastLapse([before, expiresMs]);
    if (!(yield* lapseTime(sql, company, session, before, after, nowMs))) return taken;
  }
  const owner = idBytes(claimed.owner);
  const ordinals = lowestFree(live.map(({ ordinal }) => ordinal), take); // prettier-ignore
  const values: SqlValue[] = ordinals.flatMap((each) => [company, session, seatCell, each, owner, expiresMs]);
  if (!(yield* admit(sql.claim(take), [...values, nowMs], take))) {
    return { kind: 'session-full', session: claimed.session, left: 0 };
  }
  const held = ordinals.flatMap((each) => [company, owner, session, seatCell, each, 1, expiresMs, endMs]);
  yield* change(sql.storeUnits(take), held);
  return undefined;
}

/** Frees an owner's seats in a session. The last one who leaves gives its time back. */
export function* leaveSession(
  sql: SqlDialect,
  company: Uint8Array,
  session: Uint8Array,
  owner: Uint8Array,
  ordinals: readonly number[],
  nowMs: number,
): Program<void> {
  const isOpen = (yield* change(bookingSql.touchSession, [company, session])) > 0;
  const before = isOpen ? yield* liveSeats(company, session, nowMs) : [];
  for (const ordinal of ordinals) {
    yield* change(bookingSql.deleteUnitClaim, [company, session, seatCell, ordinal, owner]);
  }
  // Nothing was locked: whoever opens it at this moment keeps what he takes.
  if (!isOpen) return;
  const after = before.filter((seat) => Buffer.compare(seat.owner, owner) !== 0);
  if (after.length === 0) return yield* closeSession(company, session);
  const [lapsed, lapses] = [before, after].map((all) => lastLapse(all.map((seat) => seat.expiresMs)));
  if (lapsed !== lapses) yield* lapseTime(sql, company, session, lapsed ?? null, lapses ?? null, nowMs);
}

function* closeSession(company: Uint8Array, session: Uint8Array): Program<void> {
  yield* giveBackTime(company, session);
  yield* giveBackUnits(company, session);
  yield* change(bookingSql.deleteSession, [company, session]);
}

/** Makes a hold's seats permanent, and with them the session's time; false when any of that is lost. */
export function* stayInSession(
  sql: SqlDialect,
  company: Uint8Array,
  session: Uint8Array,
  hold: Uint8Array,
  ordinals: readonly number[],
  nowMs: number,
): Program<boolean> {
  if ((yield* change(bookingSql.touchSession, [company, session])) === 0) return false;
  const live = yield* liveSeats(company, session, nowMs);
  for (const ordinal of ordinals) {
    const seat = [company, session, seatCell, ordinal, hold, nowMs];
    if ((yield* change(bookingSql.keepUnitClaim, seat)) === 0) return false;
  }
  return yield* lapseTime(sql, company, session, lastLapse(live.map((seat) => seat.expiresMs)), null, nowMs);
}

/** Closes a session whose last participant has lapsed; false when somebody has joined meanwhile. */
export function* closeLapsed(company: Uint8Array, session: Uint8Array, nowMs: number): Program<boolean> {
  if ((yield* change(bookingSql.touchSession, [company, session])) === 0) return false;
  if ((yield* liveSeats(company, session, nowMs)).length > 0) return false;
  yield* closeSession(company, session);
  return true;
}
