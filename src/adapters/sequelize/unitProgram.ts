import type { UnitClaim, WriteOutcome } from '../../adapter.ts';
import { bookingSql } from './bookingSql.ts';
import { int } from './cell.ts';
import { mostRaces, rowsAtOnce } from './claimProgram.ts';
import type { SqlDialect } from './dialect.ts';
import { idBytes } from './ids.ts';
import { lowestFree } from './places.ts';
import { change, rows, tryToAdmit } from './program.ts';
import type { Program, SqlValue } from './program.ts';
import { unitSubject } from './unitSubject.ts';

/** What the column `seat` tells of a row of `units`. */
export const unitKinds = { kept: 0, seat: 1, untilBooked: 2 } as const;

interface Wanted extends UnitClaim {
  readonly subject: Buffer;
}

// As with time: two writers who want the same meet in the same order.
const byKey = (a: Wanted, b: Wanted): number => a.subject.compare(b.subject) || a.period - b.period;

/** Takes the lowest free ordinals, and others where somebody was faster; undefined when too few are left. */
function* takeOrdinals(
  sql: SqlDialect,
  company: Uint8Array,
  { subject, period, owner, most, take, expiresMs }: Wanted,
  nowMs: number,
): Program<readonly number[] | undefined> {
  for (let race = 0; race < mostRaces; race++) {
    const live = yield* rows(bookingSql.liveOrdinals, [company, subject, period, nowMs]);
    if (live.length + take > most) return undefined;
    const ordinals = lowestFree(live.map((row) => int(row[0])), take); // prettier-ignore
    const values: SqlValue[] = ordinals.flatMap((each) => [company, subject, period, each, idBytes(owner), expiresMs]);
    if (yield* tryToAdmit(sql.claim(take), [...values, nowMs], take)) return ordinals;
    if (!sql.refusalUndoes) return undefined;
  }
  return undefined;
}

/** Takes all units asked for and notes who has them; otherwise tells of which too few were left. */
export function* takeUnits(
  sql: SqlDialect,
  company: Uint8Array,
  claims: readonly UnitClaim[],
  nowMs: number,
): Program<WriteOutcome | undefined> {
  const held: SqlValue[] = [];
  const wanted = claims.map((each): Wanted => ({ ...each, subject: unitSubject(each.scope) }));
  for (const each of wanted.sort(byKey)) {
    const { scope, period, subject, owner, expiresMs, endMs = null } = each;
    const kind = each.untilBooked === true ? unitKinds.untilBooked : unitKinds.kept;
    const ordinals = yield* takeOrdinals(sql, company, each, nowMs);
    if (ordinals === undefined) return { kind: 'limit-reached', scope, period };
    for (const ordinal of ordinals)
      held.push(company, idBytes(owner), subject, period, ordinal, kind, expiresMs, endMs);
  }
  for (let from = 0; from < held.length; from += rowsAtOnce * 8) {
    const some = held.slice(from, from + rowsAtOnce * 8);
    yield* change(sql.storeUnits(some.length / 8), some);
  }
  return undefined;
}
