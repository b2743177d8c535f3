import { bookingSql } from './bookingSql.ts';
import { bytes, int } from './cell.ts';
import type { SqlDialect } from './dialect.ts';
import { change, rows } from './program.ts';
import type { Program } from './program.ts';
import { leaveSession, stayInSession } from './sessionProgram.ts';
import { giveBack } from './sessionTime.ts';
import type { Stretch } from './sessionTime.ts';
import { unitKinds } from './unitProgram.ts';

/** A unit by its place in the claims. */
interface Unit {
  readonly subject: Uint8Array;
  readonly cell: number;
  readonly ordinal: number;
  readonly isUntilBooked: boolean;
}

/** Everything that an owner holds. */
interface Holdings {
  readonly stretches: readonly Stretch[];
  readonly units: readonly Unit[];
  /** The seats by session, in the order in which sessions are locked. */
  readonly sessions: readonly (readonly [session: Uint8Array, ordinals: number[]])[];
}

function* holdingsOf(company: Uint8Array, owner: Uint8Array): Program<Holdings> {
  const stretches: Stretch[] = [];
  const units: Unit[] = [];
  const sessions: [Uint8Array, number[]][] = [];
  for (const row of yield* rows(bookingSql.heldByOwner, [company, owner, company, owner])) {
    const subject = bytes(row[0]);
    const [second, third] = [int(row[1]), int(row[2])];
    if (row[3] !== null) stretches.push({ resource: subject, startMs: second, first: third, end: int(row[3]) });
    else if (int(row[4]) !== unitKinds.seat) {
      const isUntilBooked = int(row[4]) === unitKinds.untilBooked;
      units.push({ subject, cell: second, ordinal: third, isUntilBooked });
    } else {
      const known = sessions.find(([session]) => Buffer.compare(session, subject) === 0);
      if (known === undefined) sessions.push([subject, [third]]);
      else known[1].push(third);
    }
  }
  sessions.sort(([a], [b]) => Buffer.compare(a, b));
  return { stretches, units, sessions };
}

/** Gives back everything that an owner has, and its hold. An owner of nothing is no fault. */
export function* release(sql: SqlDialect, company: Uint8Array, owner: Uint8Array, nowMs: number): Program<void> {
  const { stretches, units, sessions } = yield* holdingsOf(company, owner);
  for (const stretch of stretches) yield* giveBack(company, stretch, owner);
  for (const { subject, cell, ordinal } of units) {
    yield* change(bookingSql.deleteUnitClaim, [company, subject, cell, ordinal, owner]);
  }
  for (const [session, seats] of sessions) yield* leaveSession(sql, company, session, owner, seats, nowMs);
  if (units.length + sessions.length > 0) yield* change(bookingSql.deleteUnits, [company, owner]);
  yield* change(bookingSql.deleteHold, [company, owner]);
}

/** Makes permanent what a hold has, and takes its row away; false when it has lost any of it. */
export function* convert(sql: SqlDialect, company: Uint8Array, hold: Uint8Array, nowMs: number): Program<boolean> {
  const { stretches, units: all, sessions } = yield* holdingsOf(company, hold);
  const units = all.filter(({ isUntilBooked }) => !isUntilBooked);
  for (const { subject, cell, ordinal, isUntilBooked } of all) {
    if (!isUntilBooked) continue;
    // Nobody is kept from booking because somebody has taken it over in the meantime.
    yield* change(bookingSql.deleteUnitClaim, [company, subject, cell, ordinal, hold]);
    yield* change(bookingSql.deleteUnit, [company, hold, subject, cell, ordinal]);
  }
  let kept = 0;
  let wanted = units.length;
  for (const { resource, startMs, first, end } of stretches) {
    wanted += end - first;
    kept += yield* change(bookingSql.keepClaims, [company, resource, first, end, hold, nowMs]);
    yield* change(bookingSql.keepSpan, [company, resource, startMs, hold]);
  }
  for (const { subject, cell, ordinal } of units) {
    kept += yield* change(bookingSql.keepUnitClaim, [company, subject, cell, ordinal, hold, nowMs]);
  }
  if (kept < wanted) return false;
  for (const [session, seats] of sessions) {
    if (!(yield* stayInSession(sql, company, session, hold, seats, nowMs))) return false;
  }
  if (units.length + sessions.length > 0) yield* change(bookingSql.keepUnits, [company, hold]);
  yield* change(bookingSql.deleteHold, [company, hold]);
  return true;
}
