import type { Storage } from '../../contracts/storage.ts';
import type { WalkedKind, WalkedRows } from '../../contracts/walk.ts';
import type { Customer } from '../../model/customer.ts';
import type { CompanyId } from '../../model/ids.ts';
import { appointmentColumns, callColumns, customerColumns, type Column } from './columns.ts';
import { csvLine } from './csv.ts';
import { pagesOf, rowsOf } from './exportRows.ts';
import type { CompanyExport, ExportFormat, ExportRange } from './exports.ts';
import { shapesUnder, type Shapes } from './shapes.ts';

/** The exports of one company. */
export const companyExport = (
  storage: Pick<Storage, 'walk' | 'appointments' | 'config'>,
  company: CompanyId,
): CompanyExport => ({
  appointments: (range = {}) => rowsOf(pagesOf(storage, company, 'appointments', range)),
  customers: () => rowsOf(pagesOf(storage, company, 'customers', {})),
  calls: (range = {}) => rowsOf(pagesOf(storage, company, 'calls', range)),
  text: (kind, format, range = {}) => textOf(storage, company, kind, format, range),
});

async function* textOf<K extends WalkedKind>(
  storage: Pick<Storage, 'walk' | 'appointments' | 'config'>,
  company: CompanyId,
  kind: K,
  format: ExportFormat,
  range: ExportRange,
): AsyncGenerator<string, void, undefined> {
  const config = await storage.config(company);
  if (config === undefined) return;
  const writer: Writer<WalkedRows[K]> = writersUnder(shapesUnder(config), format)[kind];
  if (writer.head !== '') yield writer.head;
  for await (const page of pagesOf(storage, company, kind, range)) yield page.map(writer.line).join('');
}

interface Writer<Row> {
  readonly head: string;
  readonly line: (row: Row) => string;
}

const writersUnder = (shapes: Shapes, format: ExportFormat): { readonly [K in WalkedKind]: Writer<WalkedRows[K]> } => ({
  appointments: writer(format, appointmentColumns, shapes.appointment),
  customers: writer(format, customerColumns, (row: Customer) => row),
  calls: writer(format, callColumns, shapes.call),
});

/** Writes rows in their form, as lines of a table below its head or as JSON. */
function writer<Row, Shaped>(
  format: ExportFormat,
  columns: readonly Column<Shaped>[],
  shape: (row: Row) => Shaped,
): Writer<Row> {
  if (format === 'ndjson') return { head: '', line: (row) => `${JSON.stringify(shape(row))}\n` };
  const cells = columns.map(([, cell]) => cell);
  return {
    head: csvLine(columns.map(([name]) => name)),
    line(row) {
      const shaped = shape(row);
      return csvLine(cells.map((cell) => cell(shaped)));
    },
  };
}
