import type { DataTypes, ModelAttributes, QueryInterface, Transaction } from 'sequelize';

/** The types of columns, as each dialect writes them. */
export interface ColumnTypes {
  /** A UUID as 16 bytes. */
  readonly id: string;
  /** Epoch milliseconds and other integers beyond 32 bits. */
  readonly long: string;
  readonly int: string;
  readonly flag: string;
  /** Text of at most so many characters, compared byte by byte. */
  text(length: number): string;
  /** Text without a useful limit. */
  readonly longText: string;
}

/** An index beside the primary key. */
export interface IndexSpec {
  readonly name: string;
  readonly columns: readonly string[];
  readonly unique?: boolean;
  /** Columns that are read from the index, and neither searched nor sorted by. */
  readonly covers?: readonly string[];
}

/** A table as a migration describes it, for every dialect. */
export interface TableSpec {
  readonly name: string;
  /** Type, or type and the word `null` where the column may be empty. */
  readonly columns: Readonly<Record<string, string | { readonly type: string; readonly nullable: true }>>;
  readonly primaryKey: readonly string[];
  /** Rows are small and always found by the key: keep them in its order where the dialect lets one choose. */
  readonly clustered?: boolean;
  readonly indexes?: readonly IndexSpec[];
}

/** A unique index over a column of the rows whose `active` is 1. */
export interface ActiveIndexSpec {
  readonly name: string;
  readonly table: string;
  readonly column: string;
  /** Of the column. */
  readonly type: string;
}

/** A table whose rows are kept apart by the year of their ids: UUIDv7 begins with the moment at which it was made. */
export interface YearTable {
  readonly name: string;
  readonly primaryKey: readonly string[];
  /** All indexes beside the key. */
  readonly indexes: readonly IndexSpec[];
}

/** How a dialect keeps years apart. */
export interface YearDialect {
  /** Statements that split a table: what is earlier than a year, each year up to another one, and whatever is later. */
  split(table: YearTable, firstYear: number, lastYear: number): readonly string[];
  /** Statements that put it together again. */
  join(table: YearTable): readonly string[];
  /** Selects the parts of a table with their `name` and about how many rows they have as `estimate`, in their order. */
  list(table: string): string;
  /** Statements that give a year a part of its own, which takes over rows that are there already. */
  add(table: string, year: number): readonly string[];
}

/** What dialects do differently in a schema. */
export interface SchemaDialect {
  readonly types: ColumnTypes;
  /** What stands around a migration in a script, where a schema can be rolled back. */
  readonly whole?: { readonly begin: readonly string[]; readonly end: readonly string[] };
  /** Where procedures spare round trips: how their texts are compared, and whether an error says that the user may not make any. */
  readonly procedures?: { readonly collation: string; isForbidden(error: unknown): boolean };
  /** How models take and give an id: as 16 bytes. */
  modelId(types: typeof DataTypes): ModelAttributes[string];
  createTable(queryInterface: QueryInterface, table: TableSpec, transaction: Transaction | null): Promise<void>;
  /** Makes the column unique among rows whose `active` is 1. */
  uniqueWhileActive(
    queryInterface: QueryInterface,
    index: ActiveIndexSpec,
    transaction: Transaction | null,
  ): Promise<void>;
  /** The statement that makes an index, with the columns it covers where the dialect has a place for them. */
  indexSql(table: string, index: IndexSpec): string;
  /** Statements that make a primary key carry columns that are only read; none where it carries the whole row anyway. */
  keyCoveringSql(table: string, key: readonly string[], covers: readonly string[]): readonly string[];
  /**
   * Selects what indexes there are, a column of one a row: the table, the index (empty: the primary key), whether it is
   * unique (1 or 0), the column, whether it is one of those that it is searched by (1 or 0), and the condition of the rows
   * that are in it (empty: all). Columns stand in their order; an index that is not in use is left out.
   */
  readonly indexColumns: string;
  /** The id whose canonical text stands in a column from that character on, the first being 1. */
  idAt(column: string, position: number): string;
  /** How years are kept apart; undefined: in one table. */
  readonly years?: YearDialect;
  /** A column of ids as text, in the form that {@link SchemaDialect.idLiteral} takes. */
  idShown(column: string): string;
  /** An id as a literal. */
  idLiteral(shown: string): string;
}

/** An index whose covered columns stand behind the others, for dialects that know no other place for them. */
export const plainIndexSql = (table: string, { name, columns, covers = [], unique = false }: IndexSpec): string =>
  `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${name} ON ${table} (${[...columns, ...covers].join(', ')})`;

/** A column that a later migration adds. Rows that are there get nothing in it, so it may hold nothing. */
export interface AddedColumnSpec {
  readonly table: string;
  readonly name: string;
  readonly type: string;
}

