import type { Transaction } from 'sequelize';

/** How migrators wait for one another, and what a test may meet while they work. */
export interface MigrationPace {
  /** How long a migrator that is no longer heard of keeps others out, in milliseconds. */
  readonly leaseMs: number;
  /** How long a migrator waits for another one, in milliseconds. */
  readonly waitMs: number;
  /** Called after each statement of a migration; what it throws interrupts the migration there. */
  readonly afterStatement?: (sql: string) => void | Promise<void>;
}

/** How migrators wait where nobody says otherwise. */
export const usualPace: MigrationPace = { leaseMs: 60_000, waitMs: 300_000 };

/** One migration at work. */
export interface MigrationStep {
  /** Null where the database commits each change of a schema by itself. */
  readonly transaction: Transaction | null;
  /**
   * To be awaited before each statement: throws where another process has taken over meanwhile, so that who was thought
   * dead and wakes up changes nothing more.
   */
  hold(): Promise<void>;
  /** Whether an error says that a change of the schema was made already. False where half a migration cannot be left. */
  wasDone(error: unknown): boolean;
}

/** A migrator's turn: no other process migrates. */
export interface MigrationTurn {
  /**
   * Runs one migration: in a transaction where the database can roll a schema back. Elsewhere its name is kept until it
   * is done, so that whoever comes after an interruption knows what was begun.
   */
  step<T>(name: string | null, work: (step: MigrationStep) => Promise<T>): Promise<T>;
}
