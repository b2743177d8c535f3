import { bytes } from './cell.ts';
import type { SqlDialect } from './dialect.ts';
import { release } from './ownership.ts';
import { change, rows } from './program.ts';
import type { Program, Row, SqlValue } from './program.ts';

const ofSpan =
  'claims c ON c.company_id = s.company_id AND c.subject = s.resource_id AND c.cell >= s.first_cell' +
  ' AND c.cell < s.end_cell AND c.owner_id = s.owner_id';
const pastClaimsSql = ({ joinInOrder }: Pick<SqlDialect, 'joinInOrder'>): string =>
  `SELECT c.company_id, c.subject, c.cell, c.ordinal FROM spans s ${joinInOrder} ${ofSpan}` +
  ' WHERE s.end_ms <= ? LIMIT ?';
const bareSpansSql =
  `SELECT s.company_id, s.resource_id, s.start_ms, s.owner_id FROM spans s LEFT JOIN ${ofSpan}` +
  ' WHERE s.end_ms <= ? AND c.cell IS NULL LIMIT ?';
const deleteClaim = 'DELETE FROM claims WHERE company_id = ? AND subject = ? AND cell = ? AND ordinal = ?';
const deleteSpan = 'DELETE FROM spans WHERE company_id = ? AND resource_id = ? AND start_ms = ? AND owner_id = ?';
const expiredHoldsSql = 'SELECT company_id, id FROM holds WHERE expires_ms <= ? ORDER BY expires_ms LIMIT ?';
const sentEventsSql =
  'SELECT company_id, aggregate, sequence FROM outbox WHERE sent_ms IS NOT NULL AND sent_ms <= ? ORDER BY sent_ms LIMIT ?';
const deleteEvent =
  'DELETE FROM outbox WHERE company_id = ? AND aggregate = ? AND sequence = ? AND sent_ms IS NOT NULL';
const oldKeysSql =
  'SELECT company_id, idempotency_key FROM idempotency WHERE created_ms <= ? ORDER BY created_ms LIMIT ?';
const deleteKey = 'DELETE FROM idempotency WHERE company_id = ? AND idempotency_key = ?';

function* deleteEach(sql: string, keys: readonly Row[]): Program<number> {
  let deleted = 0;
  for (const key of keys) deleted += yield* change(sql, key);
  return deleted;
}

function* deleteFound(find: string, values: readonly SqlValue[], remove: string): Program<number> {
  return yield* deleteEach(remove, yield* rows(find, values));
}

/** The statements that find what nobody needs. */
export const sweepSql = {
  expiredHolds: expiredHoldsSql,
  pastClaims: pastClaimsSql,
  bareSpans: bareSpansSql,
  sentEvents: sentEventsSql,
  oldKeys: oldKeysSql,
} as const;

/** Takes away holds that had expired by the cutoff, with what is left of their claims. */
export function* sweepHolds(sql: SqlDialect, nowMs: number, cutoffMs: number, limit: number): Program<number> {
  // Locked: a hold that is being converted keeps its id, and what it owns, as an appointment.
  const found = yield* rows(sweepSql.expiredHolds + sql.forUpdate, [cutoffMs, limit]);
  for (const row of found) yield* release(sql, bytes(row[0]), bytes(row[1]), nowMs);
  return found.length;
}

/** Takes away claims whose time was over before the cutoff, and then the spans that have none left. */
export function* sweepClaims(sql: SqlDialect, cutoffMs: number, limit: number): Program<number> {
  const claims = yield* deleteFound(sweepSql.pastClaims(sql), [cutoffMs, limit], deleteClaim);
  yield* deleteFound(sweepSql.bareSpans, [cutoffMs, limit], deleteSpan);
  return claims;
}

/** Takes away events that were sent before the cutoff. */
export function* sweepSentEvents(cutoffMs: number, limit: number): Program<number> {
  return yield* deleteFound(sweepSql.sentEvents, [cutoffMs, limit], deleteEvent);
}

/** Takes away idempotency keys that were first used before the cutoff. */
export function* sweepIdempotency(cutoffMs: number, limit: number): Program<number> {
  return yield* deleteFound(sweepSql.oldKeys, [cutoffMs, limit], deleteKey);
}
