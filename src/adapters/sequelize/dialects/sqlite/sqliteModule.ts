import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { SqliteConnection } from './connection.ts';
import { sqliteCode } from './faults.ts';

/** What Sequelize passes as the values of a statement. */
type Values = readonly unknown[] | Readonly<Record<string, unknown>> | undefined;
type Done = (this: unknown, error: Error | null, rows?: unknown) => void;

/** Sequelize recognises the context of its callbacks by this class's name. */
class Statement {
  readonly lastID: number;
  readonly changes: number;

  constructor(lastID: number, changes: number) {
    this.lastID = lastID;
    this.changes = changes;
  }
}

const bindable = (value: unknown): SQLInputValue => {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return value.toISOString();
  return value as SQLInputValue;
};

const named = (values: Readonly<Record<string, unknown>>): Record<string, SQLInputValue> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, bindable(value)]));

/** Sequelize tells faults apart by the codes of another driver; its texts begin with them. */
function asSequelizeExpects(error: unknown): Error {
  const told = error instanceof Error ? error : new Error(String(error));
  const code = (sqliteCode(error) ?? 0) & 255;
  const name = code === 19 ? 'SQLITE_CONSTRAINT' : code === 5 ? 'SQLITE_BUSY' : 'SQLITE_ERROR';
  return Object.assign(told, { code: name });
}

/** A connection in the shape that Sequelize's SQLite dialect drives. */
export class Database {
  readonly filename: string;
  readonly connection: SqliteConnection;
  /** Set by Sequelize; a connection that has one is closed when it is released. */
  uuid: string | undefined;
  readonly #native: DatabaseSync;

  constructor(filename: string, native: DatabaseSync) {
    this.filename = filename;
    this.#native = native;
    this.connection = new SqliteConnection(native);
  }

  /** Runs what comes next in order; statements here end before they return, so there is nothing to wait for. */
  serialize(work: () => unknown): void {
    work();
  }

  run(sql: string, values?: Values, done?: Done): void {
    this.#finish(done, () => {
      const statement = this.#native.prepare(sql);
      const result = Array.isArray(values)
        ? statement.run(...values.map(bindable))
        : statement.run(named((values ?? {}) as Readonly<Record<string, unknown>>));
      return { context: new Statement(Number(result.lastInsertRowid), Number(result.changes)), rows: undefined };
    });
  }

  all(sql: string, valuesOrDone?: Values | Done, done?: Done): void {
    const values = typeof valuesOrDone === 'function' ? [] : valuesOrDone;
    this.#finish(typeof valuesOrDone === 'function' ? valuesOrDone : done, () => {
      const statement = this.#native.prepare(sql);
      const rows = Array.isArray(values)
        ? statement.all(...values.map(bindable))
        : statement.all(named((values ?? {}) as Readonly<Record<string, unknown>>));
      return { context: new Statement(0, 0), rows };
    });
  }

  exec(sql: string, done?: Done): void {
    this.#finish(done, () => {
      this.#native.exec(sql);
      return { context: new Statement(0, 0), rows: undefined };
    });
  }

  close(done?: Done): void {
    this.#finish(done, () => {
      if (this.#native.isOpen) this.#native.close();
      return { context: new Statement(0, 0), rows: undefined };
    });
  }

  #finish(done: Done | undefined, work: () => { readonly context: Statement; readonly rows: unknown }): void {
    let error: Error | null = null;
    let outcome: { readonly context: Statement; readonly rows: unknown } = {
      context: new Statement(0, 0),
      rows: undefined,
    };
    try {
      outcome = work();
    } catch (thrown) {
      error = asSequelizeExpects(thrown);
    }
    done?.call(outcome.context, error, outcome.rows);
  }
}

/** The part of the `sqlite3` package that Sequelize asks of a `dialectModule`. */
export interface SqliteModule {
  readonly OPEN_READWRITE: number;
  readonly OPEN_CREATE: number;
  readonly Database: new (filename: string, mode: number, opened: (error: Error | null) => void) => Database;
}

/**
 * Node's own SQLite in the shape of the package that Sequelize expects, so that nothing needs to be compiled.
 * @param connect - opens a connection and sets what every connection needs
 */
export function sqliteModule(connect: (filename: string) => DatabaseSync): SqliteModule {
  return {
    OPEN_READWRITE: 2,
    OPEN_CREATE: 4,
    Database: class extends Database {
      constructor(filename: string, _mode: number, opened: (error: Error | null) => void) {
        super(filename, connect(filename));
        // Sequelize reads its own field in the callback, which is set only after this constructor.
        queueMicrotask(() => opened(null));
      }
    },
  };
}
