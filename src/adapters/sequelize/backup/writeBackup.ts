import { createHash } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { EngineError } from '../../../adapter.ts';
import type { Database, Dialect } from '../dialect.ts';
import { inPieces } from '../keyset.ts';
import { schemaStatus } from '../migrator.ts';
import { produced } from '../produced.ts';
import type { Emit } from '../produced.ts';
import { rows } from '../program.ts';
import { tablesAfter } from '../tables.ts';
import { BACKUP_FORMAT, encodeRow } from './format.ts';
import type { BackupHeader, BackupTable, BackupTrailer } from './format.ts';
import { refuseIncomplete } from './restoreMark.ts';

/** How a backup is made. */
export interface BackupOptions {
  /** Who makes it, for the first line of the file. */
  readonly madeBy?: string | undefined;
}

/** Rows that are read at a time. */
const together = 500;

/** Opens a database, gives away its rows compressed, and closes it. */
export async function* writeBackup(dialect: Dialect, options: BackupOptions): AsyncGenerator<Uint8Array> {
  const database = await dialect.open(undefined);
  let telling = Promise.resolve();
  try {
    await refuseIncomplete(database, dialect.name);
    const { applied, unknown } = await schemaStatus(database);
    if (unknown.length > 0)
      throw new EngineError(
        'STORAGE_SCHEMA_NEWER',
        `${dialect.name} has run ${unknown.join(', ')}, which is not known here.`,
      );
    if (applied.length === 0) throw new EngineError('STORAGE_SCHEMA_OLDER', `${dialect.name} has no tables yet.`);
    const header: BackupHeader = {
      askpro: 'backup',
      format: BACKUP_FORMAT,
      madeBy: options.madeBy ?? null,
      created: new Date().toISOString(),
      database: database.sequelize.getDialect(),
      migrations: applied,
    };
    const lines = Readable.from(produced<string>((emit) => (telling = tell(database, header, emit))));
    const compressed = createGzip();
    // Errors come out of the end that is read.
    pipeline(lines, compressed, () => undefined);
    yield* compressed as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw dialect.fault(error);
  } finally {
    // Also where nobody reads on: what still reads must end first.
    await telling.catch(() => undefined);
    await database.close();
  }
}

async function tell(database: Database, header: BackupHeader, emit: Emit<string>): Promise<void> {
  const tables = await tablesAfter(header.migrations.length);
  const hash = createHash('sha256');
  const write = (text: string): Promise<void> => {
    hash.update(text);
    return emit(text);
  };
  const counts: Record<string, number> = {};
  let begun = false;
  await database.snapshot(async (_, run) => {
    // Begun anew by itself it would tell everything twice.
    if (begun) throw new EngineError('STORAGE_UNREACHABLE', 'The connection was lost; make the backup again.');
    begun = true;
    // PostgreSQL fixes the moment with the first read: before anything is told, so that whoever hears of it is too late.
    await run(rows('SELECT 1', []));
    await write(`${JSON.stringify(header)}\n`);
    for (const table of tables) {
      const { name, columns, primaryKey } = table;
      const names = columns.map((column) => column.name);
      const line: BackupTable = { table: name, columns: names };
      await write(`${JSON.stringify(line)}\n`);
      const read = {
        select: `SELECT ${names.join(', ')} FROM ${name}`,
        where: '',
        values: [],
        key: primaryKey,
        at: primaryKey.map((column) => names.indexOf(column)),
      };
      let count = 0;
      for await (const piece of inPieces(run, read, together)) {
        count += piece.length;
        await write(piece.map((row) => encodeRow(row, table)).join(''));
      }
      counts[name] = count;
    }
  }, true);
  const trailer: BackupTrailer = { rows: counts, sha256: hash.digest('hex') };
  await emit(`${JSON.stringify(trailer)}\n`);
}
