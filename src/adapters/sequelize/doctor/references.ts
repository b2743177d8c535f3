import { idOf } from '../cell.ts';
import { idText } from '../ids.ts';
import { inPieces } from '../keyset.ts';
import type { Row, SqlValue } from '../program.ts';
import type { Table } from '../tables.ts';
import type { Examination } from './examined.ts';
import { finding } from './findings.ts';
import type { FindingSeverity } from './findings.ts';

/** A column that holds the id of another row of the same company. */
interface Reference {
  readonly table: string;
  readonly column: string;
  readonly to: string;
  /** Only of rows that have not lapsed: what an expired one names may have been deleted. */
  readonly whileLive?: true;
  /** A warning where what is named may be deleted although it is named, or is named by a host. */
  readonly severity?: FindingSeverity;
}

/** There are no foreign keys, so that is looked at here. What bookings name is looked at with them. */
const references: readonly Reference[] = [
  { table: 'branches', column: 'schedule_id', to: 'schedules' },
  { table: 'phone_numbers', column: 'branch_id', to: 'branches' },
  { table: 'phone_numbers', column: 'default_service_id', to: 'services' },
  { table: 'phone_numbers', column: 'default_resource_id', to: 'resources' },
  { table: 'agents', column: 'branch_id', to: 'branches' },
  { table: 'resources', column: 'branch_id', to: 'branches' },
  { table: 'resources', column: 'schedule_id', to: 'schedules' },
  { table: 'service_resources', column: 'service_id', to: 'services' },
  { table: 'service_resources', column: 'resource_id', to: 'resources' },
  { table: 'calls', column: 'branch_id', to: 'branches', severity: 'warning' },
  { table: 'calls', column: 'customer_id', to: 'customers' },
  { table: 'calls', column: 'appointment_id', to: 'appointments' },
  { table: 'appointments', column: 'customer_id', to: 'customers' },
  { table: 'appointments', column: 'call_id', to: 'calls', severity: 'warning' },
  { table: 'sessions', column: 'service_id', to: 'services', whileLive: true },
];

/** A range of companies, both ends included, and their keys by their ids. */
export interface CompanyRange {
  readonly from: Uint8Array;
  readonly to: Uint8Array;
  readonly keys: ReadonlyMap<string, string>;
}

const shown = (cell: SqlValue | undefined): string => (cell instanceof Uint8Array ? idText(cell) : String(cell));

/** Looks for rows that name others that do not exist, and for values of documents that do not. */
export async function examineReferences(
  examination: Examination,
  tables: readonly Table[],
  range: CompanyRange,
): Promise<void> {
  const { nowMs } = examination;
  for (const { table, column, to, whileLive, severity } of references) {
    const key = keyOf(tables, table);
    const live = whileLive === undefined ? '' : ' AND (t.expires_ms IS NULL OR t.expires_ms > ?)';
    const missing = `t.${column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${to} o WHERE o.company_id = t.company_id AND o.id = t.${column})${live}`;
    const values = whileLive === undefined ? [] : [nowMs];
    await each(examination, range, { table, key, column, missing, values }, async (company, subject, row) => {
      const message = `${column} names ${shown(row.at(-1))}, which does not exist in ${to}`;
      await examination.emit(finding('REFERENCE_MISSING', company, subject, message, severity));
    });
  }
  const missing =
    'NOT EXISTS (SELECT 1 FROM documents d WHERE d.company_id = t.company_id AND d.collection = t.collection AND d.id = t.document_id)';
  const key = keyOf(tables, 'document_indexes');
  const table = 'document_indexes';
  await each(
    examination,
    range,
    { table, key, column: 'document_id', missing, values: [] },
    async (company, _, row) => {
      const [, collection, name, , document] = row;
      const subject = `document ${shown(collection)} ${shown(document)}`;
      const message = `is found by ${shown(name)}, and is not there`;
      await examination.emit(finding('DOCUMENT_INDEX_ORPHANED', company, subject, message));
    },
  );
}

const keyOf = (tables: readonly Table[], name: string): readonly string[] =>
  tables.find((table) => table.name === name)?.primaryKey ?? ['company_id', 'id'];

/** Rows to be told of. */
interface Missing {
  readonly table: string;
  readonly key: readonly string[];
  readonly column: string;
  /** A condition on `t`, with its values. */
  readonly missing: string;
  readonly values: readonly SqlValue[];
}

async function each(
  { run }: Examination,
  { from, to, keys }: CompanyRange,
  { table, key, column, missing, values }: Missing,
  tell: (company: string, subject: string, row: Row) => Promise<void>,
): Promise<void> {
  const read = {
    select: `SELECT ${[...key, column].map((each) => `t.${each}`).join(', ')} FROM ${table} t`,
    where: `t.company_id >= ? AND t.company_id <= ? AND ${missing}`,
    values: [from, to, ...values],
    key: key.map((each) => `t.${each}`),
    at: key.map((_, index) => index),
  };
  for await (const piece of inPieces(run, read, 200)) {
    for (const row of piece) {
      const company = idOf(row[0]);
      const subject = `${table} ${row.slice(1, key.length).map(shown).join(' ')}`;
      await tell(keys.get(company) ?? company, subject, row);
    }
  }
}
