import type {
  Appointment,
  AppointmentQuery,
  CompanyId,
  Customer,
  CustomerQuery,
  CustomerSearch,
  Hold,
  HoldQuery,
} from '../../adapter.ts';
import { nameKey } from '../../adapter.ts';
import { readAppointment, readCustomer, readHold } from './bookingRows.ts';
import { appointmentColumns, customerColumns, holdColumns } from './bookingSql.ts';
import { Conditions, inOrder } from './conditions.ts';
import { idBytes } from './ids.ts';
import { rows } from './program.ts';
import type { Program, SqlValue } from './program.ts';

const appointmentList = `SELECT ${appointmentColumns.map((column) => `a.${column}`).join(', ')} FROM appointments a`;
const customerList = `SELECT ${customerColumns.join(', ')} FROM customers`;
const holdList = `SELECT ${holdColumns.join(', ')} FROM holds`;

/** The column by which a sort goes, beside the id. */
const sortedBy: Readonly<Record<'start' | 'created' | 'updated', string | undefined>> = {
  start: 'a.start_ms',
  created: undefined,
  updated: 'a.updated_ms',
};

/** Lists appointments along the index that is in their order: of a group, customer, resource or branch, or of all. */
export function* listAppointments(company: CompanyId, query: AppointmentQuery): Program<readonly Appointment[]> {
  const { resourceId, sort = 'start', limit } = query;
  if (query.statuses?.length === 0) return [];
  const column = sortedBy[sort.replace('-', '') as keyof typeof sortedBy];
  const areFew = query.customerId !== undefined || query.groupId !== undefined;
  const by = areFew && column !== 'a.start_ms' ? compared : along;
  const way = { column: column && by(column), id: by('a.id'), isDescending: sort.startsWith('-') };
  const order = ` ORDER BY ${inOrder(way.column, way.id, way.isDescending)} LIMIT ?`;
  const filters = filtersOf(company, query, column, way);
  if (resourceId === undefined) return yield* listed(`${appointmentList}${filters.where()}${order}`, filters, limit);
  const resource = idBytes(resourceId);
  if (column !== 'a.start_ms') {
    // Counted by their key: of EXISTS planners make a look at what all companies have.
    filters.add(`(a.staff_id = ? OR (SELECT COUNT(*)${ofOther} AND r.resource_id = ?) > 0)`, resource, resource);
    return yield* listed(`${appointmentList}${filters.where()}${order}`, filters, limit);
  }
  return yield* listOfResource(company, resource, filters, order, limit);
}

const ofOther =
  ' FROM appointment_resources r WHERE r.company_id = a.company_id AND r.start_ms = a.start_ms AND r.appointment_id = a.id';

/** The order of a list, in the texts by which it is told. */
interface Way {
  readonly column: string | undefined;
  readonly id: string;
  readonly isDescending: boolean;
}

/** Read along an index that has the column. */
const along = (column: string): string => column;

/**
 * Found by other conditions, and then compared and sorted. Without statistics a planner would rather go through all that a
 * company has in the order that is asked for, however few rows the others leave.
 */
const compared = (column: string): string => `COALESCE(${column}, ${column})`;

function filtersOf(company: CompanyId, query: AppointmentQuery, column: string | undefined, way: Way): Conditions {
  const { after, fromMs, toMs, updatedFromMs, updatedToMs } = query;
  const filters = new Conditions('a.company_id = ?', idBytes(company));
  if (query.branchId !== undefined) filters.add('a.branch_id = ?', idBytes(query.branchId));
  if (query.groupId !== undefined) filters.add('a.group_id = ?', idBytes(query.groupId));
  if (query.customerId !== undefined) filters.add('a.customer_id = ?', idBytes(query.customerId));
  if (query.serviceId !== undefined) filters.add('a.service_id = ?', idBytes(query.serviceId));
  // Whatever was before a moment is most of what there is: in another order than its own nobody shall sort it.
  const range = (of: string, from: number | undefined): string =>
    of === column || from !== undefined ? of : compared(of);
  filters.between(range('a.start_ms', fromMs), fromMs, toMs);
  filters.between(range('a.updated_ms', updatedFromMs), updatedFromMs, updatedToMs);
  if (after !== undefined) {
    const at = column === 'a.start_ms' ? after.startMs : column === undefined ? undefined : after.updatedMs;
    filters.after(way.column, at, way.id, idBytes(after.id), way.isDescending);
  }
  if (query.statuses !== undefined) filters.among('a.status', query.statuses);
  return filters;
}

