import { migrations } from './migrations/list.ts';
import type { ColumnTypes, IndexSpec, SchemaEditor, TableSpec } from './schema.ts';

/** What a column holds, the same in every dialect. */
export type ColumnKind = 'id' | 'long' | 'int' | 'flag' | 'text';

/** A column of a table. */
export interface TableColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** An index that a table must have. */
export interface TableIndex extends IndexSpec {
  /** Only of rows whose `active` is 1. */
  readonly whileActive?: boolean;
}

/** A table with the columns that are written; those that a dialect computes by itself are not among them. */
export interface Table {
  readonly name: string;
  readonly columns: readonly TableColumn[];
  readonly primaryKey: readonly string[];
  /** What the primary key carries to be read alone, where it does not carry the whole row anyway. */
  readonly keyCovers: readonly string[];
  readonly indexes: readonly TableIndex[];
}

/** Types that tell what a column holds instead of how a dialect writes it. */
const kinds: ColumnTypes = { id: 'id', long: 'long', int: 'int', flag: 'flag', text: () => 'text', longText: 'text' };

const columnOf = (name: string, type: string): TableColumn => ({ name, kind: type as ColumnKind });

const tableOf = ({ name, columns, primaryKey, indexes = [] }: TableSpec): Table => ({
  name,
  columns: Object.entries(columns).map(([column, type]) =>
    columnOf(column, typeof type === 'string' ? type : type.type),
  ),
  primaryKey,
  keyCovers: [],
  indexes,
});

const nothing = (): Promise<void> => Promise.resolve();

/**
 * The tables of companies' data as the first so many migrations leave them: read from the migrations themselves, so that
 * none is forgotten.
 */
export async function tablesAfter(count: number = migrations.length): Promise<readonly Table[]> {
  const tables = new Map<string, Table>();
  const change = (name: string, changed: (table: Table) => Partial<Table>): Promise<void> => {
    const table = tables.get(name);
    if (table !== undefined) tables.set(name, { ...table, ...changed(table) });
    return nothing();
  };
  const addIndex = (name: string, index: TableIndex): Promise<void> =>
    change(name, ({ indexes }) => ({ indexes: [...indexes, index] }));
  const recorder: Omit<SchemaEditor, 'queryInterface'> = {
    types: kinds,
    transaction: null,
    createTable(spec) {
      tables.set(spec.name, tableOf(spec));
      return nothing();
    },
    uniqueWhileActive: ({ table, name, column }) =>
      addIndex(table, { name, columns: [column], unique: true, whileActive: true }),
    addColumn: ({ table, name, type }) =>
      change(table, ({ columns }) => ({ columns: [...columns, columnOf(name, type)] })),
    dropColumn: ({ table, name }) =>
      change(table, ({ columns }) => ({ columns: columns.filter((column) => column.name !== name) })),
    addProcedure: nothing,
    dropProcedure: nothing,
    addIndex,
    dropIndex: (table, { name }) =>
      change(table, ({ indexes }) => ({ indexes: indexes.filter((index) => index.name !== name) })),
    fill: nothing,
    coverByKey: (table, _, keyCovers) => change(table, () => ({ keyCovers })),
    splitByYear: nothing,
    joinYears: nothing,
    query: () => Promise.resolve([]),
    idAt: () => '',
    idShown: () => '',
    idLiteral: () => '',
    dropTables(names) {
      for (const name of names) tables.delete(name);
      return nothing();
    },
  };
  for (const { up } of migrations.slice(0, count)) await up(recorder as SchemaEditor);
  return [...tables.values()];
}
