import { idOf, int, intOrNull } from '../cell.ts';
import { idText } from '../ids.ts';
import type { Row } from '../program.ts';
import { isLiveAt, moment } from './examined.ts';
import type { ExaminedCompany } from './examined.ts';

/** A seat that is claimed. */
export interface Seat {
  readonly ordinal: number;
  readonly expiresMs: number | null;
  /** When the session is over. */
  readonly endMs: number | null;
}

/** Judges a session by the seats that are claimed in it. Past ones are being swept, in any order. */
export async function judgeSession(
  { nowMs, tell }: ExaminedCompany,
  subject: Uint8Array,
  /** Id, service, start, end, expiry; undefined: there is no such session. */
  session: Row | undefined,
  seats: readonly Seat[],
  seatsOf: ReadonlyMap<string, number>,
): Promise<void> {
  const name = `session ${idText(subject)}`;
  const live = seats.filter(({ expiresMs, endMs }) => isLiveAt(nowMs, expiresMs) && (endMs === null || endMs > nowMs));
  if (session === undefined) {
    if (live.length > 0) await tell('SESSION_MISSING', name, `has ${live.length} seats taken, and no row`);
    return;
  }
  if (int(session[3]) <= nowMs) return;
  const expiresMs = intOrNull(session[4]);
  if (live.length === 0) {
    if (isLiveAt(nowMs, expiresMs)) await tell('SESSION_EMPTY', name, `lapses ${moment(expiresMs)}`);
    return;
  }
  const lapses = live.map((seat) => seat.expiresMs);
  const last = lapses.includes(null) ? null : Math.max(...lapses.map(Number));
  if (last !== expiresMs)
    await tell('SESSION_EXPIRES', name, `lapses ${moment(expiresMs)}, and its last seat ${moment(last)}`);
  const most = seatsOf.get(idOf(session[1])) ?? 1;
  const beyond = live.filter(({ ordinal }) => ordinal >= most).length;
  if (beyond > 0) await tell('BEYOND_CAPACITY', name, `has ${live.length} seats taken, ${beyond} beyond its ${most}`);
}
