import { sequelizeColumns } from '../../schema.ts';
import type { SchemaDialect } from '../../schema.ts';
import { postgresIndexSql } from './indexSql.ts';
import { uuidAsBytes } from './uuidAsBytes.ts';
import { postgresYears } from './years.ts';

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
  idAt: (column, position) => `CAST(SUBSTR(${column}, ${position}, 36) AS UUID)`,
  idShown: (column) => `CAST(${column} AS TEXT)`,
  idLiteral: (shown) => `'${shown}'`,
};
