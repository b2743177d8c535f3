import { EngineError } from '../../adapter.ts';
import type { StorageFactory } from '../../adapter.ts';
import type { Dialect } from './dialect.ts';
import type { CheckStorageOptions } from './doctor/checkStorage.ts';
import type { StorageFinding } from './doctor/findings.ts';
import type { SchemaAction, SchemaStatus } from './migrator.ts';

/** How the factories of this adapter reach their dialect; others' factories are not among the keys. */
const dialects = new WeakMap<StorageFactory, () => Promise<Dialect>>();

/** Makes a factory whose libraries load when it is first used. */
export function sequelizeFactory(name: string, dialect: () => Promise<Dialect>): StorageFactory {
  const factory: StorageFactory = {
    name,
    async create({ clock }) {
      const { SequelizeStorage } = await import('./storage.ts');
      return new SequelizeStorage(await dialect(), clock === undefined ? undefined : () => clock.now());
    },
  };
  dialects.set(factory, dialect);
  return factory;
}

/**
 * Brings the schema of a storage up to date (`up`), takes back its last migration (`down`), or only looks (`status`),
 * and answers where it stands afterwards. Two processes may do so at once: the second waits and finds the work done.
 *
 * @throws EngineError OPTION_INVALID for a factory of another adapter, STORAGE_SCHEMA_NEWER, and what a start may throw
 *
 * @example
 * const { pending } = await migrate(sqlite('askpro.db'), 'up');
 */
export async function migrate(storage: StorageFactory, action: SchemaAction): Promise<SchemaStatus> {
  const dialect = await dialectOf(storage);
  const { changeSchema, schemaStatus } = await import('./migrator.ts');
  const database = await dialect.open(undefined);
  try {
    return await (action === 'status' ? schemaStatus(database) : changeSchema(database, dialect.name, action));
  } catch (error) {
    throw dialect.fault(error);
  } finally {
    await database.close();
  }
}

/** @throws EngineError OPTION_INVALID for a factory of another adapter */
async function dialectOf(storage: StorageFactory): Promise<Dialect> {
  const dialect = dialects.get(storage);
  if (dialect !== undefined) return dialect();
  throw new EngineError('OPTION_INVALID', `${storage.name} was not made by askpro/adapters/sequelize.`);
}

/**
 * Looks for whatever does not fit in a storage: time that a booking lacks or has without a right to it, claims of nobody,
 * overlaps, rows that name others that do not exist. It reads one moment's state company by company, in constant memory,
 * and changes nothing; bookings may go on meanwhile. What has lapsed or is over and only waits for the sweep is no finding.
 *
 * @throws EngineError OPTION_INVALID for a factory of another adapter or a company that does not exist, and what a start
 * may throw
 *
 * @example
 * for await (const { severity, code, subject, message } of checkStorage(sqlite('askpro.db')))
 *   console.log(severity, code, subject, message);
 */
export async function* checkStorage(
  storage: StorageFactory,
  options: CheckStorageOptions = {},
): AsyncGenerator<StorageFinding, void, undefined> {
  const dialect = await dialectOf(storage);
  const { examineStorage } = await import('./doctor/checkStorage.ts');
  yield* examineStorage(dialect, options);
}
