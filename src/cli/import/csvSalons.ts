import { Refusing } from '../refusing.ts';
import { columnNames, columnsOf, lists } from './columns.ts';
import { csvRecords, type CsvRecord } from './csv.ts';
import type { LineError, ReadSalon } from './salons.ts';

/**
 * Salons from a spreadsheet: a row of the kind `company` begins a salon, and the rows below it, up to the next such row, are
 * what it has. Throws {@link Refusing} for a file whose first row does not name columns.
 */
export async function* csvSalons(text: AsyncIterable<string>): AsyncGenerator<ReadSalon> {
  let header: readonly string[] | undefined;
  let salon: SalonRows | undefined;
  for await (const record of csvRecords(text)) {
    if (header === undefined) {
      header = headerIn(record);
      continue;
    }
    const row = rowIn(record, header);
    if (row.kind === 'company' || salon === undefined) {
      if (salon !== undefined) yield salon.read();
      salon = new SalonRows(record.line);
    }
    salon.add(row);
  }
  if (salon !== undefined) yield salon.read();
}

interface Row {
  readonly line: number;
  readonly kind: string;
  /** Cells that say something, by their columns. */
  readonly cells: ReadonlyMap<string, string>;
  readonly tooMany: boolean;
}

function headerIn({ line, cells }: CsvRecord): readonly string[] {
  const names = cells.map((cell) => cell.trim());
  const refuse = (message: string): Refusing => new Refusing({ path: `line ${line}`, message });
  for (const needed of ['kind', 'key'])
    if (!names.includes(needed)) throw refuse(`must name the columns, among them kind and key; ${needed} is missing`);
  const unknown = names.find((name) => name !== '' && !columnNames.includes(name));
  if (unknown !== undefined)
    throw refuse(`names a column that is not known: ${JSON.stringify(unknown)}; there are: ${columnNames.join(', ')}`);
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  if (twice !== undefined) throw refuse(`names a column twice: ${twice}`);
  return names;
}

function rowIn({ line, cells }: CsvRecord, header: readonly string[]): Row {
  const said = new Map<string, string>();
  let tooMany = false;
  cells.forEach((cell, index) => {
    const content = cell.trim();
    if (content === '') return;
    const name = header[index] ?? '';
    // A column without a name is the operator's own.
    if (index >= header.length) tooMany = true;
    else if (name !== '') said.set(name, content);
  });
  const kind = said.get('kind')?.toLowerCase() ?? '';
  said.delete('kind');
  return { line, kind, cells: said, tooMany };
}

/** The rows of one salon. */
class SalonRows {
  readonly #line: number;
  readonly #errors: LineError[] = [];
  readonly #company: Record<string, unknown> = {};
  readonly #lists: Record<
    string,
    { readonly entry: Record<string, unknown>; readonly line: number; readonly kind: string }[]
  > = {};
  #key: string | null = null;

  constructor(line: number) {
    this.#line = line;
  }

  add({ line, kind, cells, tooMany }: Row): void {
    const columns = columnsOf[kind];
    const refuse = (path: string, message: string): void => void this.#errors.push({ line, path, message });
    if (columns === undefined) {
      const message = kind === '' ? 'is missing' : `is ${JSON.stringify(kind)}, which is no kind`;
      return refuse('kind', `${message}; must be one of ${Object.keys(columnsOf).join(', ')}`);
    }
    if (line === this.#line && kind !== 'company') refuse('kind', 'must be company in the first row of a salon');
    if (tooMany) refuse('', 'has more cells than the first row has columns');
    const entry: Record<string, unknown> = kind === 'company' ? this.#company : {};
    for (const [name, content] of cells) {
      const column = columns[name];
      if (column === undefined) {
        refuse(name, `has no meaning in a row of the kind ${kind}`);
        continue;
      }
      const cell = column.read(content);
      if (!cell.ok) refuse(name, cell.message);
      else if (column.isPolicy === true)
        entry['policies'] = { ...(entry['policies'] as object | undefined), [column.field]: cell.value };
      else entry[column.field] = cell.value;
    }
    if (kind === 'company') this.#key = cells.get('key') ?? null;
    else (this.#lists[lists[kind] ?? ''] ??= []).push({ entry, line, kind });
  }

  read(): ReadSalon {
    const [line, key] = [this.#line, this.#key];
    if (this.#errors.length > 0) return { ok: false, line, key, errors: this.#errors };
    const entries = Object.entries(this.#lists).map(([name, rows]) => [name, rows.map(({ entry }) => entry)] as const);
    const definition = { branches: [], ...this.#company, ...Object.fromEntries(entries) };
    return { ok: true, line, key, definition, place: (path) => this.#place(path) };
  }

  /** The row and the column of a field. */
  #place(path: string): { readonly line: number; readonly path: string } {
    const [, list = '', index = '', field = ''] = /^(\w+)\[(\d+)\](?:\.(.*))?$/.exec(path) ?? [];
    const row = this.#lists[list]?.[Number(index)];
    if (row === undefined) return { line: this.#line, path: columnOf('company', path.replace(/^policies\./, '')) };
    return { line: row.line, path: columnOf(row.kind, field) };
  }
}

/** The column that a field comes from; what is within a field is told with it. */
function columnOf(kind: string, field: string): string {
  const [first = ''] = field.split(/[.[]/, 1);
  const found = Object.entries(columnsOf[kind] ?? {}).find(([, column]) => column.field === first);
  return found === undefined ? field : `${found[0]}${field.slice(first.length)}`;
}
