import { insertSql, textPerCount } from './insertSql.ts';

/** Columns of a claim in the order of {@link SqlDialect.claim}. */
export const claimColumns = ['company_id', 'subject', 'cell', 'ordinal', 'owner_id', 'expires_ms'] as const;

const spanColumns = [
  'company_id', 'resource_id', 'start_ms', 'owner_id', 'end_ms', 'expires_ms', 'first_cell', 'end_cell',
] as const; // prettier-ignore

/** Columns of a unit in the order in which they are written. */
export const unitColumns = [
  'company_id', 'owner_id', 'subject', 'cell', 'ordinal', 'seat', 'expires_ms', 'end_ms',
] as const; // prettier-ignore

/** Columns of a session in the order in which they are written. */
export const sessionColumns = [
  'company_id', 'id', 'service_id', 'start_ms', 'end_ms', 'resource_ids', 'expires_ms', 'changes',
] as const; // prettier-ignore

/** What a hold and an appointment have in common, in the order of `bookedValues`. */
const bookedColumns = [
  'branch_id', 'service_id', 'resource_ids', 'start_ms', 'end_ms', 'spans',
] as const; // prettier-ignore

/** Columns of a hold in the order in which rows are read and written. */
export const holdColumns = ['company_id', 'id', ...bookedColumns, 'owner', 'expires_ms', 'details'] as const;

/** Columns of an appointment in the order in which rows are read. */
export const appointmentColumns = [
  'company_id', 'id', ...bookedColumns, 'customer_id', 'status', 'version', 'source', 'call_id', 'price_minor',
  'price_currency', 'notes', 'metadata', 'created_ms', 'updated_ms', 'group_id', 'details',
] as const; // prettier-ignore

/** The same as they are written, with what they are found by. */
const storedAppointmentColumns = [...appointmentColumns, 'staff_id'] as const;

/** Columns of a customer in the order in which rows are read. */
export const customerColumns = ['company_id', 'id', 'phone', 'name', 'email', 'locale', 'no_shows'] as const;

/** The same as they are written, with what they are found by. */
const storedCustomerColumns = [...customerColumns.slice(0, -1), 'name_key', 'no_shows'] as const;

const where = 'WHERE company_id = ? AND id = ?';
const whereCells = 'WHERE company_id = ? AND subject = ? AND cell >= ? AND cell < ? AND owner_id = ?';
const whereUnit = 'WHERE company_id = ? AND subject = ? AND cell = ? AND ordinal = ? AND owner_id = ?';
const isLive = '(expires_ms IS NULL OR expires_ms > ?)';
const spansOfOwner =
  'SELECT resource_id, start_ms, first_cell, end_cell FROM spans WHERE company_id = ? AND owner_id = ?';
const whereSpan = 'WHERE company_id = ? AND resource_id = ? AND start_ms = ? AND owner_id = ?';

const updateAppointment = `UPDATE appointments SET ${storedAppointmentColumns
  .slice(2)
  .map((column) => `${column} = ?`)
  .join(', ')} ${where} AND version = ?`;

/** Behind the insert of a customer who may be there already: all is updated but how often he did not come. */
export const spareCustomer = ` ON CONFLICT (company_id, id) DO UPDATE SET ${storedCustomerColumns
  .slice(2, -1)
  .map((column) => `${column} = excluded.${column}`)
  .join(', ')}`;

