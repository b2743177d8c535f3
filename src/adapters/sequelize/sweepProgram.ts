import { bytes, int } from './cell.ts';
import type { SqlDialect } from './dialect.ts';
import { changeMany, changesOf, isKey, readingOf, rowsOfMany } from './forMany.ts';
import { release } from './ownership.ts';
import { rows } from './program.ts';
import type { Program, Row } from './program.ts';

/** The statements that find what nobody needs, the oldest first. */
export const sweepSql = {
  expiredHolds: 'SELECT company_id, id FROM holds WHERE expires_ms <= ? ORDER BY expires_ms LIMIT ?',
  pastSpans:
    'SELECT company_id, resource_id, start_ms, owner_id, first_cell, end_cell FROM spans WHERE end_ms <= ?' +
    ' ORDER BY end_ms LIMIT ?',
  sentEvents:
    'SELECT company_id, aggregate, sequence FROM outbox WHERE sent_ms IS NOT NULL AND sent_ms <= ?' +
    ' ORDER BY sent_ms LIMIT ?',
  oldKeys: 'SELECT company_id, idempotency_key FROM idempotency WHERE created_ms <= ? ORDER BY created_ms LIMIT ?',
} as const;

const isOwner = isKey(['company_id', 'owner_id']);

/** The statements that look at it and take it away, many rows at a time. */
export const purgeSql = {
  spansOf: readingOf('SELECT company_id, resource_id, start_ms, owner_id, first_cell, end_cell FROM spans', isOwner),
  unitsOf: readingOf('SELECT owner_id FROM units', isOwner),
  holds: changesOf('DELETE FROM holds', isKey(['company_id', 'id'])),
  /** Ranges of claims, of one owner each: what others have taken over stays. */
  claims: changesOf('DELETE FROM claims', 'company_id = ? AND subject = ? AND cell >= ? AND cell < ? AND owner_id = ?'),
  spans: changesOf('DELETE FROM spans', isKey(['company_id', 'resource_id', 'start_ms', 'owner_id'])),
  events: changesOf('DELETE FROM outbox', isKey(['company_id', 'aggregate', 'sequence'])),
  keys: changesOf('DELETE FROM idempotency', isKey(['company_id', 'idempotency_key'])),
} as const;

/** A transaction takes away about so many claims for each span that it may: most have fewer. */
const CELLS_A_SPAN = 16;

/** Takes spans away with their claims: rows of `sweepSql.pastSpans`. */
function* deleteSpans(spans: readonly Row[]): Program<number> {
  const ranges: Row[] = spans.map(([company = null, resource = null, , owner = null, first = null, end = null]) => [
    company,
    resource,
    first,
    end,
    owner,
  ]);
  yield* changeMany(purgeSql.claims, ranges);
  return yield* changeMany(
    purgeSql.spans,
    spans.map((row) => row.slice(0, 4)),
  );
}

/** Gives back everything that owners have. @param owners - rows of company and id */
export function* releaseAll(sql: SqlDialect, owners: readonly Row[], nowMs: number): Program<void> {
  const others = new Set((yield* rowsOfMany(purgeSql.unitsOf, owners)).map(([owner]) => textOf(owner)));
  // Those with units or seats one by one, because who leaves a session may be the last one.
  for (const row of owners) if (others.has(textOf(row[1]))) yield* release(sql, bytes(row[0]), bytes(row[1]), nowMs);
  const plain = owners.filter((row) => !others.has(textOf(row[1])));
  yield* deleteSpans(yield* rowsOfMany(purgeSql.spansOf, plain));
}

/** Takes away holds that had expired by the cutoff, with what is left of their claims. */
export function* sweepHolds(sql: SqlDialect, nowMs: number, cutoffMs: number, limit: number): Program<number> {
  // Locked: a hold that is being converted keeps its id, and what it owns, as an appointment.
  const holds = yield* rows(sweepSql.expiredHolds + sql.forUpdate, [cutoffMs, limit]);
  yield* releaseAll(sql, holds, nowMs);
  yield* changeMany(purgeSql.holds, holds);
  return holds.length;
}

const textOf = (id: Row[number] | undefined): string => Buffer.from(bytes(id)).toString('latin1');

/** The first of the spans whose cells are few enough for one transaction, at least one. */
function fewEnough(spans: readonly Row[], mostCells: number): readonly Row[] {
  let cells = 0;
  const end = spans.findIndex((row, nth) => (cells += int(row[5]) - int(row[4])) > mostCells && nth > 0);
  return end < 0 ? spans : spans.slice(0, end);
}

/** Takes away spans that were over before the cutoff, each with its claims. */
export function* sweepSpans(sql: SqlDialect, cutoffMs: number, limit: number): Program<number> {
  // Locked: whoever moves or cancels one of them at the same time goes first or comes after.
  const found = yield* rows(sweepSql.pastSpans + sql.forUpdate, [cutoffMs, limit]);
  return yield* deleteSpans(fewEnough(found, CELLS_A_SPAN * limit));
}

/** Takes away events that were sent before the cutoff. */
export function* sweepSentEvents(cutoffMs: number, limit: number): Program<number> {
  return yield* changeMany(purgeSql.events, yield* rows(sweepSql.sentEvents, [cutoffMs, limit]));
}

/** Takes away idempotency keys that were first used before the cutoff. */
export function* sweepIdempotency(cutoffMs: number, limit: number): Program<number> {
  return yield* changeMany(purgeSql.keys, yield* rows(sweepSql.oldKeys, [cutoffMs, limit]));
}
