import { bookingSql } from './bookingSql.ts';
import { bytes, int } from './cell.ts';
import { change, rows } from './program.ts';
import type { Program, SqlValue } from './program.ts';

function* unitsOf(company: Uint8Array, session: Uint8Array): Program<readonly SqlValue[][]> {
  const found = yield* rows(bookingSql.unitsOfOwner, [company, session]);
  return found.map((row) => [company, bytes(row[0]), int(row[1]), int(row[2]), session]);
}

/** Gives back what a session has taken of limits. */
export function* giveBackUnits(company: Uint8Array, session: Uint8Array): Program<void> {
  const units = yield* unitsOf(company, session);
  for (const unit of units) yield* change(bookingSql.deleteUnitClaim, unit);
  if (units.length > 0) yield* change(bookingSql.deleteUnits, [company, session]);
}

/** Sets when they lapse; false when the session has lost one of them by then. */
export function* lapseUnits(
  company: Uint8Array,
  session: Uint8Array,
  after: number | null,
  nowMs: number,
): Program<boolean> {
  const units = yield* unitsOf(company, session);
  let kept = 0;
  for (const unit of units) kept += yield* change(bookingSql.lapseUnitClaim, [after, ...unit, nowMs]);
  if (units.length > 0) yield* change(bookingSql.lapseUnits, [after, company, session]);
  return kept === units.length;
}
