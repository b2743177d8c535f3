import type { Storage } from 'askpro/adapter';
import type { Recorded } from '../engine/recorder.ts';

/** What a bare driver answers: the rows of each statement that reads, in order. */
export type BareAnswer = readonly unknown[];

/** Statements made ready to be run on the bare driver. */
export interface Script {
  run(): BareAnswer | Promise<BareAnswer>;
}

/** The bare driver on a database: a pool as large as the product's, with its settings. */
export interface Bare {
  /** Statements between a BEGIN and its COMMIT run on one connection. */
  script(recording: readonly Recorded[]): Script;
  close(): Promise<void>;
}

/** A database with a town in it. */
export interface TownDatabase {
  /** The product on it, started; statement by statement unless `oneRoundTrip` is set. */
  storage(options?: { readonly oneRoundTrip?: boolean }): Promise<Storage>;
  bare(): Bare;
  /** What the measured company has in the tables that booking writes, as text that is the same for the same rows. */
  contents(): Promise<string>;
}

/** A kind of database to measure on. */
export interface Ground {
  readonly dialect: 'sqlite' | 'mariadb' | 'postgres';
  /** What the bare side is, with versions; known once there is a database. */
  peer(): string;
  /** A new database with a town of that many appointments. */
  town(appointments: number): Promise<TownDatabase>;
  /** The statements that the work sends through the driver. */
  recorded(work: () => Promise<unknown>): Promise<readonly Recorded[]>;
  close(): Promise<void>;
}

/** Connections of both sides. */
export const CONNECTIONS = 20;
