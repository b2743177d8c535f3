import type { DatabaseSync } from 'node:sqlite';
import type { SqliteSettings } from './options.ts';

type NodeSqlite = typeof import('node:sqlite');

/** A native wait this short never holds up the event loop; longer waits are retried from the loop. */
const nativeWaitMs = 2;

/** Whether the database lives in memory, where all connections must be one. */
export const isInMemory = (file: string): boolean => file === ':memory:';

/** Opens a connection and sets what every connection to the file needs. */
export function openConnection({ DatabaseSync: Native }: NodeSqlite, settings: SqliteSettings): DatabaseSync {
  const native = new Native(settings.file, { timeout: nativeWaitMs, enableForeignKeyConstraints: false });
  try {
    native.exec(
      `PRAGMA synchronous = ${settings.synchronous}; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384;`,
    );
  } catch (error) {
    native.close();
    throw error;
  }
  return native;
}

/**
 * Tries the file before Sequelize does, because a failed open would be remembered there and come back as nonsense: that
 * it can be opened, is a database, can be written, and is in write-ahead mode. Throws the driver's error.
 */
export function probe(library: NodeSqlite, settings: SqliteSettings): void {
  if (isInMemory(settings.file)) return;
  const native = openConnection(library, settings);
  try {
    native.prepare('SELECT COUNT(*) FROM sqlite_master').get();
    const mode = native.prepare('PRAGMA journal_mode').get() as { readonly journal_mode: string };
    if (mode.journal_mode !== 'wal') native.exec('PRAGMA journal_mode = WAL');
    // A write that is taken back: a file that cannot be written says so now and not at the first booking. In write-ahead
    // mode the beginning alone would pass.
    native.exec('BEGIN IMMEDIATE; PRAGMA user_version = 0; ROLLBACK');
  } finally {
    native.close();
  }
}
