import type { QueryTypes, Sequelize, Transaction } from 'sequelize';
import type { ColumnTypes } from './schema.ts';

const table = 'schema_migrations';

/** Holds whoever migrates a server, and what he has begun. */
export const lockTable = 'schema_lock';

const within = (transaction: Transaction | null): { readonly transaction?: Transaction } =>
  transaction === null ? {} : { transaction };

/** Makes the table that tells the schema's version, where there is none yet. */
export async function createVersionTable(
  sequelize: Sequelize,
  types: ColumnTypes,
  transaction: Transaction | null,
): Promise<void> {
  const columns = `name ${types.text(128)} NOT NULL, version ${types.int} NOT NULL, PRIMARY KEY (name)`;
  await sequelize.query(`CREATE TABLE IF NOT EXISTS ${table} (${columns})`, within(transaction));
}

/** What a database notes about its schema. */
export interface NotedSchema {
  /** The names of the migrations that have run, in their order. */
  readonly ran: readonly string[];
  /** One that was begun, in either direction, and not brought to its end. */
  readonly unfinished: string | null;
}

/** Reads what the database notes about its schema; nothing where it has no such tables yet. */
export async function notedSchema(sequelize: Sequelize, transaction: Transaction | null): Promise<NotedSchema> {
  const tables = await tableNames(sequelize, transaction);
  const select = async (sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> =>
    sequelize.query<Record<string, unknown>>(sql, { type: 'SELECT' as QueryTypes.SELECT, ...within(transaction) });
  const ran = tables.includes(table) ? await select(`SELECT name FROM ${table} ORDER BY version`) : [];
  const lock = tables.includes(lockTable) ? await select(`SELECT unfinished FROM ${lockTable} WHERE id = 1`) : [];
  const unfinished = lock[0]?.['unfinished'];
  return { ran: ran.map(({ name }) => String(name)), unfinished: typeof unfinished === 'string' ? unfinished : null };
}

/** The names of all tables. */
export async function tableNames(sequelize: Sequelize, transaction: Transaction | null): Promise<readonly string[]> {
  const tables: unknown[] = await sequelize.getQueryInterface().showAllTables(within(transaction));
  return tables.map((each) =>
    typeof each === 'object' && each !== null && 'tableName' in each ? String(each.tableName) : String(each),
  );
}

/** Notes that a migration has run. The version is the number its name begins with. */
export async function recordMigration(
  sequelize: Sequelize,
  transaction: Transaction | null,
  name: string,
): Promise<void> {
  const values = `${sequelize.escape(name)}, ${Number.parseInt(name, 10)}`;
  await sequelize.query(`INSERT INTO ${table} (name, version) VALUES (${values})`, within(transaction));
}

/** Notes that a migration was taken back. */
export async function forgetMigration(
  sequelize: Sequelize,
  transaction: Transaction | null,
  name: string,
): Promise<void> {
  await sequelize.query(`DELETE FROM ${table} WHERE name = ${sequelize.escape(name)}`, within(transaction));
}
