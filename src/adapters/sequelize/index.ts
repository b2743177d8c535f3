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
import type { MigrationScript } from './migrationScript.ts';
import type { SchemaAction, SchemaStatus } from './migrator.ts';
import { hostStorage } from './dialects/host/hostStorage.ts';
import { hostTarget } from './dialects/host/options.ts';
import type { SequelizeInstance, SequelizeStorageOptions } from './dialects/host/options.ts';
import type { YearPart, YearParts } from './yearParts.ts';
import { serverSettings } from './dialects/server/options.ts';
import type { ServerOptions } from './dialects/server/options.ts';
import type { ConnectionPool } from './dialects/server/pool.ts';
import type { TlsOptions } from './dialects/server/tls.ts';
import { sqliteSettings } from './dialects/sqlite/options.ts';
import type { SqliteOptions } from './dialects/sqlite/options.ts';

export { backup, checkStorage, migrate, migrationSql, partitions, restore } from './factory.ts';
export type { Restored } from './backup/restoreBackup.ts';
export type { BackupSource } from './backup/spooled.ts';
export type { BackupOptions } from './backup/writeBackup.ts';
export type { OpenBackup } from './backup/readBackup.ts';
export type { CheckStorageOptions } from './doctor/checkStorage.ts';
export type { FindingCode, FindingSeverity, StorageFinding } from './doctor/findings.ts';
export { storageFindings } from './doctor/findings.ts';
export { serverPool } from './dialects/server/pool.ts';
export type { SequelizeInstance, SequelizeStorageOptions };
export type { ConnectionPool, MigrationScript, SchemaAction, SchemaStatus, ServerOptions, SqliteOptions, TlsOptions };
export type { YearPart, YearParts };

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

/**
 * Storage on a MySQL server (8.0 and later) and what speaks its protocol, through `mysql2`.
 *
 * @param urlOrOptions - `mysql://user:password@host:3306/database`; the database must exist
 * @throws the same faults as {@link sqlite}
 *
 * @example
 * const storage = mysql('mysql://askpro:secret@db.example:3306/askpro');
 */
export function mysql(urlOrOptions: string | ServerOptions): StorageFactory {
  const settings = serverSettings('mysql', urlOrOptions);
  const dialect = async (): Promise<Dialect> => (await import('./dialects/mysql/dialect.ts')).mysqlDialect(settings);
  return sequelizeFactory(settings.name, dialect);
}

/**
 * Storage on a MariaDB server (10.6 and later) or a Galera cluster, through `mysql2`.
 *
 * @param urlOrOptions - `mariadb://user:password@host:3306/database`; the database must exist
 * @throws the same faults as {@link sqlite}
 *
 * @example
 * const storage = mariadb({ url: 'mariadb://askpro:secret@db.example/askpro', connections: 50 });
 */
export function mariadb(urlOrOptions: string | ServerOptions): StorageFactory {
  const settings = serverSettings('mariadb', urlOrOptions);
  const dialect = async (): Promise<Dialect> => (await import('./dialects/mysql/dialect.ts')).mysqlDialect(settings);
  return sequelizeFactory(settings.name, dialect);
}

/**
 * Storage on a PostgreSQL server (13 and later), through `pg`.
 *
 * @param urlOrOptions - `postgres://user:password@host:5432/database`; the database must exist
 * @throws the same faults as {@link sqlite}
 *
 * @example
 * const storage = postgres('postgres://askpro:secret@db.example/askpro');
 */
export function postgres(urlOrOptions: string | ServerOptions): StorageFactory {
  const settings = serverSettings('postgres', urlOrOptions);
  const dialect = async (): Promise<Dialect> =>
    (await import('./dialects/postgres/dialect.ts')).postgresDialect(settings);
  return sequelizeFactory(settings.name, dialect);
}

/**
 * Storage through a Sequelize 6 that the host has already: of a server it borrows connections from the host's own pool
 * and gives each back as it was; a SQLite file it opens by itself. The host's models, hooks and settings are not touched,
 * and its instance stays open when the engine stops.
 *
 * @param instance - on `mysql` (with `mysql2`), `postgres` (with `pg`) or `sqlite` (a file)
 * @throws the same faults as {@link sqlite}; OPTION_INVALID also where tables have the names of the engine's own
 *
 * @example
 * import { Sequelize } from 'sequelize';
 * const storage = sequelizeStorage(new Sequelize('postgres://shop:secret@db.example/shop'));
 */
export function sequelizeStorage(instance: SequelizeInstance, options: SequelizeStorageOptions = {}): StorageFactory {
  const { name, dialect } = hostStorage(hostTarget(instance), options);
  return sequelizeFactory(name, dialect);
}

/** What opens a server, by how its address begins. */
const servers: Readonly<Record<string, (url: string) => StorageFactory>> = {
  mysql,
  mariadb,
  postgres,
  postgresql: postgres,
};

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
