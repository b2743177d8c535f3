import type { Intervals } from '../time/interval.ts';
import type { Limits } from './limits.ts';
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
  /** What occupies it, a word for each pair of `busy`; explanations pass it on. */
  readonly busyKinds?: readonly string[];
  /** How many appointments it takes side by side; 1 unless given. It is occupied where so many of `busy` overlap. */
  readonly capacity?: number;
  /** What it can do, in words that a service's `skills` ask for. */
  readonly skills?: readonly string[];
  /** Counted in the zone of its schedule. */
  readonly limits?: Limits;
  /** Least time before a start with it, in milliseconds, in place of its service's notice. */
  readonly noticeMs?: number;
  /** How many local dates after today's a start with it may lie, in place of its service's horizon; Infinity: no end. */
  readonly horizonDays?: number;
  /** Higher serves first by the strategies that ask for it; 0 unless given. */
  readonly priority?: number;
  /** Its share by `roundRobin`; 1 unless given. */
  readonly weight?: number;
  /** How often it has served, for `roundRobin`; 0 unless given. */
  readonly served?: number;
  /** When it last served, in epoch milliseconds; never unless given. */
  readonly lastServedMs?: number;
}

/** A group session that exists. Its time stands in the `busy` of its resources as well. */
export interface Session {
  readonly startMs: number;
  /** Ids of those who hold it. */
  readonly resources: readonly string[];
  /** Seats that are taken. */
  readonly taken: number;
}

/** Who the appointment is for. */
export interface Customer {
  /** Counted in the zone of whoever would serve. */
  readonly limits?: Limits;
  /** The customer's own appointments, which alternatives avoid. */
  readonly busy?: Intervals;
}

/** Everything that decides whether a start is bookable. */
export interface SlotQuestion {
  readonly service: CompiledService;
  /** In order of preference: of several that are free the first is chosen, and the first one's grid is that of `all`. */
  readonly resources: readonly SlotResource[];
  /** Now in epoch milliseconds. Without it neither the past, nor notice, nor horizon is judged. */
  readonly nowMs?: number;
  /** How many seats are asked for; 1 unless given. */
  readonly partySize?: number;
  /** The sessions of this service that exist; those with enough seats left are offered at their start. */
  readonly sessions?: readonly Session[];
  /** Ids of those who shall serve if possible, most wanted first. */
  readonly prefer?: readonly string[];
  readonly customer?: Customer;
}

/** Asks for the starts in [fromMs, toMs); appointments may end after `toMs`. */
export interface FindQuestion extends SlotQuestion {
  readonly range: { readonly fromMs: number; readonly toMs: number };
}
