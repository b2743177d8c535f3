import type { QueryInterface, Transaction } from 'sequelize';
import { EngineError } from '../../adapter.ts';
import { refuseIncomplete } from './backup/restoreMark.ts';
import type { Database, Dialect } from './dialect.ts';
import { loadUmzug } from './libraries.ts';
import { migrations } from './migrations/list.ts';
import type { Migration } from './migrations/migration.ts';
import { usualPace } from './migrationTurn.ts';
import type { MigrationPace, MigrationStep, MigrationTurn } from './migrationTurn.ts';
import { schemaEditor } from './schema.ts';
import { createVersionTable, forgetMigration, notedSchema, recordMigration } from './schemaVersion.ts';
import { watched } from './statementWatch.ts';

/** Where a database's schema stands. */
export interface SchemaStatus {
  /** Migrations that have run, in their order. */
  readonly applied: readonly string[];
  /** Migrations that this version of askpro knows and the database lacks. */
  readonly pending: readonly string[];
  /** Migrations that a newer version of askpro has run. */
  readonly unknown: readonly string[];
  /** One of `pending` that was begun and interrupted: `up` brings it to its end, `down` takes it back. */
  readonly unfinished?: string;
  /** What is gone for good once `down` has taken back the last migration. Left out: nothing. */
  readonly downLoses?: string;
  /** What `down` was told not to take back and left as it was. Left out: it was not asked to, or has done it. */
  readonly refused?: { readonly name: string; readonly loses: string };
}

/** What to do with a schema: bring it up to date, take back the last migration, or only look. */
export type SchemaAction = 'up' | 'down' | 'status';

/** Reads where the schema stands, without changing anything. */
export async function schemaStatus(
  database: Database,
  transaction: Transaction | null = null,
  known: readonly Migration[] = migrations,
): Promise<SchemaStatus> {
  // By itself a look is bounded, as every operation is: a server may fall silent before it.
  const { ran, unfinished } = await (transaction === null
    ? database.snapshot((within) => notedSchema(database.sequelize, within))
    : notedSchema(database.sequelize, transaction));
  // Noted or not, what was begun is neither there nor away.
  const applied = ran.filter((name) => name !== unfinished);
  const names = known.map((migration) => migration.name);
  const unknown = [...applied, ...(unfinished === null ? [] : [unfinished])].filter((name) => !names.includes(name));
  const last = unfinished ?? applied.at(-1);
  const loses = known.find(({ name }) => name === last)?.loses;
  return {
    applied,
    pending: names.filter((name) => !applied.includes(name)),
    unknown,
    ...(unfinished === null ? {} : { unfinished }),
    ...(loses === undefined ? {} : { downLoses: loses }),
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
  await refuseIncomplete(database, name);
  const { pending, unknown } = await schemaStatus(database, null, known);
  refuseNewer(name, unknown);
  if (pending.length === 0) return;
  if (migrates === 'auto') await changeSchema(database, name, 'up', known);
  else throw new EngineError('STORAGE_SCHEMA_OLDER', `${name} lacks ${pending.join(', ')}.`);
}

/**
 * Runs what is pending, or takes back the last migration, begun or done, while no other process does.
 * @param mayLose - false: a migration with which something would be gone is not taken back
 */
export function changeSchema(
  database: Database,
  name: string,
  action: 'up' | 'down',
  known: readonly Migration[] = migrations,
  pace: MigrationPace = usualPace,
  mayLose = true,
): Promise<SchemaStatus> {
  return database.migrate(async (turn) => {
    await turn.step(null, ({ transaction }) =>
      createVersionTable(database.sequelize, database.schema.types, transaction),
    );
    const look = (): Promise<SchemaStatus> =>
      turn.step(null, ({ transaction }) => schemaStatus(database, transaction, known));
    // Asked again: another process may have migrated while this one waited.
    for (let status = await look(); ; status = await look()) {
      refuseNewer(name, status.unknown);
      const next = status.unfinished ?? (action === 'up' ? status.pending[0] : status.applied.at(-1));
      if (next === undefined) return status;
      // Of the migration that is the last one now: another process may have taken back the one that was.
      const loses = action === 'down' && !mayLose ? status.downLoses : undefined;
      if (loses !== undefined) return { ...status, refused: { name: next, loses } };
      await changeOnce(database, turn, { action, next, known, pace, resumes: status.unfinished === next });
      if (action === 'down') return look();
    }
  }, pace);
}

/** @throws EngineError STORAGE_SCHEMA_NEWER where a newer version has migrated */
export function refuseNewer(name: string, unknown: readonly string[]): void {
  if (unknown.length > 0) {
    throw new EngineError('STORAGE_SCHEMA_NEWER', `${name} has run ${unknown.join(', ')}, which is not known here.`);
  }
}

interface Change {
  readonly action: 'up' | 'down';
  readonly next: string;
  readonly known: readonly Migration[];
  readonly pace: MigrationPace;
  /** It was begun before, so a part of it may be there already, or be gone. */
  readonly resumes: boolean;
}

const changeOnce = (database: Database, turn: MigrationTurn, change: Change): Promise<void> =>
  turn.step(change.next, async (step) => {
    const { MigrationError } = await loadUmzug();
    const through = watched(database.sequelize, async (sql, run) => {
      await step.hold();
      const result = await run().catch((error: unknown) => {
        if (change.resumes && step.wasDone(error)) return [[], 0];
        throw error;
      });
      await change.pace.afterStatement?.(sql);
      return result;
    });
    const runner = await migrationRunner(database, through, step, change);
    try {
      await runner[change.action]({ migrations: [change.next] });
    } catch (error) {
      throw error instanceof MigrationError && error.cause instanceof EngineError ? error.cause : error;
    }
  });

async function migrationRunner(
  { schema }: Database,
  queryInterface: QueryInterface,
  { transaction }: MigrationStep,
  { action, next, known }: Change,
) {
  const { Umzug } = await loadUmzug();
  const editor = schemaEditor(schema, queryInterface, transaction);
  return new Umzug({
    migrations: known.map((migration) => ({
      name: migration.name,
      up: () => migration.up(editor),
      down: () => migration.down(editor),
    })),
    storage: {
      executed: () => Promise.resolve(action === 'up' ? [] : [next]),
      logMigration: ({ name }) => recordMigration(queryInterface.sequelize, transaction, name),
      unlogMigration: ({ name }) => forgetMigration(queryInterface.sequelize, transaction, name),
    },
    logger: undefined,
  });
}
