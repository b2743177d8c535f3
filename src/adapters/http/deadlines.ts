import type { Clock } from '../../adapter.ts';

/** Something that must be over in time. */
export interface Timed {
  /** The tick after which it is too late; kept by the watch. */
  dueTick: number;
  /** Called once when it is too late. */
  expire(): void;
}

/**
 * Deadlines of all requests in flight behind one coarse timer, because a timer for each request costs more than most
 * answers. It counts ticks instead of reading a clock, so a clock that jumps neither ends nor prolongs anything, and
 * it rests while nothing is in flight.
 */
export class Deadlines {
  readonly #after: Clock['after'];
  readonly #tickMs: number;
  readonly #open = new Set<Timed>();
  #tick = 0;
  #ticking = false;

  constructor(after: Clock['after'], tickMs: number) {
    this.#after = after;
    this.#tickMs = tickMs;
  }

  /** Watches from now on; too late is at the first tick after `limitMs`. */
  add(timed: Timed, limitMs: number): void {
    timed.dueTick = this.#tick + Math.ceil(limitMs / this.#tickMs) + 1;
    this.#open.add(timed);
    if (this.#ticking) return;
    this.#ticking = true;
    this.#next();
  }

  delete(timed: Timed): void {
    this.#open.delete(timed);
  }

  #next(): void {
    this.#after(this.#tickMs, () => {
      this.#tick++;
      for (const timed of this.#open) {
        if (timed.dueTick > this.#tick) continue;
        this.#open.delete(timed);
        timed.expire();
      }
      if (this.#open.size === 0) this.#ticking = false;
      else this.#next();
    });
  }
}
