import type { Sequelize, Transaction } from 'sequelize';
import { EngineError } from '../../../../adapter.ts';
import type { CompanyId } from '../../../../adapter.ts';
import type { AtOnce, Database, RunProgram, SqlDialect, UnitOfWork } from '../../dialect.ts';
import { transactionOn } from '../../lend.ts';
import type { MigrationPace, MigrationTurn } from '../../migrationTurn.ts';
import { runLater, type Program, type Step } from '../../program.ts';
import type { SchemaDialect } from '../../schema.ts';
import { isUniqueConstraintError } from '../../uniqueError.ts';
import { ServerClock, serverTime } from './clock.ts';
import { Lending } from './lending.ts';
import { CommitLost, orLost } from './lostCommit.ts';
import type { Doubt } from './lostCommit.ts';
import { MigrationLease } from './migrationLease.ts';
import { serverTurn } from './serverTurn.ts';
import type { ServerSettings } from './options.ts';
import type { ReplicaReads } from './replicas/replicaReads.ts';
import type { ServerCopy } from './replicas/serverCopy.ts';
import { Transactions } from './transactions.ts';
import type { Wire } from './wire.ts';

/** An opened server: every transaction borrows a connection of Sequelize's pool and is run again as a whole. */
export class ServerDatabase<Connection extends object> implements Database {
  readonly sql: SqlDialect;
  readonly schema: SchemaDialect;
  readonly sequelize: Sequelize;
  readonly #wire: Wire<Connection>;
  readonly #library: typeof import('sequelize');
  readonly #settings: ServerSettings;
  readonly #nowMs: (() => number) | undefined;
  readonly #clock = new ServerClock();
  readonly #lending: Lending<Connection>;
  readonly #transactions: Transactions<Connection>;
  #replicas: ReplicaReads<ServerCopy<Connection>> | undefined;
  /** False once the server has said that it lacks what this takes. */
  #hasAtOnce: boolean;

  constructor(
    library: typeof import('sequelize'),
    sequelize: Sequelize,
    wire: Wire<Connection>,
    settings: ServerSettings,
    nowMs: (() => number) | undefined,
  ) {
    this.sql = wire.sql;
    this.schema = wire.schema;
    this.#wire = wire;
    this.#library = library;
    this.sequelize = sequelize;
    this.#settings = settings;
    this.#nowMs = nowMs;
    this.#hasAtOnce = settings.oneRoundTrip;
    this.#lending = new Lending(sequelize, wire, settings.busyLimitMs, wire.lockWaitMs(settings.busyLimitMs));
    this.#transactions = new Transactions(wire, this.#lending);
  }

