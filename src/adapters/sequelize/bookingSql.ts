import { insertSql, textPerCount } from './insertSql.ts';

/** Columns of a claim in the order of {@link SqlDialect.claim}. */
export const claimColumns = ['company_id', 'subject', 'cell', 'ordinal', 'owner_id', 'expires_ms'] as const;

const spanColumns = [
  'company_id', 'resource_id', 'start_ms', 'owner_id', 'end_ms', 'expires_ms', 'first_cell', 'end_cell',
] as const; // prettier-ignore

/** What a hold and an appointment have in common, in the order of `bookedValues`. */
const bookedColumns = [
  'branch_id', 'service_id', 'resource_ids', 'start_ms', 'end_ms', 'spans',
] as const; // prettier-ignore

/** Columns of a hold in the order in which rows are read and written. */
const holdColumns = ['company_id', 'id', ...bookedColumns, 'owner', 'expires_ms'] as const;

/** Columns of an appointment in the order in which rows are read and written. */
export const appointmentColumns = [
  'company_id', 'id', ...bookedColumns, 'customer_id', 'status', 'version', 'source', 'call_id', 'price_minor',
  'price_currency', 'notes', 'metadata', 'created_ms', 'updated_ms',
] as const; // prettier-ignore

/** Columns of a customer in the order in which rows are read and written. */
export const customerColumns = ['company_id', 'id', 'phone', 'name', 'email', 'locale', 'no_shows'] as const;

const where = 'WHERE company_id = ? AND id = ?';
const whereSpan = 'WHERE company_id = ? AND resource_id = ? AND start_ms = ? AND owner_id = ?';

/** The statements of the hot path that are the same in every dialect. */
export const bookingSql = {
  idempotencyByKey: 'SELECT fingerprint, result_id FROM idempotency WHERE company_id = ? AND idempotency_key = ?',
  insertIdempotency: insertSql(
    'idempotency',
    ['company_id', 'idempotency_key', 'fingerprint', 'result_id', 'created_ms'],
    1,
  ),
  liveHold: `SELECT 1 FROM holds ${where} AND owner = ? AND expires_ms > ?`,
  spansOfOwner: 'SELECT resource_id, start_ms, first_cell, end_cell FROM spans WHERE company_id = ? AND owner_id = ?',
  deleteClaims: 'DELETE FROM claims WHERE company_id = ? AND subject = ? AND cell >= ? AND cell < ? AND owner_id = ?',
  keepClaims:
    'UPDATE claims SET expires_ms = NULL WHERE company_id = ? AND subject = ? AND cell >= ? AND cell < ?' +
    ' AND owner_id = ? AND expires_ms > ?',
  deleteSpan: `DELETE FROM spans ${whereSpan}`,
  keepSpan: `UPDATE spans SET expires_ms = NULL ${whereSpan}`,
  deleteHold: `DELETE FROM holds ${where}`,
  insertSpans: textPerCount((count) => insertSql('spans', spanColumns, count)),
  insertHold: insertSql('holds', holdColumns, 1),
  hold: `SELECT ${holdColumns.join(', ')} FROM holds ${where}`,
  insertAppointment: insertSql('appointments', appointmentColumns, 1),
  updateAppointment: `UPDATE appointments SET ${appointmentColumns
    .slice(2)
    .map((column) => `${column} = ?`)
    .join(', ')} ${where} AND version = ?`,
  appointment: `SELECT ${appointmentColumns.join(', ')} FROM appointments ${where}`,
  appointmentVersion: `SELECT version FROM appointments ${where}`,
  customerExists: `SELECT 1 FROM customers ${where}`,
  insertCustomer: insertSql('customers', customerColumns, 1),
  updateCustomer: `UPDATE customers SET ${customerColumns
    .slice(2)
    .map((column) => `${column} = ?`)
    .join(', ')} ${where}`,
  customer: `SELECT ${customerColumns.join(', ')} FROM customers ${where}`,
  customerByPhone: `SELECT ${customerColumns.join(', ')} FROM customers WHERE company_id = ? AND phone = ?`,
} as const;
