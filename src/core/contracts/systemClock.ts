import type { Clock } from './clock.ts';

/** The longest delay that a timer of the platform keeps; it takes a longer one for none at all. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * The machine's clock and timers.
 *
 * @example
 * const cancel = systemClock.after(1000, () => console.log(systemClock.now()));
 * cancel();
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, callback) {
    let timeout: NodeJS.Timeout;
    const wait = (leftMs: number): void => {
      const stageMs = Math.min(leftMs, LONGEST_MS);
      timeout = setTimeout(() => (leftMs > stageMs ? wait(leftMs - stageMs) : callback()), stageMs).unref();
    };
    wait(delayMs);
    return () => clearTimeout(timeout);
  },
};
