import { rows } from '../../program.ts';
import type { Program } from '../../program.ts';

/** After this long the server is asked again, so that a clock that is put right there is noticed here. */
const freshForMs = 5000;

/**
 * The server's time without asking for it each time: asked now and then, and carried on by this process's steady clock,
 * which nobody puts forward or back. Processes on different machines so judge holds alike; the claims' key would keep
 * them right even where they did not.
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
    return Math.floor(this.#serverMs + this.#steadyMs() - this.#askedMs);
  }

  /** Asks the server, whatever was known. */
  async refresh(ask: () => Promise<number>): Promise<number> {
    const sentMs = this.#steadyMs();
    const serverMs = await ask();
    // The server read its clock about halfway through the round trip.
    this.#askedMs = (sentMs + this.#steadyMs()) / 2;
    this.#serverMs = serverMs;
    return serverMs;
  }
}

/** Asks the server for its epoch milliseconds. @param nowMs - the expression that tells them */
export function* serverTime(nowMs: string): Program<number> {
  const [row] = yield* rows(`SELECT ${nowMs}`, []);
  return Number(row?.[0]);
}
