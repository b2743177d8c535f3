/**
 * `askpro/adapters/sequelize`: storage on SQL databases. Importing it loads no database library; that happens when the
 * engine creates the storage.
 *
 * @packageDocumentation
 */
import type { StorageFactory } from '../../adapter.ts';
import type { Dialect } from './dialect.ts';
import { sequelizeFactory } from './factory.ts';
import type { SchemaAction, SchemaStatus } from './migrator.ts';
import { sqliteSettings } from './dialects/sqlite/options.ts';
import type { SqliteOptions } from './dialects/sqlite/options.ts';

export { migrate } from './factory.ts';
export type { SchemaAction, SchemaStatus, SqliteOptions };

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
