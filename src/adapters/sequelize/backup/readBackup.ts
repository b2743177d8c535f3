import { createHash } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { damaged, parsedLine, readHeader } from './format.ts';
import type { BackupHeader, BackupTrailer } from './format.ts';

/** A stored backup, to be read from its beginning each time it is asked for. */
export type OpenBackup = () => AsyncIterable<Uint8Array>;

/** What a backup says of itself. */
export interface BackupSummary {
  readonly header: BackupHeader;
  readonly rows: BackupTrailer['rows'];
}

/** The lines of a backup, as many at a time as came together. */
export async function* linesOf(open: OpenBackup): AsyncGenerator<readonly string[]> {
  const plain = createGunzip();
  pipeline(Readable.from(open(), { objectMode: false }), plain, () => undefined);
  let rest: Buffer[] = [];
  try {
    for await (const chunk of plain as AsyncIterable<Buffer>) {
      const end = chunk.lastIndexOf(10);
      if (end === -1) {
        rest.push(chunk);
        continue;
      }
      const whole = Buffer.concat([...rest, chunk.subarray(0, end)]).toString('utf8');
      rest = [chunk.subarray(end + 1)];
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
 * Reads a backup to its end, and judges whether it is whole and unchanged.
 * @throws EngineError BACKUP_DAMAGED or BACKUP_NEWER
 */
export async function verifyBackup(open: OpenBackup): Promise<BackupSummary> {
  const hash = createHash('sha256');
  const counted: Record<string, number> = {};
  let header: BackupHeader | undefined;
  let trailer: BackupTrailer | undefined;
  let table = '';
  for await (const lines of linesOf(open)) {
    for (const line of lines) {
      if (trailer !== undefined) throw damaged('goes on behind its last line');
      if (header === undefined) header = readHeader(line);
      else if (line.startsWith('[')) counted[table] = (counted[table] ?? 0) + 1;
      else {
        const told = parsedLine(line) as Partial<BackupTrailer> & { readonly table?: string };
        if (typeof told.table === 'string') counted[(table = told.table)] ??= 0;
        else if (typeof told.sha256 === 'string' && typeof told.rows === 'object') trailer = told as BackupTrailer;
        else throw damaged('has a line of another kind');
      }
      if (trailer === undefined) hash.update(line).update('\n');
    }
  }
  if (header === undefined) throw damaged('is empty');
  if (trailer === undefined) throw damaged('is cut off: its last line is missing');
  if (hash.digest('hex') !== trailer.sha256) throw damaged('was changed: its checksum differs');
  const { rows } = trailer;
  const differing = Object.keys({ ...rows, ...counted }).filter((name) => rows[name] !== counted[name]);
  if (differing.length > 0) throw damaged(`has another number of rows of ${differing.join(', ')} than it says`);
  return { header, rows };
}
