import { EngineError } from '../../../adapter.ts';
import { idOf } from '../cell.ts';
import { idBytes } from '../ids.ts';
import type { Row, SqlValue } from '../program.ts';
import type { ColumnKind, Table } from '../tables.ts';

/** The version of the format that is written here, and the only one that is read. */
export const BACKUP_FORMAT = 1;

/** The first line of a backup. */
export interface BackupHeader {
  readonly askpro: 'backup';
  readonly format: number;
  /** Who made it: `askpro 0.1.0`. */
  readonly madeBy: string | null;
  /** ISO 8601. */
  readonly created: string;
  /** The kind of database that it was made of; it may be restored to any other. */
  readonly database: string;
  /** The migrations that had run, in their order. */
  readonly migrations: readonly string[];
}

/** The line before the rows of a table. */
export interface BackupTable {
  readonly table: string;
  readonly columns: readonly string[];
}

/** The last line. */
export interface BackupTrailer {
  /** How many rows of each table stand before it. */
  readonly rows: Readonly<Record<string, number>>;
  /** Of all bytes before this line, uncompressed, in hexadecimal digits. */
  readonly sha256: string;
}

/** @param told - what is wrong with the file */
export const damaged = (told: string, cause?: unknown): EngineError =>
  new EngineError('BACKUP_DAMAGED', `The backup ${told}.`, cause);

/** A row as a line: ids as texts, everything else as it is. */
export function encodeRow(row: Row, { columns }: Table): string {
  const cells = columns.map(({ kind }, index) => {
    const cell = row[index] ?? null;
    return kind === 'id' && cell !== null ? idOf(cell) : cell;
  });
  return `${JSON.stringify(cells)}\n`;
}

/** @throws EngineError BACKUP_DAMAGED */
export function decodeRow(line: string, { name, columns }: Table): SqlValue[] {
  const cells = parsedLine(line);
  if (!Array.isArray(cells) || cells.length !== columns.length)
    throw damaged(`has a row of ${name} with other columns`);
  return columns.map((column, index) => {
    const cell: unknown = cells[index];
    const value = cell === null ? null : decoders[column.kind](cell);
    if (value === undefined) throw damaged(`has something else in ${name}.${column.name} than the column holds`);
    return value;
  });
}

const integer = (cell: unknown): number | undefined => (Number.isSafeInteger(cell) ? (cell as number) : undefined);

/** Undefined for what a column of that kind does not hold. */
const decoders: Readonly<Record<ColumnKind, (cell: unknown) => SqlValue | undefined>> = {
  // Subjects of limits are 16 bytes as well, of a version that no id has.
  id: (cell) => (typeof cell === 'string' && uuid.test(cell) ? idBytes(cell) : undefined),
  long: integer,
  int: integer,
  flag: integer,
  text: (cell) => (typeof cell === 'string' ? cell : undefined),
};

/**
 * The table that a line names, which must be as it is here.
 * @throws EngineError BACKUP_DAMAGED
 */
export function tableOf(tables: readonly Table[], { table, columns }: Partial<BackupTable>): Table {
  const known = tables.find(({ name }) => name === table);
  if (known === undefined) throw damaged(`names a table ${JSON.stringify(table)} that its migrations do not make`);
  if (JSON.stringify(known.columns.map(({ name }) => name)) !== JSON.stringify(columns))
    throw damaged(`names other columns of ${known.name} than its migrations make`);
  return known;
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** @throws EngineError BACKUP_DAMAGED */
export function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch (error) {
    throw damaged('has a line that is not JSON', error);
  }
}

/** @throws EngineError BACKUP_DAMAGED for what is no backup, BACKUP_NEWER for one of a later format */
export function readHeader(line: string): BackupHeader {
  let header: Partial<BackupHeader> | null;
  try {
    header = JSON.parse(line) as Partial<BackupHeader> | null;
  } catch (error) {
    throw damaged('is no backup of askpro', error);
  }
  if (typeof header !== 'object' || header?.askpro !== 'backup' || !Array.isArray(header.migrations))
    throw damaged('is no backup of askpro');
  if (header.format !== BACKUP_FORMAT)
    throw new EngineError(
      'BACKUP_NEWER',
      `The backup has the format ${String(header.format)}; ${BACKUP_FORMAT} is known here.`,
    );
  return header as BackupHeader;
}
