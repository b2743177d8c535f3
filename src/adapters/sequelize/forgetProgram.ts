import type { Forgetting } from '../../adapter.ts';
import { json } from './cell.ts';
import type { SqlDialect } from './dialect.ts';
import { idBytes } from './ids.ts';
import { storeEvents } from './outboxProgram.ts';
import { change, rows } from './program.ts';
import type { Program } from './program.ts';

const where = 'WHERE company_id = ? AND id = ?';

/** The statements that take a person out of what stays. Versions count up, so that nobody writes an earlier state back. */
const forgetSql = {
  appointment:
    "UPDATE appointments SET customer_id = NULL, notes = NULL, metadata = '{}', version = version + 1, updated_ms = ?" +
    ` ${where}`,
  call:
    'UPDATE calls SET from_number = NULL, to_number = NULL, customer_id = NULL, transcript = NULL, summary = NULL,' +
    ` outcome = NULL, offers = '{}', version = version + 1, updated_ms = ? ${where}`,
  events: 'SELECT sequence, payload FROM outbox WHERE company_id = ? AND aggregate = ?',
  payload: 'UPDATE outbox SET payload = ? WHERE company_id = ? AND aggregate = ? AND sequence = ?',
  lock: `SELECT 1 FROM customers ${where}`,
  named: 'SELECT 1 FROM appointments WHERE company_id = ? AND customer_id = ? LIMIT 1',
  called: 'SELECT 1 FROM calls WHERE company_id = ? AND customer_id = ? LIMIT 1',
  customer: `DELETE FROM customers ${where}`,
} as const;

/** Forgets; false when the customer is still named by an appointment or a call, and then nothing of it may be kept. */
export function* forget(sql: SqlDialect, company: Uint8Array, forgetting: Forgetting, nowMs: number): Program<boolean> {
  const { appointments = [], calls = [], aggregates = [], redact = () => null, customer, events } = forgetting;
  for (const id of appointments) yield* change(forgetSql.appointment, [nowMs, company, idBytes(id)]);
  for (const id of calls) yield* change(forgetSql.call, [nowMs, company, idBytes(id)]);
  for (const aggregate of aggregates) {
    for (const [sequence = null, payload] of yield* rows(forgetSql.events, [company, aggregate])) {
      const redacted = JSON.stringify(redact(json(payload)));
      yield* change(forgetSql.payload, [redacted, company, aggregate, sequence]);
    }
  }
  if (customer !== undefined) {
    const id = idBytes(customer);
    // Who books for him at this moment has him until it is stored: only then is it told by whom he is named.
    yield* rows(forgetSql.lock + sql.forUpdate, [company, id]);
    if ((yield* rows(forgetSql.named, [company, id])).length > 0) return false;
    if ((yield* rows(forgetSql.called, [company, id])).length > 0) return false;
    yield* change(forgetSql.customer, [company, id]);
  }
  yield* storeEvents(company, events, nowMs);
  return true;
}
