import { plainIndexSql, sequelizeColumns } from '../../schema.ts';
import type { SchemaDialect } from '../../schema.ts';

/** The part of Sequelize's query generator that writes tables; its types do not show it. */
interface TableWriter {
  attributesToSQL(attributes: object, options: object): Readonly<Record<string, string>>;
  createTableQuery(table: string, attributes: object, options: object): string;
}

/** The key of a table may have no index of its own, so it is read from the columns. */
const indexColumns =
  "SELECT t.name, '', 1, c.name, 1, '', c.pk AS place FROM sqlite_master t JOIN pragma_table_info(t.name) c" +
  " WHERE t.type = 'table' AND c.pk > 0" +
  ' UNION ALL SELECT t.name, i.name, i."unique", c.name, 1,' +
  " CASE WHEN i.partial = 1 THEN SUBSTR(s.sql, INSTR(UPPER(s.sql), ' WHERE ') + 7) ELSE '' END, c.seqno" +
  ' FROM sqlite_master t JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c' +
  " JOIN sqlite_master s ON s.type = 'index' AND s.name = i.name WHERE t.type = 'table' AND i.origin = 'c'" +
  ' ORDER BY 1, 2, place';

/** SQLite's column types by affinity, and its way of keeping a table in the order of its key. */
export const sqliteSchema: SchemaDialect = {
  types: {
    id: 'BLOB',
    long: 'INTEGER',
    int: 'INTEGER',
    flag: 'INTEGER',
    text: () => 'TEXT',
    longText: 'TEXT',
  },
  whole: { begin: ['BEGIN IMMEDIATE'], end: ['COMMIT'] },
  modelId: (types) => types.BLOB,
  async createTable(queryInterface, table, transaction) {
    const options = transaction === null ? {} : { transaction };
    const writer = queryInterface.queryGenerator as TableWriter;
    const attributes = writer.attributesToSQL(sequelizeColumns(table), { table: table.name, context: 'createTable' });
    const sql = writer.createTableQuery(table.name, attributes, {}).replace(/;?\s*$/, '');
    await queryInterface.sequelize.query(table.clustered === true ? `${sql} WITHOUT ROWID` : sql, options);
    for (const { name, columns, unique = false } of table.indexes ?? []) {
      await queryInterface.addIndex(table.name, [...columns], { name, unique, ...options });
    }
  },
  async uniqueWhileActive(queryInterface, { table, column, name }, transaction) {
    const options = transaction === null ? {} : { transaction };
    await queryInterface.addIndex(table, [column], { name, unique: true, where: { active: 1 }, ...options });
  },
  indexSql: plainIndexSql,
  keyCoveringSql: () => [],
  indexColumns,
  idAt: (column, position) => `UNHEX(REPLACE(SUBSTR(${column}, ${position}, 36), '-', ''))`,
  idShown: (column) => `HEX(${column})`,
  idLiteral: (shown) => `X'${shown}'`,
};
