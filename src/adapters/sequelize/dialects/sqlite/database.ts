import type { Sequelize, Transaction } from 'sequelize';
import type { Database, RunProgram, UnitOfWork } from '../../dialect.ts';
import { borrow, giveBack, transactionOn } from '../../lend.ts';
import { runNow } from '../../program.ts';
import type { MigrationTurn } from '../../migrationTurn.ts';
import type { Program } from '../../program.ts';
import { isUniqueConstraintError } from '../../uniqueError.ts';
import { isBusy, sqliteFault } from './faults.ts';
import { isInMemory } from './open.ts';
import type { SqliteSettings } from './options.ts';
import { patiently } from './patience.ts';
import { sqliteSchema } from './schema.ts';
import { sqliteSql } from './sql.ts';
import type { Database as SequelizeConnection } from './sqliteModule.ts';
import { SqliteWriter } from './writer.ts';

/** Bookings that share one commit; more would make the first of them wait noticeably. */
const groupLimit = 64;

/** Lends connections to one user at a time each. */
class Readers {
  readonly #free: SequelizeConnection[];
  readonly #waiting: ((connection: SequelizeConnection) => void)[] = [];

  constructor(connections: readonly SequelizeConnection[]) {
    this.#free = [...connections];
  }

  take(): Promise<SequelizeConnection> {
    const free = this.#free.pop();
    return free === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(free);
  }

  give(connection: SequelizeConnection): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(connection);
    else next(connection);
  }
}

/** An opened SQLite file: one connection writes, one answers the hot reads, a few serve snapshots. */
export class SqliteDatabase implements Database {
  readonly sql = sqliteSql;
  readonly schema = sqliteSchema;
  readonly sequelize: Sequelize;
  readonly #library: typeof import('sequelize');
  readonly #settings: SqliteSettings;
  readonly #nowMs: () => number;
  readonly #writing: SequelizeConnection;
  readonly #reading: SequelizeConnection;
  readonly #readers: Readers;
  readonly #connections: readonly SequelizeConnection[];
  readonly #writer: SqliteWriter;

  private constructor(
    library: typeof import('sequelize'),
    sequelize: Sequelize,
    settings: SqliteSettings,
    nowMs: () => number,
    connections: readonly [SequelizeConnection, SequelizeConnection, ...SequelizeConnection[]],
  ) {
    this.#library = library;
    this.sequelize = sequelize;
    this.#settings = settings;
    this.#nowMs = nowMs;
    this.#connections = connections;
    [this.#writing, this.#reading] = connections;
    this.#readers = new Readers(connections.slice(2));
    this.#writer = new SqliteWriter(this.#writing.connection, { busyLimitMs: settings.busyLimitMs, groupLimit });
  }

  /** Borrows all connections, once for the whole life of the database. */
  static async open(
    library: typeof import('sequelize'),
    sequelize: Sequelize,
    settings: SqliteSettings,
    nowMs: () => number,
  ): Promise<SqliteDatabase> {
    const lend = async (name: string): Promise<SequelizeConnection> => {
      const uuid = `askpro-${name}`;
      const connection = await patiently(() => borrow<SequelizeConnection>(sequelize, uuid), settings.busyLimitMs);
      // Sequelize closes a connection that is given back only when it carries its name.
      return Object.assign(connection, { uuid });
    };
    const writing = await lend('writer');
    const reading = await lend('reader');
    const others: SequelizeConnection[] = [];
    for (let index = 0; index < settings.readers; index++) others.push(await lend(`snapshot-${index}`));
    return new SqliteDatabase(library, sequelize, settings, nowMs, [writing, reading, ...others]);
  }

  /** The process and its file share one clock, so the process's time is the database's. */
  now(): Promise<number> {
    return Promise.resolve(this.#nowMs());
  }

  async read<T>(program: (nowMs: number) => Program<T>): Promise<T> {
    // A database in memory has one connection, which may be in the middle of somebody's transaction.
    if (isInMemory(this.#settings.file)) return this.write(program, () => true);
    try {
      return runNow(program(this.#nowMs()), this.#reading.connection.answer);
    } catch (error) {
      if (!isBusy(error)) throw this.#fault(error);
    }
    try {
      const { busyLimitMs } = this.#settings;
      return await patiently(() => runNow(program(this.#nowMs()), this.#reading.connection.answer), busyLimitMs);
    } catch (error) {
      throw this.#fault(error);
    }
  }

  async write<T>(program: (nowMs: number) => Program<T>, keeps: (result: T) => boolean): Promise<T> {
    try {
      return await this.#writer.submit(() => program(this.#nowMs()), keeps);
    } catch (error) {
      throw this.#fault(error);
    }
  }

  async transact<T>(work: (unit: UnitOfWork) => Promise<T>, keeps: (result: T) => boolean = () => true): Promise<T> {
    try {
      return await this.#writer.alone(() => work(this.#unit()), keeps);
    } catch (error) {
      throw this.#fault(error);
    }
  }

  async snapshot<T>(work: (transaction: Transaction, run: RunProgram) => Promise<T>): Promise<T> {
    if (isInMemory(this.#settings.file)) return this.transact(({ transaction, run }) => work(transaction, run));
    const reader = await this.#readers.take();
    // Nothing below waits for anything outside this thread: one who reads in a loop would let nobody else have a turn.
    await new Promise<void>((resolve) => setImmediate(resolve));
    try {
      return await patiently(async () => {
        if (reader.connection.inTransaction) reader.connection.control('ROLLBACK');
        reader.connection.control('BEGIN');
        return work(transactionOn(this.#library, this.sequelize, reader), async (program) =>
          runNow(program, reader.connection.answer),
        );
      }, this.#settings.busyLimitMs);
    } catch (error) {
      throw this.#fault(error);
    } finally {
      if (reader.connection.inTransaction) reader.connection.control('ROLLBACK');
      this.#readers.give(reader);
    }
  }

  /** One transaction over all: it is the lock as well, which ends with its process. */
  migrate<T>(work: (turn: MigrationTurn) => Promise<T>): Promise<T> {
    return this.transact(({ transaction }) => {
      const step = { transaction, hold: () => Promise.resolve(), wasDone: () => false };
      return work({ step: (_, body) => body(step) });
    });
  }

  async close(): Promise<void> {
    await this.#writer.drained();
    if (!isInMemory(this.#settings.file)) {
      for (const connection of this.#connections) giveBack(this.sequelize, connection);
    }
    await this.sequelize.close();
  }

  #unit(): UnitOfWork {
    return {
      transaction: transactionOn(this.#library, this.sequelize, this.#writing),
      nowMs: this.#nowMs(),
      run: async <T>(program: Program<T>) => runNow(program, this.#writing.connection.answer),
    };
  }

  #fault(error: unknown): unknown {
    return isUniqueConstraintError(error) ? error : sqliteFault(error, this.#settings.file);
  }
}