  async now(): Promise<number> {
    if (this.#nowMs !== undefined) return this.#nowMs();
    return this.#guarded(() =>
      this.#lending.repeat((deadlineMs) =>
        this.#lending.lend((connection) => this.#clock.refresh(() => this.#ask(connection)), deadlineMs),
      ),
    );
  }

  /** From now on these may answer what may lag. */
  followedBy(replicas: ReplicaReads<ServerCopy<Connection>>): void {
    this.#replicas = replicas;
  }

  wrote(company: CompanyId | undefined): void {
    this.#replicas?.wrote(company);
  }

  read<T>(program: (nowMs: number) => Program<T>, mayLagFor?: CompanyId): Promise<T> {
    if (mayLagFor === undefined || this.#replicas === undefined) return this.#readHere(program);
    return this.#replicas.read(
      mayLagFor,
      async (copy) => copy.run(program(await this.#timeAnywhere())),
      () => this.#readHere(program),
    );
  }

  #readHere<T>(program: (nowMs: number) => Program<T>): Promise<T> {
    return this.#guarded(() =>
      this.#lending.repeat((deadlineMs) =>
        this.#lending.lend(
          async (connection) =>
            runLater(program(await this.#time(connection)), (step) => this.#wire.answer(connection, step)),
          deadlineMs,
        ),
      ),
    );
  }

  write<T>(
    program: (nowMs: number) => Program<T>,
    keeps: (result: T) => boolean,
    readBack?: () => Program<T | 'absent' | undefined>,
    atOnce?: () => AtOnce<T> | undefined,
  ): Promise<T> {
    const work = async (connection: Connection): Promise<T> =>
      runLater(program(await this.#time(connection)), (step) => this.#wire.answer(connection, step));
    const doubt: Doubt = { lost: undefined };
    let untried = this.#hasAtOnce ? atOnce?.() : undefined;
    const attempt = async (deadlineMs: number): Promise<T> => {
      const first = untried;
      untried = undefined;
      const had = first === undefined ? undefined : await this.#atOnce(first, readBack, doubt, deadlineMs);
      return had ?? this.#committed(work, keeps, readBack, doubt, deadlineMs);
    };
    return this.#guarded(async () => {
      try {
        return await this.#lending.repeat(attempt);
      } catch (error) {
        // The server may still be at the commit that was lost first, so what failed later cannot tell.
        throw doubt.lost === undefined ? error : this.#unknown(new AggregateError([doubt.lost, error]));
      }
    });
  }

  transact<T>(work: (unit: UnitOfWork) => Promise<T>, keeps: (result: T) => boolean = () => true): Promise<T> {
    return this.#transact(work, keeps, false);
  }

  #transact<T>(
    work: (unit: UnitOfWork) => Promise<T>,
    keeps: (result: T) => boolean,
    mayBeSilent: boolean,
  ): Promise<T> {
    const inUnit = async (connection: Connection): Promise<T> =>
      work({
        transaction: transactionOn(this.#library, this.sequelize, connection),
        nowMs: await this.#time(connection),
        run: (program) => runLater(program, (step) => this.#wire.answer(connection, step)),
      });
    const attempt = (deadlineMs: number): Promise<T> =>
      this.#committed(inUnit, keeps, undefined, { lost: undefined }, mayBeSilent ? Infinity : deadlineMs);
    return this.#guarded(() => this.#lending.repeat(attempt));
  }

  snapshot<T>(work: (transaction: Transaction, run: RunProgram) => Promise<T>, mayTakeLong = false): Promise<T> {
    const read = (connection: Connection): Promise<T> =>
      this.#transactions.snapshot(connection, () =>
        work(transactionOn(this.#library, this.sequelize, connection), (program) =>
          runLater(program, (step) => this.#wire.answer(connection, step)),
        ),
      );
    const attempt = (deadlineMs: number) => this.#lending.lend(read, mayTakeLong ? Infinity : deadlineMs);
    return this.#guarded(() => this.#lending.repeat(attempt));
  }

  migrate<T>(work: (turn: MigrationTurn) => Promise<T>, pace: MigrationPace): Promise<T> {
    const { nowMs, asksForRepetition } = this.#wire;
    const place = { sequelize: this.sequelize, name: this.#settings.name, nowMs, isContended: asksForRepetition };
    const lease = new MigrationLease(place, pace);
    const turn = serverTurn(lease, pace, this.#wire, this.sequelize, (unit) => this.#transact(unit, () => true, true));
    return this.#guarded(() => lease.during(() => work(turn)));
  }

  async close(): Promise<void> {
    await this.#replicas?.close();
    await this.sequelize.close();
  }

  #ask(connection: Connection): Promise<number> {
    return runLater(serverTime(this.#wire.nowMs), (step) => this.#wire.answer(connection, step));
  }

  async #time(connection: Connection): Promise<number> {
    return this.#nowMs === undefined ? this.#clock.now(() => this.#ask(connection)) : this.#nowMs();
  }

  /** The primary's time for a read that does not borrow a connection to it. */
  async #timeAnywhere(): Promise<number> {
    if (this.#nowMs !== undefined) return this.#nowMs();
    return this.#clock.now(() => this.#lending.lend((connection) => this.#ask(connection), this.#lending.deadlineMs()));
  }

  /** One attempt at a transaction, and what came of it where the commit's answer was lost. */
  async #committed<T>(
    work: (connection: Connection) => Promise<T>,
    keeps: (result: T) => boolean,
    readBack: (() => Program<T | 'absent' | undefined>) | undefined,
    doubt: Doubt,
    deadlineMs: number,
  ): Promise<T> {
    try {
      const result = await this.#attempt(work, keeps, deadlineMs);
      if (keeps(result) || readBack === undefined || doubt.lost === undefined) return result;
      // The attempt whose commit was lost may have been committed since, and may be what refuses this one.
      const known = await this.#readBack(readBack, doubt.lost, deadlineMs);
      return known === undefined || known === 'absent' ? result : known;
    } catch (error) {
      if (!(error instanceof CommitLost)) throw error;
      const known = await this.#settled(readBack, error, doubt, deadlineMs);
      // Nothing is committed: the loop around this runs it again, and meets whatever the server is still at.
      if (known === undefined) throw error.cause;
      return known;
    }
  }

  /** What came of a lost commit; undefined: nothing, as far as can be seen. */
  async #settled<T>(
    readBack: (() => Program<T | 'absent' | undefined>) | undefined,
    lost: CommitLost,
    doubt: Doubt,
    deadlineMs: number,
  ): Promise<T | undefined> {
    doubt.lost = lost;
    const known = readBack === undefined ? undefined : await this.#readBack(readBack, lost, deadlineMs);
    if (known === undefined) throw this.#unknown(lost);
    return known === 'absent' ? undefined : known;
  }

  /** Tries to have it in one round trip. Undefined: the way step by step finds out what stands in its way. */
  async #atOnce<T>(
    { step, result }: AtOnce<T>,
    readBack: (() => Program<T | 'absent' | undefined>) | undefined,
    doubt: Doubt,
    deadlineMs: number,
  ): Promise<T | undefined> {
    const ask = async (connection: Connection): Promise<boolean> =>
      this.#isHad(connection, step(await this.#time(connection)));
    try {
      return (await this.#lending.lend(ask, deadlineMs)) ? result : undefined;
    } catch (error) {
      if (error instanceof CommitLost) return this.#settled(readBack, error, doubt, deadlineMs);
      throw error;
    }
  }

  async #isHad(connection: Connection, step: Step): Promise<boolean> {
    try {
      await orLost(this.#wire.answer(connection, step), this.#wire);
      return true;
    } catch (error) {
      if (error instanceof CommitLost) throw error;
      if (this.#wire.stoppedMidway(error)) throw new CommitLost('the booking was interrupted', { cause: error });
      if (this.#wire.lacksProcedure(error)) this.#hasAtOnce = false;
      return false;
    }
  }

  #attempt<T>(
    work: (connection: Connection) => Promise<T>,
    keeps: (result: T) => boolean,
    deadlineMs: number,
  ): Promise<T> {
    return this.#lending.lend(
      (connection) => this.#transactions.write(connection, () => work(connection), keeps),
      deadlineMs,
    );
  }

  async #readBack<T>(
    readBack: () => Program<T | 'absent' | undefined>,
    lost: CommitLost,
    deadlineMs: number,
  ): Promise<T | 'absent' | undefined> {
    const ask = (connection: Connection): Promise<T | 'absent' | undefined> =>
      runLater(readBack(), (step) => this.#wire.answer(connection, step));
    try {
      return await this.#lending.repeat(
        (at) => this.#lending.lend(ask, at),
        this.#lending.deadlineOfQuestionMs(deadlineMs),
      );
    } catch (error) {
      throw this.#unknown(new AggregateError([lost, error], 'commit lost, and not read back'));
    }
  }

  #unknown(cause: unknown): EngineError {
    return new EngineError('STORAGE_OUTCOME_UNKNOWN', `${this.#settings.name} closed the connection.`, cause);
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw isUniqueConstraintError(error) ? error : this.#wire.fault(error);
    }
  }
}
