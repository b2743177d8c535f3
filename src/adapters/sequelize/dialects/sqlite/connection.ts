import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SqlValue, Step, StepAnswer } from '../../program.ts';
import { isUniqueViolation } from './faults.ts';

/** Statements made ready on one connection; the texts of the hot path are few, so this bound is never met by them. */
const rememberedStatements = 400;

/** One connection to a SQLite file, with its prepared statements. Everything here happens at once, on this thread. */
export class SqliteConnection {
  readonly native: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(native: DatabaseSync) {
    this.native = native;
  }

  /** Whether a transaction is open: some faults end it by themselves. */
  get inTransaction(): boolean {
    return this.native.isTransaction;
  }

  /** Runs a statement without values or rows, such as BEGIN. */
  control(sql: string): void {
    this.#prepared(sql).run();
  }

  /** Answers one step of a program. */
  readonly answer = (step: Step): StepAnswer => {
    const statement = this.#prepared(step.sql);
    const values = step.values as SqlValue[];
    if (step.wants === 'rows') return statement.all(...values) as unknown as StepAnswer;
    if (step.wants === 'changes') return Number(statement.run(...values).changes);
    try {
      return Number(statement.run(...values).changes) >= step.least ? 1 : 0;
    } catch (error) {
      if (isUniqueViolation(error)) return 0;
      throw error;
    }
  };

  #prepared(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      if (this.#statements.size >= rememberedStatements) this.#statements.clear();
      statement = this.native.prepare(sql);
      statement.setReturnArrays(true);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
