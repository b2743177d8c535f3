import { token } from '../kernel/token.ts';

/** Time of this process. What stored data is judged by is the storage's own `now()`. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls back once after the delay, without keeping the process alive; the answer cancels it. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The clock of the engine: the system's in production, a fake one in tests. */
export const Clock = token<Clock>()('askpro/clock');
