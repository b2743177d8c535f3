import { createHash } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Table } from '../tables.ts';
import { damaged, decodeRow, parsedLine, readHeader, tableOf } from './format.ts';
import type { BackupHeader, BackupTable, BackupTrailer } from './format.ts';

/** A stored backup, to be read from its beginning each time it is asked for. */
export type OpenBackup = () => AsyncIterable<Uint8Array>;

/** What a backup says of itself. */
export interface BackupSummary {
  readonly header: BackupHeader;
  readonly rows: BackupTrailer['rows'];
}

/** A line is a row, or less; the texts of a row are far from this many bytes together. */
const longestLine = 2 ** 27;

/** The lines of a backup, as many at a time as came together. */
export async function* linesOf(open: OpenBackup): AsyncGenerator<readonly string[]> {
  const plain = createGunzip();
  pipeline(Readable.from(open(), { objectMode: false }), plain, () => undefined);
  let rest: Buffer[] = [];
  let restBytes = 0;
  try {
    for await (const chunk of plain as AsyncIterable<Buffer>) {
      const end = chunk.lastIndexOf(10);
      if (end === -1) {
        rest.push(chunk);
        restBytes += chunk.length;
        if (restBytes > longestLine) throw damaged('has a line without an end');
        continue;
      }
      const whole = Buffer.concat([...rest, chunk.subarray(0, end)]).toString('utf8');
      rest = [chunk.subarray(end + 1)];
      restBytes = chunk.length - end - 1;
      yield whole.split('\n');
    }
  } catch (error) {
    // What the source says is its own affair; what the decompression says is the file's.
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
      throw damaged(`cannot be read (${error.message})`, error);
    throw error;
  }
  if (rest.some((each) => each.length > 0)) throw damaged('ends in the middle of a line');
}

/**
 * Reads a backup to its end, and judges whether it is whole and unchanged, and holds what its tables may hold.
 * @param tablesOf - all that a backup with such a beginning has
 * @throws EngineError BACKUP_DAMAGED or BACKUP_NEWER
 */
export async function verifyBackup(
  open: OpenBackup,
  tablesOf: (header: BackupHeader) => Promise<readonly Table[]>,
): Promise<BackupSummary> {
  const hash = createHash('sha256');
  const counted = new Map<string, number>();
  let header: BackupHeader | undefined;
  let trailer: BackupTrailer | undefined;
  let tables: readonly Table[] = [];
  let table: Table | undefined;
  for await (const lines of linesOf(open)) {
    for (const line of lines) {
      if (trailer !== undefined) throw damaged('goes on behind its last line');
      if (header === undefined) tables = await tablesOf((header = readHeader(line)));
      else if (line.startsWith('[')) {
        if (table === undefined) throw damaged('has rows of no table');
        decodeRow(line, table);
        counted.set(table.name, (counted.get(table.name) ?? 0) + 1);
      } else {
        const told = parsedLine(line) as (Partial<BackupTrailer> & Partial<BackupTable>) | null;
        if (typeof told?.table === 'string') {
          table = tableOf(tables, told);
          if (counted.has(told.table)) throw damaged(`names ${told.table} twice`);
          counted.set(told.table, 0);
        } else if (typeof told?.sha256 === 'string' && isCounts(told.rows)) trailer = told as BackupTrailer;
        else throw damaged('has a line of another kind');
      }
      if (trailer === undefined) hash.update(line).update('\n');
    }
  }
  if (header === undefined) throw damaged('is empty');
  if (trailer === undefined) throw damaged('is cut off: its last line is missing');
  if (hash.digest('hex') !== trailer.sha256) throw damaged('was changed: its checksum differs');
  const { rows } = trailer;
  const names = new Set([...tables.map(({ name }) => name), ...Object.keys(rows)]);
  const differing = [...names].filter((name) => rows[name] === undefined || rows[name] !== counted.get(name));
  if (differing.length > 0) throw damaged(`has another number of rows of ${differing.join(', ')} than it says`);
  return { header, rows };
}

const isCounts = (rows: unknown): rows is BackupTrailer['rows'] => typeof rows === 'object' && rows !== null;
