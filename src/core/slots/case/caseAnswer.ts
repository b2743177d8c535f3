import type { Preference } from '../preference.ts';
import type { Unmet } from '../wish.ts';

/** When and by whom a segment is served, in the form that is printed. */
export interface SegmentAnswer {
  readonly start: string;
  readonly end: string;
  readonly resources: readonly string[];
  /** The service of a visit that it belongs to. */
  readonly service?: string;
}

/** A bookable start in the form that is printed: instants in UTC with milliseconds. */
export interface SlotAnswer {
  readonly start: string;
  /** The appointment's end, buffers left out. */
  readonly end: string;
  /** Ids of all who serve, in input order. */
  readonly resources: readonly string[];
  /** Where segments may differ in who serves them. */
  readonly segments?: readonly SegmentAnswer[];
  /** Of a service with seats: how many are left before this party takes its own. */
  readonly seatsLeft?: number;
  /** Where the case prefers somebody: whether one of them serves. */
  readonly preferred?: boolean;
  /** What of the wish that was asked for it does not meet. */
  readonly unmet?: readonly Unmet[];
}

/** Bookable starts. */
export interface SlotsAnswer {
  readonly slots: readonly SlotAnswer[];
  /** What became of each one that the case prefers. */
  readonly preference?: Readonly<Record<string, Preference['status']>>;
}

/** How many bookable starts each date has. */
export interface DaysAnswer {
  readonly days: readonly { readonly date: string; readonly count: number }[];
}

/** Whether one start is bookable. */
export interface CheckAnswer {
  readonly start: string;
  readonly free: boolean;
  readonly slot?: SlotAnswer;
}

/** Why a start is or is not offered, in the form that is printed; a free start has no reasons. */
export interface CaseExplanation {
  readonly start: string;
  readonly free: boolean;
  readonly reasons: readonly Readonly<Record<string, unknown>>[];
  /** The nearest bookable starts of the range, and the longest length that would be bookable; left out where there is nothing. */
  readonly nearest?: { readonly previous?: string; readonly next?: string; readonly longestMinutes?: number };
}

/** The answer to a case: its form depends on what is asked. */
export type CaseAnswer = SlotsAnswer | DaysAnswer | CheckAnswer | CaseExplanation;
