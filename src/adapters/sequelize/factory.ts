import { EngineError } from '../../adapter.ts';
import type { StorageFactory } from '../../adapter.ts';
import type { Restored } from './backup/restoreBackup.ts';
import type { BackupSource } from './backup/spooled.ts';
import type { BackupOptions } from './backup/writeBackup.ts';
import type { Database, Dialect } from './dialect.ts';
import type { CheckStorageOptions } from './doctor/checkStorage.ts';
import type { StorageFinding } from './doctor/findings.ts';
import type { MigrationScript } from './migrationScript.ts';
import type { SchemaAction, SchemaStatus } from './migrator.ts';
import type { YearParts } from './yearParts.ts';

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
 * and answers where it stands afterwards. Two processes may do so at once: the second waits and finds the work done. A
 * migration that was interrupted is brought to its end by `up` and taken back by `down`.
 *
 * @param options - with `mayLose: false` a migration with which something stored would be gone is not taken back: it is
 * left as it is, and told as `refused`
 * @throws EngineError OPTION_INVALID for a factory of another adapter, STORAGE_SCHEMA_NEWER, and what a start may throw
 *
 * @example
 * const { pending } = await migrate(sqlite('askpro.db'), 'up');
 */
export function migrate(
  storage: StorageFactory,
  action: SchemaAction,
  { mayLose = true }: { readonly mayLose?: boolean } = {},
): Promise<SchemaStatus> {
  return withSchema(storage, async (database, dialect) => {
    const { changeSchema, schemaStatus } = await import('./migrator.ts');
    if (action === 'status') return schemaStatus(database);
    return changeSchema(database, dialect.name, action, undefined, undefined, mayLose);
  });
}

/**
 * Writes the statements that `migrate(storage, 'up')` would run, without running them: for databases whose schema others
 * look after. Where migrations have to work on rows that are there, they are left to `up` and named.
 *
 * @param options - with `all` every migration, as for an empty database, instead of those that are pending
 * @throws EngineError the same faults as {@link migrate}
 *
 * @example
 * const { sql, left } = await migrationSql(postgres('postgres://askpro@db.example/askpro'));
 */
export function migrationSql(
  storage: StorageFactory,
  { all = false }: { readonly all?: boolean } = {},
): Promise<MigrationScript> {
  return withSchema(storage, async (database, dialect) => {
    const { migrationScript } = await import('./migrationScript.ts');
    return migrationScript(database, dialect.name, all);
  });
}

/**
 * Gives this year and so many that follow parts of their own in the history of appointments, where they lack one, and lists
 * all parts. Run once a year, it keeps the last part empty. Bookings go on meanwhile, but for the moment in which a part is
 * put in; a second run changes nothing. SQLite keeps all years in one table.
 *
 * @throws EngineError OPTION_INVALID for a factory of another adapter, STORAGE_SCHEMA_OLDER, and what a start may throw
 *
 * @example
 * const { parts, added } = await partitions(postgres('postgres://askpro@db.example/askpro'), { years: 2 });
 */
export function partitions(
  storage: StorageFactory,
  { years = 1 }: { readonly years?: number } = {},
): Promise<YearParts> {
  return withSchema(storage, async (database, dialect) => {
    const { addYears } = await import('./yearParts.ts');
    return addYears(database, dialect.name, new Date(await database.now()).getUTCFullYear() + years);
  });
}

async function withSchema<T>(
  storage: StorageFactory,
  work: (database: Database, dialect: Dialect) => Promise<T>,
): Promise<T> {
  const dialect = await dialectOf(storage);
  const { refuseIncomplete } = await import('./backup/restoreMark.ts');
  const database = await dialect.open(undefined);
  try {
    await refuseIncomplete(database, dialect.name);
    return await work(database, dialect);
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

/**
 * Gives away all rows of a storage as one compressed file: JSON line by line, the same for every dialect, so that it may be
 * restored to another one. It is the state of one moment; bookings may go on meanwhile. Memory does not grow with it. It
 * holds personal data and the hashes of keys: keep it as the database itself.
 *
 * @throws EngineError OPTION_INVALID for a factory of another adapter, STORAGE_SCHEMA_NEWER, STORAGE_INCOMPLETE, and what a
 * start may throw
 *
 * @example
 * import { createWriteStream } from 'node:fs';
 * import { pipeline } from 'node:stream/promises';
 *
 * await pipeline(backup(sqlite('askpro.db')), createWriteStream('askpro.backup', { mode: 0o600 }));
 */
export async function* backup(
  storage: StorageFactory,
  options: BackupOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const dialect = await dialectOf(storage);
  const { writeBackup } = await import('./backup/writeBackup.ts');
  yield* writeBackup(dialect, options);
}

/**
 * Restores a backup into an empty database of any dialect. It is read to its end before anything is written, and refused
 * where a byte of it is missing or changed. An older one is migrated afterwards. Where the restore does not come to its
 * end, nobody can start on the database until it was restored again. No engine may run on the database meanwhile. Of several
 * restores into one database one goes on; what a killed one has left is taken up by the next, a minute later.
 *
 * @param source - something that opens the file, which is read twice; a stream is kept in a temporary file
 * @throws EngineError BACKUP_DAMAGED, BACKUP_NEWER, STORAGE_NOT_EMPTY, STORAGE_BUSY, OPTION_INVALID for a factory of another
 * adapter, and what a start may throw
 *
 * @example
 * import { createReadStream } from 'node:fs';
 *
 * const { rows } = await restore(sqlite('copy.db'), () => createReadStream('askpro.backup'));
 */
export async function restore(storage: StorageFactory, source: BackupSource): Promise<Restored> {
  const dialect = await dialectOf(storage);
  const [{ restoreBackup }, { withBackup }] = await Promise.all([
    import('./backup/restoreBackup.ts'),
    import('./backup/spooled.ts'),
  ]);
  return withBackup(source, (open) => restoreBackup(dialect, open));
}
