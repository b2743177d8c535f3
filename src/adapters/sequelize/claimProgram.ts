import type { ClaimRequest } from '../../adapter.ts';
import { bookingSql } from './bookingSql.ts';
import type { SqlDialect } from './dialect.ts';
import { idBytes } from './ids.ts';
import { choosePlaces } from './places.ts';
import type { Cell } from './places.ts';
import { admit, change, tryToAdmit } from './program.ts';
import type { Program, SqlValue } from './program.ts';

/** Rows a statement takes: a day in 5-minute cells is three of them, and no database's limit on values is near. */
export const rowsAtOnce = 128;

/** How often a writer tries other places after others were faster, before it calls the time taken. */
export const mostRaces = 32;

// Rows are written in the order of their key, so that two writers of the same cells wait for one another instead of deadlocking.
const byKey = (a: Cell, b: Cell): number =>
  a.resourceId < b.resourceId ? -1 : a.resourceId > b.resourceId ? 1 : a.cell - b.cell;

function* writeCells(
  sql: SqlDialect,
  company: Uint8Array,
  cells: readonly Cell[],
  places: readonly number[] | undefined,
  nowMs: number,
): Program<boolean> {
  const values: SqlValue[] = [];
  for (const [index, cell] of cells.entries())
    values.push(company, cell.subject, cell.cell, places?.[index] ?? 0, cell.owner, cell.expiresMs);
  values.push(nowMs);
  const write = places === undefined ? admit : tryToAdmit;
  return yield* write(sql.claim(cells.length), values, cells.length);
}

/** Cells of which some have several places: looks for a free one in each, and again where others were faster. */
function* writeShared(sql: SqlDialect, company: Uint8Array, cells: readonly Cell[], nowMs: number): Program<boolean> {
  for (let race = 0; race < mostRaces; race++) {
    const places = yield* choosePlaces(company, cells, race > 0, nowMs);
    if (places === undefined) return false;
    if (yield* writeCells(sql, company, cells, places, nowMs)) return true;
    if (!sql.refusalUndoes) return false;
  }
  return false;
}

/** Claims all the time asked for and notes it as occupied; false when a cell of it is held by another. */
export function* claim(
  sql: SqlDialect,
  company: Uint8Array,
  requests: readonly ClaimRequest[],
  nowMs: number,
): Program<boolean> {
  const cells: Cell[] = [];
  const spans: SqlValue[] = [];
  let shared = false;
  for (const { owner: ownerId, spans: wanted, grainMs, expiresMs } of requests) {
    const owner = idBytes(ownerId);
    for (const { resourceId, startMs, endMs, capacity = 1 } of wanted) {
      const subject = idBytes(resourceId);
      const first = Math.floor(startMs / grainMs);
      const end = Math.ceil(endMs / grainMs);
      shared ||= capacity > 1;
      for (let cell = first; cell < end; cell++) cells.push({ resourceId, subject, cell, owner, expiresMs, capacity });
      spans.push(company, subject, startMs, owner, endMs, expiresMs, first, end);
    }
  }
  if (spans.length === 0) return true;
  if (spans.length > 8) cells.sort(byKey);
  for (let from = 0; from < cells.length; from += rowsAtOnce) {
    const some = cells.slice(from, from + rowsAtOnce);
    const written = shared
      ? yield* writeShared(sql, company, some, nowMs)
      : yield* writeCells(sql, company, some, undefined, nowMs);
    if (!written) return false;
  }
  for (let from = 0; from < spans.length; from += rowsAtOnce * 8) {
    const some = spans.slice(from, from + rowsAtOnce * 8);
    yield* change(bookingSql.insertSpans(some.length / 8), some);
  }
  return true;
}
