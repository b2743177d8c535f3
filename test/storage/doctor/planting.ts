import { bytesOf } from './bytesOf.ts';
import { insertSql } from '../../../src/adapters/sequelize/insertSql.ts';
import type { Database } from '../../../src/adapters/sequelize/dialect.ts';
import { inPieces } from '../../../src/adapters/sequelize/keyset.ts';
import { change, rows } from '../../../src/adapters/sequelize/program.ts';
import type { Program, Row, SqlValue } from '../../../src/adapters/sequelize/program.ts';
import { tablesAfter } from '../../../src/adapters/sequelize/tables.ts';

/** The rows of a database beside the engine: to be changed as nobody should, and put back as they were. */
export class Planting {
  readonly database: Database;
  readonly #kept = new Map<string, { readonly columns: readonly string[]; readonly rows: readonly Row[] }>();

  private constructor(database: Database) {
    this.database = database;
  }

  /** Remembers all rows as they are. */
  static async in(database: Database): Promise<Planting> {
    const planting = new Planting(database);
    for (const { name, columns, primaryKey } of await tablesAfter()) {
      const names = columns.map((column) => column.name);
      const select = `SELECT ${names.join(', ')} FROM ${name}`;
      const at = primaryKey.map((column) => names.indexOf(column));
      const all: Row[] = [];
      await database.snapshot(async (_, run) => {
        for await (const piece of inPieces(run, { select, where: '', values: [], key: primaryKey, at }, 7))
          all.push(...piece);
      });
      planting.#kept.set(name, { columns: names, rows: all });
    }
    return planting;
  }

  /** The tables, and how many rows each had. */
  get counts(): ReadonlyMap<string, number> {
    return new Map([...this.#kept].map(([name, kept]) => [name, kept.rows.length]));
  }

  /** Changes rows; ids may be given as text. */
  run(sql: string, values: readonly SqlValue[] = []): Promise<number> {
    return this.#write(sql, values.map(bytesOf));
  }

  rows(sql: string, values: readonly SqlValue[] = []): Promise<readonly Row[]> {
    return this.database.read(() => rows(sql, values.map(bytesOf)));
  }

  /** Writes rows once more, with some columns changed. */
  async copy(table: string, where: string, values: readonly SqlValue[], changes: Readonly<Record<string, SqlValue>>) {
    const columns = this.#kept.get(table)?.columns ?? [];
    for (const row of await this.rows(`SELECT ${columns.join(', ')} FROM ${table} ${where}`, values))
      await this.#write(
        insertSql(table, columns, 1),
        columns.map((column, index) => bytesOf(changes[column] ?? null) ?? row[index] ?? null),
      );
  }

  /** A statement that changes the schema. */
  async alter(sql: string): Promise<void> {
    await this.database.sequelize.query(sql);
  }

  /** Puts the tables back as they were. */
  async restore(tables: readonly string[]): Promise<void> {
    const kept = tables.map((table) => [table, this.#kept.get(table)] as const);
    function* all(): Program<void> {
      for (const [table, { columns = [], rows: known = [] } = {}] of kept) {
        yield* change(`DELETE FROM ${table}`, []);
        const sql = insertSql(table, columns, 1);
        for (const row of known) yield* change(sql, row);
      }
    }
    await this.database.write(all, () => true);
  }

  #write(sql: string, values: readonly SqlValue[] = []): Promise<number> {
    return this.database.write(
      () => change(sql, values),
      () => true,
    );
  }
}
