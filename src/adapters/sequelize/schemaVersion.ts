import type { QueryTypes, Sequelize, Transaction } from 'sequelize';
import type { ColumnTypes } from './schema.ts';

const table = 'schema_migrations';

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

/** The names of the migrations that have run, in their order; none where there is no such table yet. */
export async function ranMigrations(sequelize: Sequelize, transaction: Transaction | null): Promise<readonly string[]> {
  const tables: unknown[] = await sequelize.getQueryInterface().showAllTables(within(transaction));
  const names = tables.map((each) =>
    typeof each === 'object' && each !== null && 'tableName' in each ? String(each.tableName) : String(each),
  );
  if (!names.includes(table)) return [];
  const rows = await sequelize.query<{ readonly name: string }>(`SELECT name FROM ${table} ORDER BY version`, {
    type: 'SELECT' as QueryTypes.SELECT,
    ...within(transaction),
  });
  return rows.map((row) => row.name);
}

/** Notes that a migration has run. The version is the number its name begins with. */
export async function recordMigration(
  sequelize: Sequelize,
  transaction: Transaction | null,
  name: string,
): Promise<void> {
  await sequelize.query(`INSERT INTO ${table} (name, version) VALUES (?, ?)`, {
    replacements: [name, Number.parseInt(name, 10)],
    ...within(transaction),
  });
}

/** Notes that a migration was taken back. */
export async function forgetMigration(
  sequelize: Sequelize,
  transaction: Transaction | null,
  name: string,
): Promise<void> {
  await sequelize.query(`DELETE FROM ${table} WHERE name = ?`, { replacements: [name], ...within(transaction) });
}
