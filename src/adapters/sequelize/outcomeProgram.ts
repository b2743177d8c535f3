import type { BookingWrite, WriteOutcome } from '../../adapter.ts';
import type { SqlDialect } from './dialect.ts';
import { idBytes } from './ids.ts';
import { rows } from './program.ts';
import type { Program, SqlValue } from './program.ts';

const committed: WriteOutcome = { kind: 'committed' };

/** What only this write can have left behind: its key, its event, its hold, or its appointment at its version. */
function trace(
  company: Uint8Array,
  write: BookingWrite,
): readonly [sql: string, values: readonly SqlValue[]] | undefined {
  const [event] = write.events;
  if (event !== undefined) {
    return ['SELECT 1 FROM outbox WHERE id = ? AND company_id = ?', [idBytes(event.id), company]];
  }
  if (write.hold !== undefined) {
    return ['SELECT 1 FROM holds WHERE company_id = ? AND id = ?', [company, idBytes(write.hold.id)]];
  }
  const [appointment] = write.appointments ?? [];
  if (appointment !== undefined) {
    const { id, version, updatedMs } = appointment.row;
    return [
      'SELECT 1 FROM appointments WHERE company_id = ? AND id = ? AND version = ? AND updated_ms = ?',
      [company, idBytes(id), version, updatedMs],
    ];
  }
  if (write.idempotency !== undefined) {
    const { key, fingerprint, resultId } = write.idempotency;
    return [
      'SELECT 1 FROM idempotency WHERE company_id = ? AND idempotency_key = ? AND fingerprint = ? AND result_id = ?',
      [company, key, fingerprint, idBytes(resultId)],
    ];
  }
  return undefined;
}

/**
 * Reads back whether a write was committed whose connection was lost meanwhile: `committed`, `absent`, or undefined when
 * it leaves nothing that could tell. The read waits for a transaction that still stands open on the server.
 */
export function* readBack(
  sql: SqlDialect,
  company: Uint8Array,
  write: BookingWrite,
): Program<WriteOutcome | 'absent' | undefined> {
  const found = trace(company, write);
  if (found === undefined) return undefined;
  const [statement, values] = found;
  return (yield* rows(statement + sql.forUpdate, values)).length > 0 ? committed : 'absent';
}
