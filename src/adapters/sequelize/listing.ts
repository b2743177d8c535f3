import type { Appointment, AppointmentQuery, CompanyId, Customer, CustomerQuery, Hold } from '../../adapter.ts';
import { readAppointment, readCustomer, readHold } from './bookingRows.ts';
import { appointmentColumns, customerColumns, holdColumns } from './bookingSql.ts';
import { idBytes } from './ids.ts';
import { rows } from './program.ts';
import type { Program, SqlValue } from './program.ts';

/** Lists appointments by their start, from an index that is in that order. */
export function* listAppointments(company: CompanyId, query: AppointmentQuery): Program<readonly Appointment[]> {
  const conditions = ['company_id = ?'];
  const values: SqlValue[] = [idBytes(company)];
  const add = (condition: string, ...more: SqlValue[]): void => {
    conditions.push(condition);
    values.push(...more);
  };
  if (query.branchId !== undefined) add('branch_id = ?', idBytes(query.branchId));
  if (query.groupId !== undefined) add('group_id = ?', idBytes(query.groupId));
  if (query.customerId !== undefined) add('customer_id = ?', idBytes(query.customerId));
  const afterMs = query.after?.startMs;
  const fromMs = Math.max(query.fromMs ?? -Infinity, afterMs ?? -Infinity);
  if (fromMs !== -Infinity) add('start_ms >= ?', fromMs);
  if (query.toMs !== undefined) add('start_ms < ?', query.toMs);
  if (query.after !== undefined) {
    add('(start_ms > ? OR id > ?)', query.after.startMs, idBytes(query.after.id));
  }
  if (query.statuses !== undefined) {
    if (query.statuses.length === 0) return [];
    add(`status IN (${query.statuses.map(() => '?').join(', ')})`, ...query.statuses);
  }
  // The ids of an appointment's few resources stand as one text; canonical ids hold no character that LIKE reads.
  if (query.resourceId !== undefined) add('resource_ids LIKE ?', `%"${query.resourceId}"%`);
  const found = yield* rows(
    `SELECT ${appointmentColumns.join(', ')} FROM appointments WHERE ${conditions.join(' AND ')}` +
      ' ORDER BY start_ms, id LIMIT ?',
    [...values, query.limit],
  );
  return found.map(readAppointment);
}

/** Lists customers by their ids, which are in the order in which they were made. */
export function* listCustomers(company: CompanyId, { after, limit }: CustomerQuery): Program<readonly Customer[]> {
  const found = yield* rows(
    `SELECT ${customerColumns.join(', ')} FROM customers WHERE company_id = ?` +
      `${after === undefined ? '' : ' AND id > ?'} ORDER BY id LIMIT ?`,
    after === undefined ? [idBytes(company), limit] : [idBytes(company), idBytes(after), limit],
  );
  return found.map(readCustomer);
}

/** Lists the live holds of an owner. A company has few holds at a time, so those of its key are looked through. */
export function* listHolds(company: CompanyId, owner: string, nowMs: number): Program<readonly Hold[]> {
  const found = yield* rows(
    `SELECT ${holdColumns.join(', ')} FROM holds WHERE company_id = ? AND owner = ? AND expires_ms > ? ORDER BY id`,
    [idBytes(company), owner, nowMs],
  );
  return found.map(readHold);
}
