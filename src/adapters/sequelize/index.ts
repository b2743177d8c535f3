/**
 * `askpro/adapters/sequelize`: storage on SQL databases. Importing it loads no database library; that happens when the
 * engine creates the storage.
 *
 * @packageDocumentation
 */
import type { StorageFactory } from '../../adapter.ts';
import { EngineError } from '../../adapter.ts';
import type { Dialect } from './dialect.ts';
import { sequelizeFactory } from './factory.ts';
import type { SchemaAction, SchemaStatus } from './migrator.ts';
import { mariadb } from './dialects/mariadb/factory.ts';
import type { MariadbOptions } from './dialects/mariadb/options.ts';
import { sqliteSettings } from './dialects/sqlite/options.ts';
import type { SqliteOptions } from './dialects/sqlite/options.ts';

export { mariadb };
export { migrate } from './factory.ts';
export type { MariadbOptions, SchemaAction, SchemaStatus, SqliteOptions };

/**
 * Storage in one SQLite file, on Node's own driver: nothing to install beside `sequelize` and `umzug`, nothing to run.
 * Several processes of one machine may share the file.
 *
 * @param fileOrOptions - path of the file, made where it is missing; its folder must exist
 * @throws EngineError OPTION_INVALID; when the engine starts STORAGE_UNREACHABLE, STORAGE_READ_ONLY, STORAGE_CORRUPT,
 * STORAGE_FULL, STORAGE_BUSY, STORAGE_SCHEMA_NEWER, STORAGE_SCHEMA_OLDER or DEPENDENCY_MISSING
 *
 * @example
 * const storage = sqlite({ file: 'askpro.db', synchronous: 'NORMAL' });
 */
export function sqlite(fileOrOptions: string | SqliteOptions): StorageFactory {
  const settings = sqliteSettings(fileOrOptions);
  const dialect = async (): Promise<Dialect> => (await import('./dialects/sqlite/dialect.ts')).sqliteDialect(settings);
  return sequelizeFactory(`sqlite(${settings.file})`, dialect);
}

/** What opens a server, by how its address begins. */
const servers: Readonly<Record<string, (url: string) => StorageFactory>> = { mysql: mariadb, mariadb };

/**
 * Storage at a place that one text names, as an environment variable does: the path of a SQLite file, or the address of
 * a server. `DATABASE_URL` and the `--db` of the command line are read so.
 *
 * @throws EngineError OPTION_INVALID for an address of something else
 *
 * @example
 * const storage = storageAt(process.env['ASKPRO_DATABASE'] ?? 'askpro.db');
 */
export function storageAt(fileOrAddress: string): StorageFactory {
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(fileOrAddress)?.[1]?.toLowerCase();
  if (scheme === undefined) return sqlite(fileOrAddress);
  const server = servers[scheme];
  if (server !== undefined) return server(fileOrAddress);
  const known = Object.keys(servers).map((each) => `${each}://`);
  throw new EngineError(
    'OPTION_INVALID',
    `the database must be the path of a file, or an address that begins with ${known.join(', ')}; ${scheme}:// is none of them.`,
  );
}
