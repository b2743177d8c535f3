import { randomUUID } from 'node:crypto';
import type { QueryTypes, Sequelize, Transaction } from 'sequelize';
import { EngineError } from '../../../../adapter.ts';
import type { MigrationPace } from '../../migrationTurn.ts';
import { lockTable } from '../../schemaVersion.ts';

/** Where a lease is taken. */
export interface LeasePlace {
  readonly sequelize: Sequelize;
  /** For messages. */
  readonly name: string;
  /** An expression of the server's clock, in epoch milliseconds. */
  readonly nowMs: string;
  /** Whether an error says that another process has the row at the moment. */
  readonly isContended: (error: unknown) => boolean;
}

/**
 * The row that lets one process migrate. It is leased by the server's clock and renewed while work goes on, so whoever
 * dies loses it: servers that commit each change of a schema by itself cannot keep a lock on it.
 */
export class MigrationLease {
  readonly #place: LeasePlace;
  readonly #pace: MigrationPace;
  readonly #holder = randomUUID();
  #renewal: ReturnType<typeof setInterval> | undefined;
  #resting = false;

  constructor(place: LeasePlace, pace: MigrationPace) {
    this.#place = place;
    this.#pace = pace;
  }

  /** Runs work once nobody else has the lease. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    await this.#makeRow();
    const sinceMs = performance.now();
    while (!(await this.#take())) {
      if (performance.now() - sinceMs > this.#pace.waitMs) {
        throw new EngineError('STORAGE_BUSY', `${this.#place.name} is being migrated by another process.`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 100));
    }
    const renew = (): void => {
      if (!this.#resting) void this.#update(null, this.#pace.leaseMs, '').catch(() => undefined);
    };
    this.#renewal = setInterval(renew, this.#pace.leaseMs / 4);
    try {
      return await work();
    } finally {
      clearInterval(this.#renewal);
      // Who cannot say that he is done is not heard of any more, which says it later.
      await this.#update(null, 0, '').catch(() => undefined);
    }
  }

  /** Renews the lease and notes which migration is under way; throws where another process has it. */
  async keep(transaction: Transaction | null, unfinished?: string | null): Promise<void> {
    const note = unfinished === undefined ? '' : ', unfinished = :unfinished';
    if (await this.#update(transaction, this.#pace.leaseMs, note, unfinished)) return;
    throw new EngineError('STORAGE_BUSY', `Another process has taken over the migration of ${this.#place.name}.`);
  }

  /** Keeps the lease by the row's own lock, which a transaction holds until its end. */
  async resting<T>(work: () => Promise<T>): Promise<T> {
    this.#resting = true;
    try {
      return await work();
    } finally {
      this.#resting = false;
    }
  }

  async #take(): Promise<boolean> {
    const { sequelize, nowMs, isContended } = this.#place;
    const replacements = { holder: this.#holder, forMs: this.#pace.leaseMs };
    const free = `UPDATE ${lockTable} SET holder = :holder, until_ms = ${nowMs} + :forMs, beat = beat + 1 WHERE id = 1 AND until_ms <= ${nowMs}`;
    try {
      const [, changed] = await sequelize.query(free, { replacements, type: 'UPDATE' as QueryTypes.UPDATE });
      return changed > 0;
    } catch (error) {
      if (isContended(error)) return false;
      throw error;
    }
  }

  async #update(transaction: Transaction | null, forMs: number, note: string, unfinished?: string | null) {
    const { sequelize, nowMs } = this.#place;
    const [, changed] = await sequelize.query(
      `UPDATE ${lockTable} SET until_ms = ${nowMs} + :forMs, beat = beat + 1${note} WHERE id = 1 AND holder = :holder`,
      {
        replacements: { holder: this.#holder, forMs, unfinished: unfinished ?? null },
        type: 'UPDATE' as QueryTypes.UPDATE,
        ...(transaction === null ? {} : { transaction }),
      },
    );
    return changed > 0;
  }

  async #makeRow(): Promise<void> {
    // The beat changes with each update, because MySQL does not count a row that stays as it was.
    const columns =
      'id INTEGER NOT NULL, holder CHAR(36) NOT NULL, until_ms BIGINT NOT NULL, beat BIGINT NOT NULL,' +
      ' unfinished VARCHAR(160), PRIMARY KEY (id)';
    let failed: { readonly error: unknown } | undefined;
    for (const sql of [
      `CREATE TABLE IF NOT EXISTS ${lockTable} (${columns})`,
      `INSERT INTO ${lockTable} (id, holder, until_ms, beat) SELECT 1, '', 0, 0 WHERE NOT EXISTS (SELECT 1 FROM ${lockTable})`,
    ]) {
      await this.#place.sequelize.query(sql).catch((error: unknown) => {
        failed ??= { error };
      });
    }
    // Two processes may make both at once, and servers have many words for refusing the second. What counts is what is there.
    if (failed !== undefined && !(await this.#hasRow())) throw failed.error;
  }

  async #hasRow(): Promise<boolean> {
    const sql = `SELECT beat FROM ${lockTable} WHERE id = 1`;
    const [rows] = await this.#place.sequelize.query(sql).catch(() => [[]]);
    return rows.length > 0;
  }
}
