import type { Appointment, Call, CompanyId, Customer, WalkedKind, WalkedRows, WalkQuery } from '../../adapter.ts';
import { readAppointment, readCustomer } from './bookingRows.ts';
import { appointmentColumns, customerColumns } from './bookingSql.ts';
import { callColumns, readCallRow } from './callRows.ts';
import { idBytes } from './ids.ts';
import { rows } from './program.ts';
import type { Program, Row, SqlValue } from './program.ts';

interface Kind<T> {
  readonly columns: readonly string[];
  readonly read: (row: Row) => T;
}

const kinds: { readonly [K in WalkedKind]: Kind<WalkedRows[K]> } = {
  appointments: { columns: appointmentColumns, read: readAppointment } satisfies Kind<Appointment>,
  customers: { columns: customerColumns, read: readCustomer } satisfies Kind<Customer>,
  calls: { columns: callColumns, read: readCallRow } satisfies Kind<Call>,
};

/** The statement that reads one page of a walk along the primary key. */
export const walkSql = (kind: WalkedKind, isFirst: boolean, only = ''): string =>
  `SELECT ${kinds[kind].columns.join(', ')} FROM ${kind} WHERE company_id = ?${isFirst ? '' : ' AND id > ?'}${only}` +
  ' ORDER BY id LIMIT ?';

const ofCustomer = ' AND (customer_id = ? OR from_number = ? OR to_number = ?)';

/** Reads one page of a walk: by id, which no change of a row changes, so that none is passed over or met twice. */
export function* walk<K extends WalkedKind>(
  company: CompanyId,
  kind: K,
  { after, limit, of }: WalkQuery,
): Program<readonly WalkedRows[K][]> {
  const values: SqlValue[] = [idBytes(company)];
  if (after !== undefined) values.push(idBytes(after));
  if (of !== undefined) values.push(idBytes(of.customerId), of.phone, of.phone);
  const sql = walkSql(kind, after === undefined, of === undefined ? '' : ofCustomer);
  const found = yield* rows(sql, [...values, limit]);
  return found.map(kinds[kind].read);
}
