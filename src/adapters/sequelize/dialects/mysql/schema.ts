import { plainIndexSql, sequelizeColumns } from '../../schema.ts';
import type { SchemaDialect } from '../../schema.ts';
import { lacksProcedure } from './faults.ts';
import type { Flavour } from './flavour.ts';
import { mysqlYears } from './years.ts';

/** What is unique while it is active is so by a column that is computed: it stands here for the one it is computed from. */
const indexColumns =
  "SELECT s.TABLE_NAME, CASE s.INDEX_NAME WHEN 'PRIMARY' THEN '' ELSE s.INDEX_NAME END, 1 - s.NON_UNIQUE," +
  " CASE WHEN s.SUB_PART IS NULL THEN REPLACE(s.COLUMN_NAME, '_while_active', '') ELSE CONCAT(s.COLUMN_NAME, ' in part') END, 1," +
  " COALESCE(c.GENERATION_EXPRESSION, '') FROM information_schema.STATISTICS s JOIN information_schema.COLUMNS c" +
  ' ON c.TABLE_SCHEMA = DATABASE() AND c.TABLE_NAME = s.TABLE_NAME AND c.COLUMN_NAME = s.COLUMN_NAME' +
  " WHERE s.TABLE_SCHEMA = DATABASE() AND s.INDEX_TYPE = 'BTREE' ORDER BY 1, 2, s.SEQ_IN_INDEX";

/** Column types of MySQL and MariaDB. Every table is kept in the order of its key anyway. */
export const mysqlSchema = ({ collation }: Flavour): SchemaDialect => ({
  types: {
    id: 'BINARY(16)',
    long: 'BIGINT',
    int: 'INTEGER',
    flag: 'TINYINT',
    text: (length) => `VARCHAR(${length})`,
    longText: 'MEDIUMTEXT',
  },
  procedures: { collation, isForbidden: lacksProcedure },
  modelId: (types) => types.BLOB,
  async createTable(queryInterface, table) {
    await queryInterface.createTable(table.name, sequelizeColumns(table), {
      charset: 'utf8mb4',
      collate: collation,
      engine: 'InnoDB',
    });
    for (const { name, columns, unique = false } of table.indexes ?? []) {
      await queryInterface.addIndex(table.name, [...columns], { name, unique });
    }
  },
  async uniqueWhileActive(queryInterface, { table, column, type, name }) {
    // A unique index takes any number of NULLs, which is what inactive rows have in this column.
    const shown = `${column}_while_active ${type} GENERATED ALWAYS AS (CASE WHEN active = 1 THEN ${column} END) STORED`;
    await queryInterface.sequelize.query(
      `ALTER TABLE ${table} ADD COLUMN ${shown}, ADD UNIQUE INDEX ${name} (${column}_while_active)`,
    );
  },
  indexSql: plainIndexSql,
  keyCoveringSql: () => [],
  indexColumns,
  years: mysqlYears,
  idAt: (column, position) => `UNHEX(REPLACE(SUBSTR(${column}, ${position}, 36), '-', ''))`,
  idShown: (column) => `HEX(${column})`,
  idLiteral: (shown) => `X'${shown}'`,
});