/** The statements of the hot path that are the same in every dialect. */
export const bookingSql = {
  idempotencyByKey: 'SELECT fingerprint, result_id FROM idempotency WHERE company_id = ? AND idempotency_key = ?',
  insertIdempotency: insertSql(
    'idempotency',
    ['company_id', 'idempotency_key', 'fingerprint', 'result_id', 'created_ms'],
    1,
  ),
  liveHold: `SELECT 1 FROM holds ${where} AND owner = ? AND expires_ms > ?`,
  spansOfOwner,
  /** Spans as they are, then units: subject, cell, ordinal and null; and of both, what kind of unit it is. */
  heldByOwner:
    spansOfOwner.replace(' FROM', ', 0 FROM') +
    ' UNION ALL SELECT subject, cell, ordinal, NULL, seat FROM units WHERE company_id = ? AND owner_id = ?',
  deleteClaims: `DELETE FROM claims ${whereCells}`,
  keepClaims: `UPDATE claims SET expires_ms = NULL ${whereCells} AND expires_ms > ?`,
  /** Sets when live claims lapse. */
  lapseClaims: `UPDATE claims SET expires_ms = ? ${whereCells} AND ${isLive}`,
  liveCells: `SELECT 1 FROM claims ${whereCells} AND ${isLive}`,
  livePlaces: `SELECT cell, ordinal FROM claims WHERE company_id = ? AND subject = ? AND cell >= ? AND cell < ? AND ${isLive}`,
  /** Who has which unit or seat. */
  liveOrdinals: `SELECT ordinal, owner_id, expires_ms FROM claims WHERE company_id = ? AND subject = ? AND cell = ? AND ${isLive}`,
  deleteUnitClaim: `DELETE FROM claims ${whereUnit}`,
  keepUnitClaim: `UPDATE claims SET expires_ms = NULL ${whereUnit} AND expires_ms > ?`,
  deleteUnit: 'DELETE FROM units WHERE company_id = ? AND owner_id = ? AND subject = ? AND cell = ? AND ordinal = ?',
  unitsOfOwner: 'SELECT subject, cell, ordinal FROM units WHERE company_id = ? AND owner_id = ?',
  /** Sets when live units lapse. */
  lapseUnitClaim: `UPDATE claims SET expires_ms = ? ${whereUnit} AND ${isLive}`,
  lapseUnits: 'UPDATE units SET expires_ms = ? WHERE company_id = ? AND owner_id = ?',
  deleteUnits: 'DELETE FROM units WHERE company_id = ? AND owner_id = ?',
  keepUnits: 'UPDATE units SET expires_ms = NULL WHERE company_id = ? AND owner_id = ?',
  /** Locks a session's row, and changes it, so that writers on other nodes of a cluster meet here as well. */
  touchSession: `UPDATE sessions SET changes = changes + 1 ${where}`,
  lapseSession: `UPDATE sessions SET expires_ms = ? ${where}`,
  deleteSession: `DELETE FROM sessions ${where}`,
  deleteSpan: `DELETE FROM spans ${whereSpan}`,
  keepSpan: `UPDATE spans SET expires_ms = NULL ${whereSpan}`,
  lapseSpan: `UPDATE spans SET expires_ms = ? ${whereSpan}`,
  deleteHold: `DELETE FROM holds ${where}`,
  insertSpans: textPerCount((count) => insertSql('spans', spanColumns, count)),
  insertHold: insertSql('holds', holdColumns, 1),
  hold: `SELECT ${holdColumns.join(', ')} FROM holds ${where}`,
  insertAppointment: insertSql('appointments', storedAppointmentColumns, 1),
  updateAppointment,
  /** The same where it had one resource, of which nothing is noted elsewhere. */
  updatePlainAppointment: `${updateAppointment} AND resource_ids NOT LIKE '%,%'`,
  insertOtherResources: textPerCount((count) =>
    insertSql('appointment_resources', ['company_id', 'resource_id', 'start_ms', 'appointment_id'], count),
  ),
  deleteOtherResources: 'DELETE FROM appointment_resources WHERE company_id = ? AND appointment_id = ?',
  appointment: `SELECT ${appointmentColumns.join(', ')} FROM appointments ${where}`,
  appointmentVersion: `SELECT version FROM appointments ${where}`,
  customerExists: `SELECT 1 FROM customers ${where}`,
  insertCustomer: insertSql('customers', storedCustomerColumns, 1),
  /** All but how often he did not come, which is counted where it stands. */
  updateCustomer: `UPDATE customers SET ${storedCustomerColumns
    .slice(2, -1)
    .map((column) => `${column} = ?`)
    .join(', ')} ${where}`,
  countMissed: `UPDATE customers SET no_shows = CASE WHEN no_shows + ? < 0 THEN 0 ELSE no_shows + ? END ${where}`,
  customer: `SELECT ${customerColumns.join(', ')} FROM customers ${where}`,
  customerByPhone: `SELECT ${customerColumns.join(', ')} FROM customers WHERE company_id = ? AND phone = ?`,
} as const;
