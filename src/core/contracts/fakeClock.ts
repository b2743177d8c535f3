import type { Clock } from './clock.ts';

/** A clock for tests, whose time moves only when it is told to. */
export interface FakeClock extends Clock {
  /**
   * Lets time pass and calls back whatever falls due on the way, in order and each at its own moment; what the callbacks
   * order within that time runs too. What a callback throws comes out here, with the time standing at that callback.
   * @throws RangeError for a negative amount
   */
  advance(byMs: number): void;
  /** Puts the clock forward or back, as an operator would: no time passes, so nothing falls due and delays run on. */
  set(nowMs: number): void;
  /** How many callbacks are still to come. */
  pending(): number;
}

interface Callback {
  readonly atMs: number;
  readonly run: () => void;
}

/**
 * Makes a clock that stands at the given epoch milliseconds.
 *
 * @example
 * const clock = fakeClock(Date.UTC(2026, 10, 23, 8));
 * clock.after(1000, () => console.log('one second later'));
 * clock.advance(1000);
 */
export function fakeClock(startMs: number): FakeClock {
  const waiting = new Set<Callback>();
  let passedMs = 0;
  let originMs = startMs;

  const nextBy = (limitMs: number): Callback | undefined => {
    let next: Callback | undefined;
    for (const each of waiting) if (each.atMs <= limitMs && (next === undefined || each.atMs < next.atMs)) next = each;
    return next;
  };

  return {
    now: () => originMs + passedMs,
    after(delayMs, callback) {
      const entry = { atMs: passedMs + Math.max(0, delayMs), run: callback };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
    advance(byMs) {
      if (!(byMs >= 0)) throw new RangeError(`time cannot pass by ${byMs} ms; use set() to put the clock back`);
      const limitMs = passedMs + byMs;
      for (let next = nextBy(limitMs); next !== undefined; next = nextBy(limitMs)) {
        waiting.delete(next);
        passedMs = next.atMs;
        next.run();
      }
      passedMs = limitMs;
    },
    set(nowMs) {
      originMs = nowMs - passedMs;
    },
    pending: () => waiting.size,
  };
}
