import type { Retention, SweepReport } from '../../adapter.ts';
import { int } from './cell.ts';
import { rows } from './program.ts';
import type { Program, SqlValue } from './program.ts';

function* count(table: string, condition: string, ...values: readonly SqlValue[]): Program<number> {
  const [row] = yield* rows(`SELECT COUNT(*) FROM ${table} WHERE ${condition}`, values);
  return int(row?.[0] ?? 0);
}

/** Of those that have lapsed and those that are over each is counted once, and each kind along its index. */
function* countLapsedOrOver(table: string, nowMs: number, overMs: number): Program<number> {
  const lapsed = yield* count(table, 'expires_ms <= ?', nowMs);
  return lapsed + (yield* count(table, 'end_ms <= ? AND (expires_ms IS NULL OR expires_ms > ?)', overMs, nowMs));
}

/** Counts what nobody needs any more, each kind for itself: what goes with another one is counted with its own kind too. */
export function* due(retention: Retention, nowMs: number): Program<SweepReport> {
  const overMs = nowMs - retention.pastClaimsMs;
  return {
    expiredHolds: yield* count('holds', 'expires_ms <= ?', nowMs - retention.expiredHoldsMs),
    pastSpans: yield* count('spans', 'end_ms <= ?', overMs),
    units: yield* countLapsedOrOver('units', nowMs, overMs),
    sessions: yield* countLapsedOrOver('sessions', nowMs, overMs),
    sentEvents: yield* count('outbox', 'sent_ms IS NOT NULL AND sent_ms <= ?', nowMs - retention.sentEventsMs),
    idempotencyRecords: yield* count('idempotency', 'created_ms <= ?', nowMs - retention.idempotencyMs),
  };
}