/** What a migration works with. */
export interface SchemaEditor extends Pick<SchemaDialect, 'types' | 'idAt' | 'idShown' | 'idLiteral'> {
  readonly queryInterface: QueryInterface;
  /** Null where the dialect commits each change of the schema by itself. */
  readonly transaction: Transaction | null;
  createTable(table: TableSpec): Promise<void>;
  uniqueWhileActive(index: ActiveIndexSpec): Promise<void>;
  addColumn(column: AddedColumnSpec): Promise<void>;
  dropColumn(column: Pick<AddedColumnSpec, 'table' | 'name'>): Promise<void>;
  /** Makes a procedure where the dialect needs and the user may make one: everything can be done without it. */
  addProcedure(sql: (collation: string) => string): Promise<void>;
  dropProcedure(name: string): Promise<void>;
  addIndex(table: string, index: IndexSpec): Promise<void>;
  /** Lets the primary key answer reads of these columns alone; of none: no longer. */
  coverByKey(table: string, key: readonly string[], covers: readonly string[]): Promise<void>;
  /** Runs a statement on the rows that are there; answers what it selects. */
  query(sql: string, replacements?: Readonly<Record<string, unknown>>): Promise<readonly Record<string, unknown>[]>;
  dropIndex(table: string, index: Pick<IndexSpec, 'name'>): Promise<void>;
  dropTables(names: readonly string[]): Promise<void>;
  /** Keeps the years of a table apart where the dialect can. */
  splitByYear(table: YearTable, firstYear: number, lastYear: number): Promise<void>;
  joinYears(table: YearTable): Promise<void>;
  /**
   * Works on the rows that a table has. A script of statements cannot, so whatever reads rows, or writes to them what only
   * the program can tell, belongs in here. It may be run again after an interruption, and must bring about the same.
   */
  fill(table: string, work: () => Promise<void>): Promise<void>;
}

/** Makes the editor that migrations get. */
export function schemaEditor(
  dialect: SchemaDialect,
  queryInterface: QueryInterface,
  transaction: Transaction | null,
): SchemaEditor {
  const options = transaction === null ? {} : { transaction };
  return {
    types: dialect.types,
    idAt: dialect.idAt,
    idShown: dialect.idShown,
    idLiteral: dialect.idLiteral,
    queryInterface,
    transaction,
    createTable: (table) => dialect.createTable(queryInterface, table, transaction),
    uniqueWhileActive: (index) => dialect.uniqueWhileActive(queryInterface, index, transaction),
    addColumn: async ({ table, name, type }) => {
      await queryInterface.sequelize.query(`ALTER TABLE ${table} ADD COLUMN ${name} ${type} NULL`, options);
    },
    addProcedure: (sql) => procedure(dialect, queryInterface, sql),
    dropProcedure: (name) => procedure(dialect, queryInterface, () => `DROP PROCEDURE IF EXISTS ${name}`),
    // Sequelize would copy the whole table on SQLite, and lose its indexes.
    dropColumn: async ({ table, name }) => {
      await queryInterface.sequelize.query(`ALTER TABLE ${table} DROP COLUMN ${name}`, options);
    },
    addIndex: async (table, index) => {
      await queryInterface.sequelize.query(dialect.indexSql(table, index), options);
    },
    coverByKey: async (table, key, covers) => {
      for (const sql of dialect.keyCoveringSql(table, key, covers)) await queryInterface.sequelize.query(sql, options);
    },
    query: async (sql, replacements) => {
      const [found] = await queryInterface.sequelize.query(sql, { ...options, ...(replacements && { replacements }) });
      return Array.isArray(found) ? (found as Record<string, unknown>[]) : [];
    },
    dropIndex: async (table, { name }) => {
      await queryInterface.removeIndex(table, name, options);
    },
    dropTables: async (names) => {
      for (const name of names) await queryInterface.dropTable(name, options);
    },
    splitByYear: async (table, firstYear, lastYear) => {
      for (const sql of dialect.years?.split(table, firstYear, lastYear) ?? [])
        await queryInterface.sequelize.query(sql, options);
    },
    joinYears: async (table) => {
      for (const sql of dialect.years?.join(table) ?? []) await queryInterface.sequelize.query(sql, options);
    },
    fill: (_, work) => work(),
  };
}

async function procedure(
  { procedures }: SchemaDialect,
  { sequelize }: QueryInterface,
  sql: (collation: string) => string,
): Promise<void> {
  if (procedures === undefined) return;
  try {
    await sequelize.query(sql(procedures.collation));
  } catch (error) {
    if (!procedures.isForbidden(error)) throw error;
  }
}

/** The columns in the form that Sequelize's `createTable` reads, for dialects to share. */
export function sequelizeColumns(
  table: TableSpec,
): Record<string, { type: string; allowNull: boolean; primaryKey?: boolean }> {
  const columns: Record<string, { type: string; allowNull: boolean; primaryKey?: boolean }> = {};
  // Sequelize takes the order of a compound key from the order of the columns.
  const ordered = [
    ...table.primaryKey,
    ...Object.keys(table.columns).filter((name) => !table.primaryKey.includes(name)),
  ];
  for (const name of ordered) {
    const column = table.columns[name];
    if (column === undefined) throw new TypeError(`${table.name} has no column ${name}`);
    const key = table.primaryKey.includes(name) ? { primaryKey: true } : {};
    columns[name] =
      typeof column === 'string'
        ? { type: column, allowNull: false, ...key }
        : { type: column.type, allowNull: true, ...key };
  }
  return columns;
}
