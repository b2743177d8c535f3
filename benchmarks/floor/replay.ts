import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Recorded, Value } from '../engine/recorder.ts';

/** The version of the library that the floor and the product share. */
export const sqliteVersion = (): string => {
  const memory = new DatabaseSync(':memory:');
  const { version } = memory.prepare('SELECT sqlite_version() AS version').get() as { readonly version: string };
  memory.close();
  return version;
};

interface Step {
  readonly statement: StatementSync;
  readonly values: Value[];
  readonly rows: boolean;
}

/** Recorded statements made ready to be run again. */
export type Replay = readonly Step[];

/** Runs recorded statements on bare connections: as many as the product had, with its settings, everything prepared. */
export class ReplayFloor {
  readonly #connections = new Map<number, DatabaseSync>();
  readonly #statements = new Map<string, StatementSync>();
  readonly #file: string;
  readonly #synchronous: 'FULL' | 'NORMAL';

  constructor(file: string, synchronous: 'FULL' | 'NORMAL') {
    this.#file = file;
    this.#synchronous = synchronous;
  }

  prepare(recording: readonly Recorded[]): Replay {
    return recording.map(({ connection, sql, values, rows }) => ({
      statement: this.#statement(connection, sql),
      values: [...values],
      rows,
    }));
  }

  /** Runs all of it; answers the rows that the reading statements gave. */
  run(replay: Replay): unknown[] {
    const answers: unknown[] = [];
    for (const { statement, values, rows } of replay) {
      if (rows) answers.push(statement.all(...values));
      else statement.run(...values);
    }
    return answers;
  }

  close(): void {
    for (const connection of this.#connections.values()) connection.close();
  }

  #statement(connection: number, sql: string): StatementSync {
    const key = `${connection} ${sql}`;
    let statement = this.#statements.get(key);
    if (statement === undefined) {
      statement = this.#connection(connection).prepare(sql);
      statement.setReturnArrays(true);
      this.#statements.set(key, statement);
    }
    return statement;
  }

  #connection(number: number): DatabaseSync {
    let connection = this.#connections.get(number);
    if (connection === undefined) {
      connection = new DatabaseSync(this.#file, { enableForeignKeyConstraints: false });
      connection.exec(
        `PRAGMA synchronous = ${this.#synchronous}; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384`,
      );
      this.#connections.set(number, connection);
    }
    return connection;
  }
}
