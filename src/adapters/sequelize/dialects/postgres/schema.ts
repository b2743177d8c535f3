import { sequelizeColumns } from '../../schema.ts';
import type { SchemaDialect } from '../../schema.ts';
import { postgresIndexSql } from './indexSql.ts';
import { uuidAsBytes } from './uuidAsBytes.ts';
import { postgresYears } from './years.ts';

/** Of the tables that our statements mean. */
const indexColumns =
  "SELECT t.relname, CASE WHEN x.indisprimary THEN '' ELSE i.relname END, CAST(x.indisunique AS INTEGER), a.attname," +
  " CAST(k.place <= x.indnkeyatts AS INTEGER), COALESCE(pg_get_expr(x.indpred, x.indrelid), '')" +
  ' FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid' +
  ' JOIN LATERAL unnest(x.indkey) WITH ORDINALITY AS k(attnum, place) ON TRUE' +
  ' JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum' +
  " WHERE pg_table_is_visible(t.oid) AND t.relkind IN ('r', 'p') AND x.indisvalid ORDER BY 1, 2, k.place";

/** PostgreSQL's column types. Texts are compared byte by byte, as the other dialects do. */
export const postgresSchema: SchemaDialect = {
  types: {
    id: 'UUID',
    long: 'BIGINT',
    int: 'INTEGER',
    flag: 'SMALLINT',
    text: (length) => `VARCHAR(${length}) COLLATE "C"`,
    longText: 'TEXT COLLATE "C"',
  },
  whole: { begin: ['BEGIN'], end: ['COMMIT'] },
  modelId: uuidAsBytes,
  async createTable(queryInterface, table, transaction) {
    const options = transaction === null ? {} : { transaction };
    await queryInterface.createTable(table.name, sequelizeColumns(table), options);
    for (const { name, columns, unique = false } of table.indexes ?? []) {
      await queryInterface.addIndex(table.name, [...columns], { name, unique, ...options });
    }
  },
  async uniqueWhileActive(queryInterface, { table, column, name }, transaction) {
    const options = transaction === null ? {} : { transaction };
    await queryInterface.addIndex(table, [column], { name, unique: true, where: { active: 1 }, ...options });
  },
  indexSql: postgresIndexSql,
  years: postgresYears,
  keyCoveringSql: (table, key, covers) => [
    `ALTER TABLE ${table} DROP CONSTRAINT ${table}_pkey`,
    `ALTER TABLE ${table} ADD CONSTRAINT ${table}_pkey PRIMARY KEY (${key.join(', ')})` +
      (covers.length === 0 ? '' : ` INCLUDE (${covers.join(', ')})`),
  ],
  indexColumns,
  idAt: (column, position) => `CAST(SUBSTR(${column}, ${position}, 36) AS UUID)`,
  idShown: (column) => `CAST(${column} AS TEXT)`,
  idLiteral: (shown) => `'${shown}'`,
};
