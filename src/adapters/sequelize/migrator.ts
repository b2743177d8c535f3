import type { Transaction } from 'sequelize';
import { EngineError } from '../../adapter.ts';
import type { Database, Dialect } from './dialect.ts';
import { loadUmzug } from './libraries.ts';
import { migrations } from './migrations/list.ts';
import type { Migration } from './migrations/migration.ts';
import { schemaEditor } from './schema.ts';
import { createVersionTable, forgetMigration, recordMigration, ranMigrations } from './schemaVersion.ts';

/** Where a database's schema stands. */
export interface SchemaStatus {
  /** Migrations that have run, in their order. */
  readonly applied: readonly string[];
  /** Migrations that this version of askpro knows and the database lacks. */
  readonly pending: readonly string[];
  /** Migrations that a newer version of askpro has run. */
  readonly unknown: readonly string[];
}

/** What to do with a schema: bring it up to date, take back the last migration, or only look. */
export type SchemaAction = 'up' | 'down' | 'status';

/** Reads where the schema stands, without changing anything. */
export async function schemaStatus(
  database: Database,
  transaction: Transaction | null = null,
  known: readonly Migration[] = migrations,
): Promise<SchemaStatus> {
  const applied = await ranMigrations(database.sequelize, transaction);
  const names = known.map((migration) => migration.name);
  return {
    applied,
    pending: names.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !names.includes(name)),
  };
}

/**
 * Checks the schema at the start, and migrates it where the dialect does that by itself.
 * @throws EngineError STORAGE_SCHEMA_NEWER or STORAGE_SCHEMA_OLDER
 */
export async function prepareSchema(
  database: Database,
  { name, migrates }: Pick<Dialect, 'name' | 'migrates'>,
  known: readonly Migration[] = migrations,
): Promise<void> {
  const { pending, unknown } = await schemaStatus(database, null, known);
  refuseNewer(name, unknown);
  if (pending.length === 0) return;
  if (migrates === 'auto') await changeSchema(database, name, 'up', known);
  else throw new EngineError('STORAGE_SCHEMA_OLDER', `${name} lacks ${pending.join(', ')}.`);
}

/** Runs what is pending, or takes back the last migration, while no other process does. */
export function changeSchema(
  database: Database,
  name: string,
  action: 'up' | 'down',
  known: readonly Migration[] = migrations,
): Promise<SchemaStatus> {
  return database.migrate(async (transaction) => {
    await createVersionTable(database.sequelize, database.schema.types, transaction);
    // Asked again: another process may have migrated while this one waited.
    refuseNewer(name, (await schemaStatus(database, transaction, known)).unknown);
    const runner = await migrationRunner(database, transaction, known);
    await (action === 'up' ? runner.up() : runner.down());
    return schemaStatus(database, transaction, known);
  });
}

function refuseNewer(name: string, unknown: readonly string[]): void {
  if (unknown.length > 0) {
    throw new EngineError('STORAGE_SCHEMA_NEWER', `${name} has run ${unknown.join(', ')}, which is not known here.`);
  }
}

async function migrationRunner(database: Database, transaction: Transaction | null, known: readonly Migration[]) {
  const { Umzug } = await loadUmzug();
  const { sequelize, schema } = database;
  const editor = schemaEditor(schema, sequelize.getQueryInterface(), transaction);
  return new Umzug({
    migrations: known.map((migration) => ({
      name: migration.name,
      up: () => migration.up(editor),
      down: () => migration.down(editor),
    })),
    storage: {
      executed: async () => [...(await ranMigrations(sequelize, transaction))],
      logMigration: ({ name }) => recordMigration(sequelize, transaction, name),
      unlogMigration: ({ name }) => forgetMigration(sequelize, transaction, name),
    },
    logger: undefined,
  });
}
