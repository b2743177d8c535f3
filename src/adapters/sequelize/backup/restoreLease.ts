import { randomUUID } from 'node:crypto';
import { EngineError } from '../../../adapter.ts';
import type { Database } from '../dialect.ts';
import type { Program } from '../program.ts';
import { hasTurn, isIncomplete, keepTurn, markIncomplete, takeTurn, unmarkIncomplete } from './restoreMark.ts';
import type { Turn } from './restoreMark.ts';

/** How long a restore that is no longer heard of keeps others out. */
const LEASE_MS = 60_000;
/** Others may end, and take the mark away, while one asks for the turn. */
const ATTEMPTS = 5;

/**
 * The right to restore into a database, which one process has at a time: leased by the database's clock and renewed while
 * work goes on, so that another one can take up what a killed one has left. Who was thought dead and wakes up writes nothing
 * more.
 */
export class RestoreLease {
  readonly #database: Database;
  readonly #name: string;
  readonly #holder = randomUUID();

  constructor(database: Database, name: string) {
    this.#database = database;
    this.#name = name;
  }

  /**
   * Restores once this process may. The mark stays where that does not come to its end, and anybody may go on at once.
   * @param work - is told whether an earlier restore has left something
   * @throws EngineError STORAGE_BUSY where another one is at work, or has taken over
   */
  async during<T>(work: (isLeft: boolean) => Promise<T>): Promise<T> {
    const turn = await this.#take();
    if (turn === 'taken')
      throw new EngineError('STORAGE_BUSY', `Another process restores into ${this.#name} at this moment.`);
    const renewal = setInterval(() => void this.#keep(LEASE_MS).catch(() => undefined), LEASE_MS / 4);
    try {
      const result = await work(turn === 'left');
      await this.unmark();
      return result;
    } catch (error) {
      // Who cannot say that he has ended is not heard of any more, which says it later.
      await this.#keep(0).catch(() => undefined);
      throw error;
    } finally {
      clearInterval(renewal);
    }
  }

  /** Makes sure of the turn before something that no transaction guards. */
  async hold(): Promise<void> {
    if (!(await this.#keep(LEASE_MS))) throw this.#lost();
  }

  /** Lets others in: all is there, or nothing was begun. */
  async unmark(): Promise<void> {
    await this.hold();
    await unmarkIncomplete(this.#database);
  }

  /** Runs a program in a transaction that is committed only where the turn is this process's until then. */
  async write(program: () => Program<void>): Promise<void> {
    const lock = this.#database.sql.forUpdate;
    const holder = this.#holder;
    const isWritten = await this.#database.write(
      function* () {
        if (!(yield* hasTurn(holder, lock))) return false;
        yield* program();
        return true;
      },
      (done) => done,
    );
    if (!isWritten) throw this.#lost();
  }

  async #take(): Promise<Turn> {
    const lock = this.#database.sql.forUpdate;
    for (let attempt = 1; ; attempt++) {
      // Two may make the table at once, and servers have many words for refusing the second. What counts is what is there.
      const failed = await markIncomplete(this.#database).then(
        () => undefined,
        (error: unknown) => ({ error }),
      );
      try {
        return await this.#database.write(
          (nowMs) => takeTurn(this.#holder, nowMs + LEASE_MS, nowMs, lock),
          (turn) => turn !== 'taken',
        );
      } catch (error) {
        if (attempt === ATTEMPTS || (await isIncomplete(this.#database))) throw failed?.error ?? error;
      }
    }
  }

  #keep(forMs: number): Promise<boolean> {
    const lock = this.#database.sql.forUpdate;
    return this.#database.write(
      (nowMs) => keepTurn(this.#holder, nowMs + forMs, lock),
      (kept) => kept,
    );
  }

  #lost(): EngineError {
    return new EngineError('STORAGE_BUSY', `Another process has taken over the restore into ${this.#name}.`);
  }
}
