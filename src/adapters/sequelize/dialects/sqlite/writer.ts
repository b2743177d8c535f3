import { runNow } from '../../program.ts';
import type { Program } from '../../program.ts';
import { isBusy } from './faults.ts';
import { patience } from './patience.ts';
import type { SqliteConnection } from './connection.ts';

/** A program that waits for its turn. */
interface Waiting {
  /** Runs it inside the open transaction; false when its changes shall not be kept. */
  run(): boolean;
  /** Tells its caller what came of it, after the commit. */
  settle(): void;
  fail(error: unknown): void;
}

type Turn =
  | { readonly kind: 'program'; readonly waiting: Waiting }
  | { readonly kind: 'alone'; readonly work: () => Promise<void> };

/** How the queue behaves. */
export interface WriterOptions {
  /** How long a transaction may wait for other processes before it fails, in milliseconds. */
  readonly busyLimitMs: number;
  /** Bookings that share one commit at most. */
  readonly groupLimit: number;
}

/**
 * The one writer of a file in this process. Programs that wait together share one transaction and one commit, each
 * behind a savepoint of its own; none of them yields between BEGIN and COMMIT. Work with models has the file alone,
 * because it does yield.
 */
export class SqliteWriter {
  readonly #connection: SqliteConnection;
  readonly #options: WriterOptions;
  readonly #turns: Turn[] = [];
  #running = false;
  #idle: (() => void)[] = [];

  constructor(connection: SqliteConnection, options: WriterOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  /** Runs a program in a transaction; what `keeps` says no to is rolled back. */
  submit<T>(program: () => Program<T>, keeps: (result: T) => boolean): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let result: { readonly value: T } | undefined;
      const waiting: Waiting = {
        run: () => {
          const value = runNow(program(), this.#connection.answer);
          result = { value };
          return keeps(value);
        },
        settle: () => {
          if (result !== undefined) resolve(result.value);
        },
        fail: reject,
      };
      this.#enqueue({ kind: 'program', waiting });
    });
  }

  /** Runs work that yields, with a transaction around it, while nobody else writes. */
  alone<T>(work: () => Promise<T>, keeps: (result: T) => boolean): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#enqueue({ kind: 'alone', work: () => this.#transaction(work, keeps).then(resolve, reject) });
    });
  }

  /** Settles once nothing waits any more. */
  drained(): Promise<void> {
    if (!this.#running) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #enqueue(turn: Turn): void {
    this.#turns.push(turn);
    if (this.#running) return;
    this.#running = true;
    // Everything that becomes ready in this round of the event loop joins the same commit.
    setImmediate(() => void this.#drain());
  }

  async #drain(): Promise<void> {
    for (;;) {
      const turn = this.#turns[0];
      if (turn === undefined) break;
      if (turn.kind === 'alone') {
        this.#turns.shift();
        await turn.work();
      } else {
        const busy = this.#tryBegin();
        if (busy === undefined) this.#runGroup(this.#takeGroup());
        else await this.#waitOrFail(busy);
      }
      if (this.#turns.length > 0) await new Promise<void>((resolve) => setImmediate(resolve));
    }
    this.#running = false;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #takeGroup(): Waiting[] {
    const group: Waiting[] = [];
    while (group.length < this.#options.groupLimit) {
      const next = this.#turns[0];
      if (next?.kind !== 'program') break;
      group.push(next.waiting);
      this.#turns.shift();
    }
    return group;
  }

  #waitingSinceMs: number | undefined;

  /** Undefined when the transaction has begun, else why it could not. */
  #tryBegin(): { readonly error: unknown } | undefined {
    try {
      this.#connection.control('BEGIN IMMEDIATE');
      this.#waitingSinceMs = undefined;
      return undefined;
    } catch (error) {
      return { error };
    }
  }

  async #waitOrFail({ error }: { readonly error: unknown }): Promise<void> {
    const nowMs = performance.now();
    this.#waitingSinceMs ??= nowMs;
    const waitedMs = nowMs - this.#waitingSinceMs;
    if (isBusy(error) && waitedMs < this.#options.busyLimitMs) return patience(waitedMs);
    this.#waitingSinceMs = undefined;
    for (const waiting of this.#takeGroup()) waiting.fail(error);
  }

  #runGroup(group: readonly Waiting[]): void {
    const done: Waiting[] = [];
    try {
      if (group.length === 1) this.#runSingle(group, done);
      else this.#runShared(group, done);
    } catch (error) {
      this.#abandon();
      for (const waiting of group) waiting.fail(error);
      return;
    }
    for (const waiting of done) waiting.settle();
  }

  #runSingle([waiting]: readonly Waiting[], done: Waiting[]): void {
    if (waiting === undefined) return;
    this.#connection.control(waiting.run() ? 'COMMIT' : 'ROLLBACK');
    done.push(waiting);
  }

  #runShared(group: readonly Waiting[], done: Waiting[]): void {
    for (const waiting of group) {
      this.#connection.control('SAVEPOINT job');
      try {
        if (!waiting.run()) this.#connection.control('ROLLBACK TO job');
        done.push(waiting);
      } catch (error) {
        // A full disk ends the whole transaction: then nobody's changes are left to commit.
        if (!this.#connection.inTransaction) throw error;
        this.#connection.control('ROLLBACK TO job');
        waiting.fail(error);
      }
      this.#connection.control('RELEASE job');
    }
    this.#connection.control('COMMIT');
  }

  async #transaction<T>(work: () => Promise<T>, keeps: (result: T) => boolean): Promise<T> {
    const sinceMs = performance.now();
    for (let busy = this.#tryBegin(); busy !== undefined; busy = this.#tryBegin()) {
      const waitedMs = performance.now() - sinceMs;
      if (!isBusy(busy.error) || waitedMs >= this.#options.busyLimitMs) throw busy.error;
      await patience(waitedMs);
    }
    try {
      const result = await work();
      this.#connection.control(keeps(result) ? 'COMMIT' : 'ROLLBACK');
      return result;
    } catch (error) {
      this.#abandon();
      throw error;
    }
  }

  #abandon(): void {
    if (this.#connection.inTransaction) this.#connection.control('ROLLBACK');
  }
}
