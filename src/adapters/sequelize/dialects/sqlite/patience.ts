import { isBusy } from './faults.ts';

/** Whoever has waited so long is probably kept out by a process that writes without a pause. */
const LONG_WAIT_MS = 250;

/**
 * Waits before the next attempt: at first 1 to 10 milliseconds, differently each time, so that processes do not meet again
 * and again. After a long wait mostly one round of the event loop: a busy process leaves the file free only for moments,
 * and whoever sleeps misses them all.
 */
export function patience(waitedMs: number): Promise<void> {
  const hurried = waitedMs > LONG_WAIT_MS && Math.random() < 0.95;
  return new Promise((resolve) => (hurried ? setImmediate(resolve) : setTimeout(resolve, 1 + Math.random() * 9)));
}

/**
 * Makes an attempt that changes nothing until it gets through. Even reading meets a lock while another process opens the
 * file first, closes it last, or puts a log in order that somebody left behind.
 */
export async function patiently<T>(attempt: () => T | Promise<T>, limitMs: number): Promise<T> {
  const sinceMs = performance.now();
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const waitedMs = performance.now() - sinceMs;
      if (!isBusy(error) || waitedMs >= limitMs) throw error;
      await patience(waitedMs);
    }
  }
}
