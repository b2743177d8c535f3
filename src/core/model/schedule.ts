import type { ScheduleId } from './ids.ts';

/** A day of the week. */
export type Weekday = 'mo' | 'tu' | 'we' | 'th' | 'fr' | 'sa' | 'su';

/** Open from one wall-clock time to another; an end at or before the start is on the next day. */
export interface Window {
  /** `HH:MM`. */
  readonly from: string;
  /** `HH:MM`, up to `24:00`. */
  readonly to: string;
}

/** A window that returns on some days of the week. */
export interface WeeklyWindow extends Window {
  readonly days: readonly Weekday[];
  /** First and last local date on which it starts, for summer hours; left out: always. */
  readonly validFrom?: string;
  readonly validTo?: string;
}

/** Replaces the windows of one date; no windows closes it. */
export interface Override {
  /** Local date, `YYYY-MM-DD`. */
  readonly date: string;
  readonly windows: readonly Window[];
}

/** Dates on which nothing opens, both included, `YYYY-MM-DD`. */
export interface ClosedDates {
  readonly from: string;
  readonly to: string;
}

/** When something is open, in wall-clock time of its zone. */
export interface Schedule {
  readonly id: ScheduleId;
  readonly key: string;
  /** Null: the zone of the branch of whoever uses it. */
  readonly timeZone: string | null;
  readonly weekly: readonly WeeklyWindow[];
  readonly overrides: readonly Override[];
  /** Dates on which no window starts, override or not. */
  readonly closedDates: readonly ClosedDates[];
  /** First local date on which the weekly windows apply; null: always. */
  readonly validFrom: string | null;
  /** Last local date on which the weekly windows apply; null: always. */
  readonly validTo: string | null;
  readonly active: boolean;
}

/** Time taken out of a resource's schedule. */
export interface TimeOff {
  readonly startMs: number;
  readonly endMs: number;
  readonly reason: string | null;
}
