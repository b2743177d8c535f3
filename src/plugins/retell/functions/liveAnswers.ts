import type { Clock } from '../../../plugin.ts';

/** Answers questions while a caller waits: within a deadline, and each only once at a time. */
export class LiveAnswers<T> {
  readonly #clock: Clock;
  readonly #deadlineMs: number;
  readonly #running = new Map<string, Promise<T>>();

  constructor(clock: Clock, deadlineMs: number) {
    this.#clock = clock;
    this.#deadlineMs = deadlineMs;
  }

  /**
   * What `run` answers, or `late()` when that takes longer than the deadline. It goes on all the same, and whoever asks with the
   * same key meanwhile waits for it instead of starting another. `run` must not reject.
   */
  async answer(key: string, run: () => Promise<T>, late: () => T): Promise<T> {
    const running = this.#running.get(key) ?? this.#start(key, run);
    let cancel = (): void => {};
    const deadline = new Promise<T>((resolve) => {
      cancel = this.#clock.after(this.#deadlineMs, () => {
        resolve(late());
      });
    });
    try {
      return await Promise.race([running, deadline]);
    } finally {
      cancel();
    }
  }

  #start(key: string, run: () => Promise<T>): Promise<T> {
    const running = run().finally(() => this.#running.delete(key));
    this.#running.set(key, running);
    return running;
  }

  /** Waits until nothing runs any more. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running.values());
  }
}