function* listed(sql: string, { values }: Conditions, limit: number): Program<readonly Appointment[]> {
  return (yield* rows(sql, [...values, limit])).map(readAppointment);
}

/** Appointments of which a resource is the first, and those of which it is another, are in two indexes: read at one moment. */
function* listOfResource(
  company: CompanyId,
  resource: Uint8Array,
  filters: Conditions,
  order: string,
  limit: number,
): Program<readonly Appointment[]> {
  const where = filters.where();
  const first = `${appointmentList}${where} AND a.staff_id = ?${order}`;
  // Start and order are told of the table whose key has them, which holds the same of each appointment.
  const others =
    appointmentList.replace('FROM', 'FROM appointment_resources r JOIN') +
    ' ON a.company_id = r.company_id AND a.id = r.appointment_id' +
    `${where.replaceAll('a.start_ms', 'r.start_ms')} AND r.company_id = ? AND r.resource_id = ?` +
    ' AND a.start_ms = r.start_ms' +
    order.replace('a.start_ms', 'r.start_ms').replace('a.id', 'r.appointment_id');
  const values: SqlValue[] = [...filters.values, resource, limit];
  values.push(...filters.values, idBytes(company), resource, limit);
  const found = yield* rows(
    `SELECT * FROM (${first}) AS first_ones UNION ALL SELECT * FROM (${others}) AS other_ones`,
    values,
  );
  const direction = order.includes('DESC') ? -1 : 1;
  const inTurn = (a: Appointment, b: Appointment): number => a.startMs - b.startMs || (a.id < b.id ? -1 : 1);
  return found
    .map(readAppointment)
    .sort((a, b) => direction * inTurn(a, b))
    .slice(0, limit);
}

/** Lists customers by their ids, which are in the order in which they were made. */
export function* listCustomers(company: CompanyId, { after, limit }: CustomerQuery): Program<readonly Customer[]> {
  const found = yield* rows(
    `${customerList} WHERE company_id = ?${after === undefined ? '' : ' AND id > ?'} ORDER BY id LIMIT ?`,
    after === undefined ? [idBytes(company), limit] : [idBytes(company), idBytes(after), limit],
  );
  return found.map(readCustomer);
}

/** Behind every text that begins with another one and goes on with any character. */
const LAST_CHARACTER = '\u{10ffff}';

/** Finds customers by how their name or number begins. */
export function* searchCustomers(
  company: CompanyId,
  { by, prefix, after, limit }: CustomerSearch,
): Program<readonly Customer[]> {
  const column = by === 'name' ? 'name_key' : 'phone';
  const from = by === 'name' ? nameKey(prefix) : prefix;
  const filters = new Conditions('company_id = ?', idBytes(company));
  filters.add(`${column} >= ?`, after?.key.startsWith(from) === true ? after.key : from);
  filters.add(`${column} < ?`, from + LAST_CHARACTER);
  if (after !== undefined) filters.add(`(${column} > ? OR id > ?)`, after.key, idBytes(after.id));
  const order = by === 'name' ? 'name_key, id' : 'phone';
  const found = yield* rows(`${customerList}${filters.where()} ORDER BY ${order} LIMIT ?`, [...filters.values, limit]);
  return found.map(readCustomer);
}

/** Lists the live holds of an owner. A company has few holds at a time, so those of its key are looked through. */
export function* listHoldsOf(company: CompanyId, owner: string, nowMs: number): Program<readonly Hold[]> {
  const found = yield* rows(`${holdList} WHERE company_id = ? AND owner = ? AND expires_ms > ? ORDER BY id`, [
    idBytes(company),
    owner,
    nowMs,
  ]);
  return found.map(readHold);
}

/** Lists the live holds of a company by their ids. */
export function* listHolds(company: CompanyId, { after, limit }: HoldQuery, nowMs: number): Program<readonly Hold[]> {
  const filters = new Conditions('company_id = ?', idBytes(company));
  if (after !== undefined) filters.add('id > ?', idBytes(after));
  filters.add('expires_ms > ?', nowMs);
  const found = yield* rows(`${holdList}${filters.where()} ORDER BY id LIMIT ?`, [...filters.values, limit]);
  return found.map(readHold);
}
