import { EngineError } from '../../../adapter.ts';
import type { Database } from '../dialect.ts';
import { tableNames } from '../schemaVersion.ts';

/** Where it is, a restore was begun and has not come to its end. */
const table = 'schema_restore';

/** Whether a restore into the database has not come to its end. */
export const isIncomplete = async (database: Database): Promise<boolean> =>
  database.snapshot(async (transaction) => (await tableNames(database.sequelize, transaction)).includes(table));

/** @throws EngineError STORAGE_INCOMPLETE */
export async function refuseIncomplete(database: Database, name: string): Promise<void> {
  if (await isIncomplete(database))
    throw new EngineError('STORAGE_INCOMPLETE', `A restore into ${name} was begun and did not come to its end.`);
}

/** Keeps everybody out until {@link unmarkIncomplete}, also where this process ends before. */
export async function markIncomplete({ sequelize, schema }: Database): Promise<void> {
  await sequelize.query(`CREATE TABLE IF NOT EXISTS ${table} (id ${schema.types.int} NOT NULL, PRIMARY KEY (id))`);
}

/** All that was to be restored is there. */
export async function unmarkIncomplete({ sequelize }: Database): Promise<void> {
  await sequelize.query(`DROP TABLE ${table}`);
}
