import type { QueryInterface, Sequelize } from 'sequelize';

/** Stands between a migration and its database: runs a statement, or does something else with it. */
export type StatementWatch = (sql: string, run: () => Promise<unknown>) => Promise<unknown>;

/** A query interface whose statements all pass the watch, Sequelize's own ones included. */
export function watched(sequelize: Sequelize, watch: StatementWatch): QueryInterface {
  const query = (sql: string, options?: object): Promise<unknown> => watch(sql, () => sequelize.query(sql, options));
  const real = sequelize.getQueryInterface();
  const seen = Object.create(sequelize, { query: { value: query } }) as Sequelize;
  return Object.create(real, { sequelize: { value: seen } }) as QueryInterface;
}
