import type { Connection } from 'mysql2';
import type { Sequelize, Transaction } from 'sequelize';
import { EngineError } from '../../../../adapter.ts';
import type { Database, UnitOfWork } from '../../dialect.ts';
import { borrow, discard, giveBack, transactionOn } from '../../lend.ts';
import { rows, runLater } from '../../program.ts';
import type { Program } from '../../program.ts';
import { isUniqueConstraintError } from '../../uniqueError.ts';
import { ServerClock } from './clock.ts';
import { answer, control } from './connection.ts';
import { asksForRepetition, isConnectionLost, mariadbFault } from './faults.ts';
import { withMigrationLease } from './migrationLease.ts';
import type { MariadbSettings } from './options.ts';
import { mariadbSchema } from './schema.ts';
import { mariadbSql } from './sql.ts';

/** How long a process waits for another one's migrations. */
const migrationWaitMs = 300_000;

/** The connection was lost while the commit was under way. */
class CommitLost extends Error {
  override readonly name = 'CommitLost';
}

function* serverTime(): Program<number> {
  const [row] = yield* rows('SELECT CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)', []);
  return Number(row?.[0]);
}

const jitter = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(5 * 2 ** attempt, 200)));

/** An opened MariaDB server: every transaction borrows a connection of Sequelize's pool and is run again as a whole. */
export class MariadbDatabase implements Database {
  readonly sql = mariadbSql;
  readonly schema = mariadbSchema;
  readonly sequelize: Sequelize;
  readonly #library: typeof import('sequelize');
  readonly #settings: MariadbSettings;
  readonly #nowMs: (() => number) | undefined;
  readonly #clock = new ServerClock();

  constructor(
    library: typeof import('sequelize'),
    sequelize: Sequelize,
    settings: MariadbSettings,
    nowMs: (() => number) | undefined,
  ) {
    this.#library = library;
    this.sequelize = sequelize;
    this.#settings = settings;
    this.#nowMs = nowMs;
  }

  async now(): Promise<number> {
    if (this.#nowMs !== undefined) return this.#nowMs();
    return this.#guarded(() => this.#lent((connection) => this.#clock.refresh(() => this.#ask(connection))));
  }

  read<T>(program: (nowMs: number) => Program<T>): Promise<T> {
    return this.#guarded(() =>
      this.#repeated(() =>
        this.#lent(async (connection) =>
          runLater(program(await this.#time(connection)), (step) => answer(connection, step)),
        ),
      ),
    );
  }

  write<T>(
    program: (nowMs: number) => Program<T>,
    keeps: (result: T) => boolean,
    readBack?: () => Program<T | 'absent' | undefined>,
  ): Promise<T> {
    const work = async (connection: Connection): Promise<T> =>
      runLater(program(await this.#time(connection)), (step) => answer(connection, step));
    return this.#guarded(() => this.#repeated(() => this.#committed(work, keeps, readBack)));
  }

  transact<T>(work: (unit: UnitOfWork) => Promise<T>, keeps: (result: T) => boolean = () => true): Promise<T> {
    const inUnit = async (connection: Connection): Promise<T> =>
      work({
        transaction: transactionOn(this.#library, this.sequelize, connection),
        nowMs: await this.#time(connection),
        run: (program) => runLater(program, (step) => answer(connection, step)),
      });
    return this.#guarded(() => this.#repeated(() => this.#committed(inUnit, keeps, undefined)));
  }

  snapshot<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const read = (connection: Connection): Promise<T> =>
      this.#within(connection, async () => {
        await control(connection, 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
        await control(connection, 'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
        const result = await work(transactionOn(this.#library, this.sequelize, connection));
        await control(connection, 'COMMIT');
        return result;
      });
    return this.#guarded(() => this.#repeated(() => this.#lent(read)));
  }

  migrate<T>(work: (transaction: null) => Promise<T>): Promise<T> {
    return this.#guarded(() =>
      withMigrationLease(this.sequelize, this.#settings.name, migrationWaitMs, () => work(null)),
    );
  }

  async close(): Promise<void> {
    await this.sequelize.close();
  }

  #ask(connection: Connection): Promise<number> {
    return runLater(serverTime(), (step) => answer(connection, step));
  }

  async #time(connection: Connection): Promise<number> {
    return this.#nowMs === undefined ? this.#clock.now(() => this.#ask(connection)) : this.#nowMs();
  }

  /** One attempt at a transaction, and what came of it where the commit's answer was lost. */
  async #committed<T>(
    work: (connection: Connection) => Promise<T>,
    keeps: (result: T) => boolean,
    readBack: (() => Program<T | 'absent' | undefined>) | undefined,
  ): Promise<T> {
    try {
      return await this.#lent((connection) =>
        this.#within(connection, async () => {
          await control(connection, 'START TRANSACTION');
          const result = await work(connection);
          if (!keeps(result)) await control(connection, 'ROLLBACK');
          else await commit(connection);
          return result;
        }),
      );
    } catch (error) {
      if (!(error instanceof CommitLost)) throw error;
      const known = readBack === undefined ? undefined : await this.#readBack(readBack, error);
      if (known === undefined) throw this.#unknown(error);
      // Nothing was committed, and the server has ended the transaction: the loop around this runs it again.
      if (known === 'absent') throw error.cause;
      return known;
    }
  }

  async #readBack<T>(
    readBack: () => Program<T | 'absent' | undefined>,
    lost: CommitLost,
  ): Promise<T | 'absent' | undefined> {
    try {
      return await this.#repeated(() =>
        this.#lent((connection) => runLater(readBack(), (step) => answer(connection, step))),
      );
    } catch (error) {
      throw this.#unknown(new AggregateError([lost, error], 'commit lost, and not read back'));
    }
  }

  #unknown(cause: unknown): EngineError {
    return new EngineError('STORAGE_OUTCOME_UNKNOWN', `${this.#settings.name} closed the connection.`, cause);
  }

  /** Rolls back what a failed step left open. */
  async #within<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!isConnectionLost(error) && !(error instanceof CommitLost)) await control(connection, 'ROLLBACK');
      throw error;
    }
  }

  /** Lends a connection; one that was lost leaves the pool. */
  async #lent<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await borrow<Connection>(this.sequelize, 'askpro');
    let sound = true;
    try {
      return await work(connection);
    } catch (error) {
      sound = !isConnectionLost(error) && !(error instanceof CommitLost);
      throw error;
    } finally {
      if (sound) giveBack(this.sequelize, connection);
      else await discard(this.sequelize, connection).catch(() => undefined);
    }
  }

  /** Runs work again while the server asks for that, or while connections that had gone away are being replaced. */
  async #repeated<T>(work: () => Promise<T>): Promise<T> {
    const sinceMs = performance.now();
    for (let attempt = 0; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        const again = asksForRepetition(error) || isConnectionLost(error);
        if (!again || performance.now() - sinceMs >= this.#settings.busyLimitMs) throw error;
      }
      await jitter(attempt);
    }
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw isUniqueConstraintError(error) ? error : mariadbFault(error, this.#settings.name);
    }
  }
}

async function commit(connection: Connection): Promise<void> {
  try {
    await control(connection, 'COMMIT');
  } catch (error) {
    throw isConnectionLost(error) ? new CommitLost('the commit was not answered', { cause: error }) : error;
  }
}
