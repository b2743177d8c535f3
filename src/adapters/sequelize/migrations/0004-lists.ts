import { nameKey } from '../../../adapter.ts';
import type { AddedColumnSpec, ColumnTypes, IndexSpec, SchemaEditor, TableSpec } from '../schema.ts';
import type { Migration } from './migration.ts';

const columns = ({ id, long, text }: ColumnTypes): readonly AddedColumnSpec[] => [
  // The first resource, by which appointments are found.
  { table: 'appointments', name: 'staff_id', type: id },
  // The name as it is searched for: see nameKey.
  { table: 'customers', name: 'name_key', type: text(128) },
  // When a call was: see callTime.
  { table: 'calls', name: 'time_ms', type: long },
];

/** Resources of appointments beyond the first, so that most bookings write nothing here. */
const otherResources = ({ id, long }: ColumnTypes): TableSpec => ({
  name: 'appointment_resources',
  columns: { company_id: id, resource_id: id, start_ms: long, appointment_id: id },
  primaryKey: ['company_id', 'resource_id', 'start_ms', 'appointment_id'],
  clustered: true,
  indexes: [{ name: 'appointment_resources_by_appointment', columns: ['company_id', 'appointment_id'] }],
});

type TableIndex = IndexSpec & { readonly table: string };

/** How appointments are found since then. */
export const appointmentIndexes: readonly IndexSpec[] = [
  {
    // A branch's day, read from here alone. Pages go on by start and id, so the id stands before what is only filtered by.
    name: 'appointments_by_day',
    columns: ['company_id', 'branch_id', 'start_ms', 'id'],
    covers: ['status', 'staff_id', 'service_id', 'end_ms', 'customer_id'],
  },
  {
    name: 'appointments_by_staff',
    columns: ['company_id', 'staff_id', 'start_ms', 'id'],
    covers: ['status'],
  },
  { name: 'appointments_by_update', columns: ['company_id', 'updated_ms', 'id'] },
  {
    // Last: of indexes that serve as well, SQLite takes the one made first, and the narrower ones are meant.
    name: 'appointments_by_time',
    columns: ['company_id', 'start_ms', 'id'],
    covers: ['status', 'service_id'],
  },
];

const indexes: readonly TableIndex[] = [
  ...appointmentIndexes.map((index) => ({ table: 'appointments', ...index })),
  { table: 'customers', name: 'customers_by_name', columns: ['company_id', 'name_key', 'id'] },
  {
    table: 'calls',
    name: 'calls_by_caller',
    columns: ['company_id', 'from_number', 'time_ms', 'id'],
    covers: ['status'],
  },
  { table: 'calls', name: 'calls_by_time', columns: ['company_id', 'time_ms', 'id'], covers: ['status'] },
];

/** What others take the place of. */
const former: readonly TableIndex[] = [
  {
    table: 'appointments',
    name: 'appointments_by_branch',
    columns: ['company_id', 'branch_id', 'start_ms', 'id', 'status', 'service_id', 'end_ms'],
  },
  { table: 'appointments', name: 'appointments_by_start', columns: ['company_id', 'start_ms', 'id', 'status'] },
];

/** What is occupied is read by the key of the spans alone. */
const spanKey = ['company_id', 'resource_id', 'start_ms', 'owner_id'] as const;

/** Where the text of an array's nth id begins: `["…","…"]`. */
const positionOf = (index: number): number => 3 + index * 39;

/** Customers whose names are written at once. */
const NAMES_AT_ONCE = 200;

async function companiesIn(schema: SchemaEditor, table: string): Promise<readonly string[]> {
  const found = await schema.query(`SELECT DISTINCT ${schema.idShown('company_id')} AS company FROM ${table}`);
  return found.map(({ company }) => schema.idLiteral(String(company)));
}

/** Company by company, so that no statement locks the rows of all. */
async function fillResources(schema: SchemaEditor): Promise<void> {
  for (const company of await companiesIn(schema, 'appointments')) {
    const having = (index: number): string =>
      `FROM appointments a WHERE a.company_id = ${company} AND LENGTH(a.resource_ids) > ${positionOf(index)}`;
    const first = schema.idAt('resource_ids', positionOf(0));
    await schema.query(
      `UPDATE appointments SET staff_id = ${first} WHERE company_id = ${company} AND LENGTH(resource_ids) > ${positionOf(0)}`,
    );
    for (let index = 1; ; index++) {
      if ((await schema.query(`SELECT 1 AS one ${having(index)} LIMIT 1`)).length === 0) break;
      const resource = schema.idAt('a.resource_ids', positionOf(index));
      // What an interrupted run has noted is not noted again.
      await schema.query(
        'INSERT INTO appointment_resources (company_id, resource_id, start_ms, appointment_id)' +
          ` SELECT a.company_id, ${resource}, a.start_ms, a.id ${having(index)} AND ${resource} <> a.staff_id` +
          ' AND NOT EXISTS (SELECT 1 FROM appointment_resources r WHERE r.company_id = a.company_id' +
          ` AND r.resource_id = ${resource} AND r.start_ms = a.start_ms AND r.appointment_id = a.id)`,
      );
    }
  }
}

async function fillNames(schema: SchemaEditor): Promise<void> {
  for (const company of await companiesIn(schema, 'customers')) {
    for (;;) {
      const some = await schema.query(
        `SELECT ${schema.idShown('id')} AS id, name FROM customers WHERE company_id = ${company}` +
          ` AND name IS NOT NULL AND name_key IS NULL LIMIT ${NAMES_AT_ONCE}`,
      );
      if (some.length === 0) break;
      const ids = some.map(({ id }) => schema.idLiteral(String(id)));
      const keys = Object.fromEntries(some.map(({ name }, index) => [`key${index}`, nameKey(String(name))]));
      const cases = ids.map((id, index) => `WHEN ${id} THEN :key${index}`);
      await schema.query(
        `UPDATE customers SET name_key = CASE id ${cases.join(' ')} END` +
          ` WHERE company_id = ${company} AND id IN (${ids.join(', ')})`,
        keys,
      );
    }
  }
}

async function fillTimes(schema: SchemaEditor): Promise<void> {
  for (const company of await companiesIn(schema, 'calls'))
    await schema.query(`UPDATE calls SET time_ms = COALESCE(started_ms, updated_ms) WHERE company_id = ${company}`);
}

/** By what lists find their rows: the day of a branch, appointments of a resource and by change, customers by name, calls. */
export const listSchema: Migration = {
  name: '0004-lists',
  async up(schema) {
    for (const column of columns(schema.types)) await schema.addColumn(column);
    await schema.createTable(otherResources(schema.types));
    await schema.fill('appointments', () => fillResources(schema));
    await schema.fill('customers', () => fillNames(schema));
    await schema.fill('calls', () => fillTimes(schema));
    for (const { table, ...index } of indexes) await schema.addIndex(table, index);
    for (const each of former) await schema.dropIndex(each.table, each);
    await schema.coverByKey('spans', spanKey, ['end_ms', 'expires_ms']);
  },
  async down(schema) {
    await schema.coverByKey('spans', spanKey, []);
    for (const { table, ...index } of former) await schema.addIndex(table, index);
    for (const each of [...indexes].reverse()) await schema.dropIndex(each.table, each);
    await schema.dropTables(['appointment_resources']);
    for (const column of [...columns(schema.types)].reverse()) await schema.dropColumn(column);
  },
};
