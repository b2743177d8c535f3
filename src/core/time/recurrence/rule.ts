/** How often rules of RFC 5545 repeat. */
export const FREQUENCIES = ['SECONDLY', 'MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;

/** How often a rule repeats. */
export type Frequency = (typeof FREQUENCIES)[number];

/** `2TU`: the second Tuesday; 0 stands for every one. Weekdays count from 0, Monday. */
export interface RuleDay {
  readonly ordinal: number;
  readonly weekday: number;
}

/** Where a rule ends, the last start included. */
export interface Until {
  readonly ms: number;
  /** Whether `ms` is an instant, and not the time of a wall clock. */
  readonly isUtc: boolean;
}

/** A recurrence rule of RFC 5545. Lists that the rule leaves out are empty. */
export interface Rule {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count: number | undefined;
  readonly until: Until | undefined;
  /** The day on which weeks begin, from 0, Monday. */
  readonly weekStart: number;
  readonly seconds: readonly number[];
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly RuleDay[];
  readonly monthDays: readonly number[];
  readonly yearDays: readonly number[];
  readonly weeks: readonly number[];
  readonly months: readonly number[];
  readonly positions: readonly number[];
}
