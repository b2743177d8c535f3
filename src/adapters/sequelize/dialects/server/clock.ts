import { rows } from '../../program.ts';
import type { Program } from '../../program.ts';

/** After this long the server is asked again, so that a clock that is put right there is noticed here. */
const freshForMs = 5000;

/** Clocks that are put right while they go run so much too fast or too slowly, each of the two. */
const drift = 0.0005;

/**
 * The server's time without asking for it each time: asked now and then, and carried on by this process's steady clock,
 * which nobody puts forward or back. It is never ahead of the server: nobody takes over a hold
 * that the server has not seen lapse. It lags by the round trip of the question, and by 12 ms, at most.
 */
export class ServerClock {
  readonly #steadyMs: () => number;
  #serverMs = 0;
  #askedMs = -Infinity;

  constructor(steadyMs: () => number = () => performance.now()) {
    this.#steadyMs = steadyMs;
  }

  /** @param ask - reads the server's epoch milliseconds */
  async now(ask: () => Promise<number>): Promise<number> {
    if (this.#steadyMs() - this.#askedMs > freshForMs) await this.refresh(ask);
    return Math.floor(this.#serverMs + (this.#steadyMs() - this.#askedMs) * (1 - 2 * drift));
  }

  /** Asks the server, whatever was known. */
  async refresh(ask: () => Promise<number>): Promise<number> {
    const serverMs = await ask();
    // The server may have read its clock at any moment of the round trip; only what has passed since then is sure.
    this.#askedMs = this.#steadyMs();
    this.#serverMs = serverMs;
    return serverMs;
  }
}

/** Asks the server for its epoch milliseconds. @param nowMs - the expression that tells them */
export function* serverTime(nowMs: string): Program<number> {
  const [row] = yield* rows(`SELECT ${nowMs}`, []);
  return Number(row?.[0]);
}
