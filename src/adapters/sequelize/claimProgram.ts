import type { ClaimRequest } from '../../adapter.ts';
import { bookingSql } from './bookingSql.ts';
import { bytes, int } from './cell.ts';
import type { SqlDialect } from './dialect.ts';
import { idBytes } from './ids.ts';
import { admit, change, rows } from './program.ts';
import type { Program, SqlValue } from './program.ts';

/** Rows a statement takes: a day in 5-minute cells is three of them, and no database's limit on values is near. */
const rowsAtOnce = 128;

interface Cell {
  readonly resourceId: string;
  readonly subject: Uint8Array;
  readonly cell: number;
  readonly owner: Uint8Array;
  readonly expiresMs: number | null;
}

/** Time that is occupied, with the cells that guard it: those from `first` up to `end`. */
interface Stretch {
  readonly resource: Uint8Array;
  readonly startMs: number;
  readonly first: number;
  readonly end: number;
}

// Rows are written in the order of their key, so that two writers of the same cells wait for one another instead of deadlocking.
const byKey = (a: Cell, b: Cell): number =>
  a.resourceId < b.resourceId ? -1 : a.resourceId > b.resourceId ? 1 : a.cell - b.cell;

function* writeCells(sql: SqlDialect, company: Uint8Array, cells: readonly Cell[], nowMs: number): Program<boolean> {
  for (let from = 0; from < cells.length; from += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, cells.length - from);
    const values: SqlValue[] = [];
    for (let index = from; index < from + count; index++) {
      const cell = cells[index];
      if (cell !== undefined) values.push(company, cell.subject, cell.cell, 0, cell.owner, cell.expiresMs);
    }
    values.push(nowMs);
    if (!(yield* admit(sql.claim(count), values, count))) return false;
  }
  return true;
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
  for (const { owner: ownerId, spans: wanted, grainMs, expiresMs } of requests) {
    const owner = idBytes(ownerId);
    for (const { resourceId, startMs, endMs } of wanted) {
      const subject = idBytes(resourceId);
      const first = Math.floor(startMs / grainMs);
      const end = Math.ceil(endMs / grainMs);
      for (let cell = first; cell < end; cell++) cells.push({ resourceId, subject, cell, owner, expiresMs });
      spans.push(company, subject, startMs, owner, endMs, expiresMs, first, end);
    }
  }
  if (spans.length === 0) return true;
  if (spans.length > 8) cells.sort(byKey);
  if (!(yield* writeCells(sql, company, cells, nowMs))) return false;
  yield* change(bookingSql.insertSpans(spans.length / 8), spans);
  return true;
}

function* stretchesOf(company: Uint8Array, owner: Uint8Array): Program<readonly Stretch[]> {
  const found = yield* rows(bookingSql.spansOfOwner, [company, owner]);
  return found.map((row) => ({ resource: bytes(row[0]), startMs: int(row[1]), first: int(row[2]), end: int(row[3]) }));
}

/** Gives back everything that an owner occupies, and its hold. An owner of nothing is no fault. */
export function* release(company: Uint8Array, owner: Uint8Array): Program<void> {
  for (const { resource, startMs, first, end } of yield* stretchesOf(company, owner)) {
    yield* change(bookingSql.deleteClaims, [company, resource, first, end, owner]);
    yield* change(bookingSql.deleteSpan, [company, resource, startMs, owner]);
  }
  yield* change(bookingSql.deleteHold, [company, owner]);
}

/** Makes a hold's claims permanent and takes its row away; false when it has lost any of them. */
export function* convert(company: Uint8Array, hold: Uint8Array, nowMs: number): Program<boolean> {
  let kept = 0;
  let wanted = 0;
  for (const { resource, startMs, first, end } of yield* stretchesOf(company, hold)) {
    wanted += end - first;
    kept += yield* change(bookingSql.keepClaims, [company, resource, first, end, hold, nowMs]);
    yield* change(bookingSql.keepSpan, [company, resource, startMs, hold]);
  }
  if (kept < wanted) return false;
  yield* change(bookingSql.deleteHold, [company, hold]);
  return true;
}
