import type { Sequelize, Transaction } from 'sequelize';
import type { CompanyId, EngineError } from '../../adapter.ts';
import type { CommonBooking } from './commonBooking.ts';
import type { MigrationPace, MigrationTurn } from './migrationTurn.ts';
import type { Program, Step } from './program.ts';
import type { SchemaDialect } from './schema.ts';

/** The statements of the hot path that no common SQL says. */
export interface SqlDialect {
  /** Added to a SELECT whose rows shall stay as they are until the commit; empty where the transaction ensures that. */
  readonly forUpdate: string;
  /** The same where others may want as much of the same rows, and only whoever takes one away waits. */
  readonly forShare: string;
  /**
   * Inserts that many claims `(company_id, subject, cell, ordinal, owner_id, expires_ms)` and takes over those that have
   * expired by the time given as the last value. Run as an admission: refused when one of them is held.
   */
  claim(count: number): string;
  /** Whether a claim whose refusal is undone has left nothing, so that the transaction may try another place. */
  readonly refusalUndoes: boolean;
  /** Inserts a session; where it is there, counts its changes up. Either way its row is locked. */
  readonly openSession: string;
  /** Inserts that many units; a row that an expired unit of the same owner left behind is written over. */
  storeUnits(count: number): string;
  /** Reads occupied time: see {@link SqlDialect.busyValues}. The first row holds the company's revision second. */
  busy(resourceCount: number, withException: boolean): string;
  /** Counts that many ranges of units, as rows of subject, cell, count and an empty text. */
  unitCounts(rangeCount: number, withException: boolean): string;
  /** Makes a common booking in one statement that fails as a whole; left out where each statement is as near anyway. */
  bookAtOnce?(company: Uint8Array, booking: CommonBooking, nowMs: number): Step;
  /** The order in which the index has events that were not sent: by when they are due. */
  readonly dueOrder: string;
  /** Whether the busy statement names a resource by its position (true) or by its id (false) in the first column. */
  readonly busyByPosition: boolean;
}

/** Runs a program on a connection that its user has for himself. */
export type RunProgram = <T>(program: Program<T>) => Promise<T>;

/** Work on the models inside one transaction. */
export interface UnitOfWork {
  /** To be passed to every call of a model. */
  readonly transaction: Transaction;
  /** The storage's time at the beginning. */
  readonly nowMs: number;
  /** Runs a program in the same transaction. */
  run<T>(program: Program<T>): Promise<T>;
}

/** A way to have in one round trip what a program mostly comes to. */
export interface AtOnce<T> {
  /** A transaction of its own, which fails where it is not exactly that. */
  step(nowMs: number): Step;
  readonly result: T;
}

/** An opened database: how each kind of work gets its connection, its transaction and its retries. Faults are EngineErrors. */
export interface Database {
  readonly sequelize: Sequelize;
  readonly sql: SqlDialect;
  readonly schema: SchemaDialect;
  /** The time by which holds and leases are judged, asked of its source. */
  now(): Promise<number>;
  /**
   * Runs a program that only reads what is committed.
   * @param mayLagFor - of whom it reads what is only looked at: a copy may answer that has what was written for them here
   */
  read<T>(program: (nowMs: number) => Program<T>, mayLagFor?: CompanyId): Promise<T>;
  /** Notes that of a company, or of any, something was written, or was read that copies may lack; where there are copies. */
  wrote?(company: CompanyId | undefined): void;
  /**
   * Runs a program in a transaction, again from its start where the database asks for that. What `keeps` says no to is
   * rolled back. When the connection was lost at the commit, `readBack` tells what was committed, that nothing was
   * (`absent`: then it is run again), or that it cannot be told. A server tries `atOnce` first: whatever stands in its
   * way, the program is run as if it had not been tried.
   */
  write<T>(
    program: (nowMs: number) => Program<T>,
    keeps: (result: T) => boolean,
    readBack?: () => Program<T | 'absent' | undefined>,
    atOnce?: () => AtOnce<T> | undefined,
  ): Promise<T>;
  /** The same for work with models. */
  transact<T>(work: (unit: UnitOfWork) => Promise<T>, keeps?: (result: T) => boolean): Promise<T>;
  /**
   * Runs reads that all see one moment: by models, to which the transaction is passed, or by programs.
   * @param mayTakeLong - one of the reads, or the work between two of them, may last longer than an operation may
   */
  snapshot<T>(work: (transaction: Transaction, run: RunProgram) => Promise<T>, mayTakeLong?: boolean): Promise<T>;
  /** Runs work on the schema while no other process does. */
  migrate<T>(work: (turn: MigrationTurn) => Promise<T>, pace: MigrationPace): Promise<T>;
  close(): Promise<void>;
}

/** A kind of database, not yet opened. */
export interface Dialect {
  readonly name: string;
  /** Whether a missing migration is run at the start or refused. */
  readonly migrates: 'auto' | 'manual';
  /** @param nowMs - replaces the database's clock */
  open(nowMs: (() => number) | undefined): Promise<Database>;
  /** What a fault of the driver means, with the database named. */
  fault(error: unknown): EngineError;
}
