import type { Intervals } from '../time/interval.ts';
import type { CompiledSchedule } from './schedule.ts';
import type { CompiledService } from './service.ts';

/** A person, room or thing that appointments occupy. */
export interface SlotResource {
  readonly id: string;
  /** What `assign: { staff: 1, room: 1 }` counts by. */
  readonly kind: string;
  readonly schedule: CompiledSchedule;
  /**
   * Occupied time as start, end pairs of epoch milliseconds, buffers of other appointments included. Any order will do;
   * ascending and without overlaps, as a store returns it, is the quickest.
   */
  readonly busy: Intervals;
}

/** Everything that decides whether a start is bookable. */
export interface SlotQuestion {
  readonly service: CompiledService;
  /** In order of preference: of several that are free the first is chosen, and the first one's grid is that of `all`. */
  readonly resources: readonly SlotResource[];
  /** Now in epoch milliseconds. Without it neither the past, nor notice, nor horizon is judged. */
  readonly nowMs?: number;
}

/** Asks for the starts in [fromMs, toMs); appointments may end after `toMs`. */
export interface FindQuestion extends SlotQuestion {
  readonly range: { readonly fromMs: number; readonly toMs: number };
}
