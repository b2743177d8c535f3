import type { BootTimer } from './deadline.ts';

/** A timer for tests, whose time moves only when it is told to. */
export interface ManualTimer extends BootTimer {
  /** Moves the time on and calls back whatever falls due on the way. */
  readonly advance: (byMs: number) => void;
  /** How many callbacks are still to come. */
  readonly pending: () => number;
}

/** Makes a timer that stands at 0 ms. */
export const manualTimer = (): ManualTimer => {
  let nowMs = 0;
  const due = new Set<{ readonly atMs: number; readonly callback: () => void }>();
  return {
    monotonicMs: () => nowMs,
    after: (delayMs, callback) => {
      const entry = { atMs: nowMs + delayMs, callback };
      due.add(entry);
      return () => due.delete(entry);
    },
    advance: (byMs) => {
      nowMs += byMs;
      for (const entry of [...due].toSorted((a, b) => a.atMs - b.atMs)) {
        if (entry.atMs > nowMs || !due.delete(entry)) continue;
        entry.callback();
      }
    },
    pending: () => due.size,
  };
};
