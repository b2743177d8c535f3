import { bookingSql } from './bookingSql.ts';
import { bytes, int } from './cell.ts';
import type { SqlDialect } from './dialect.ts';
import { change, rows } from './program.ts';
import type { Program } from './program.ts';
import { lapseUnits } from './sessionUnits.ts';

/** Time that is occupied, with the cells that guard it: those from `first` up to `end`. */
export interface Stretch {
  readonly resource: Uint8Array;
  readonly startMs: number;
  readonly first: number;
  readonly end: number;
}

function* stretchesOf(company: Uint8Array, session: Uint8Array): Program<readonly Stretch[]> {
  const found = yield* rows(bookingSql.spansOfOwner, [company, session]);
  return found.map((row) => ({ resource: bytes(row[0]), startMs: int(row[1]), first: int(row[2]), end: int(row[3]) }));
}

/** Gives back the cells and the span of one stretch. */
export function* giveBack(company: Uint8Array, stretch: Stretch, owner: Uint8Array): Program<void> {
  const { resource, startMs, first, end } = stretch;
  yield* change(bookingSql.deleteClaims, [company, resource, first, end, owner]);
  yield* change(bookingSql.deleteSpan, [company, resource, startMs, owner]);
}

/** Gives back all the time of a session. */
export function* giveBackTime(company: Uint8Array, session: Uint8Array): Program<void> {
  for (const stretch of yield* stretchesOf(company, session)) yield* giveBack(company, stretch, session);
}

/** Sets when a session's time lapses, and what it takes of limits; false when it has lost some of them by then. */
export function* lapseTime(
  sql: SqlDialect,
  company: Uint8Array,
  session: Uint8Array,
  before: number | null,
  after: number | null,
  nowMs: number,
): Program<boolean> {
  // Time that does not lapse cannot be lost.
  if (before === null && after === null) return true;
  let kept = 0;
  let wanted = 0;
  for (const { resource, startMs, first, end } of yield* stretchesOf(company, session)) {
    wanted += end - first;
    const cells = [company, resource, first, end, session, nowMs];
    if (before === after) {
      kept += (yield* rows(bookingSql.liveCells + sql.forUpdate, cells)).length;
    } else {
      kept += yield* change(bookingSql.lapseClaims, [after, ...cells]);
      yield* change(bookingSql.lapseSpan, [after, company, resource, startMs, session]);
    }
  }
  if (before === after) return kept === wanted;
  yield* change(bookingSql.lapseSession, [after, company, session]);
  return (yield* lapseUnits(company, session, after, nowMs)) && kept === wanted;
}
