import { EngineError } from '../../adapter.ts';
import type { StorageFactory } from '../../adapter.ts';
import type { Dialect } from './dialect.ts';
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
  const dialectOf = dialects.get(storage);
  if (dialectOf === undefined) {
    throw new EngineError('OPTION_INVALID', `${storage.name} was not made by askpro/adapters/sequelize.`);
  }
  const { changeSchema, schemaStatus } = await import('./migrator.ts');
  const dialect = await dialectOf();
  const database = await dialect.open(undefined);
  try {
    return await (action === 'status' ? schemaStatus(database) : changeSchema(database, dialect.name, action));
  } catch (error) {
    throw dialect.fault(error);
  } finally {
    await database.close();
  }
}
