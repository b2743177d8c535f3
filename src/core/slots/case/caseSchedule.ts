/** When something is open. Without weekly windows and overrides it never is, unless it is within a schedule that has some. */
export interface CaseSchedule {
  /** An IANA name; that of the first schedule in `within`, else `UTC`, unless given. */
  readonly timeZone?: string;
  readonly weekly?: readonly CaseWeeklyWindows[];
  /** Each replaces the windows that start on its date; no windows closes the date. One per date. */
  readonly overrides?: readonly { readonly date: string; readonly windows: readonly CaseWindow[] }[];
  /** First and last date on which weekly windows start; overrides count outside too. */
  readonly validFrom?: string;
  readonly validTo?: string;
  /** Dates on which no window starts, override or not. */
  readonly closedDates?: readonly (string | CaseDates)[];
  /** Closed whatever the windows say. */
  readonly timeOff?: readonly CaseInterval[];
}

/** Dates in a row, both included. */
export interface CaseDates {
  readonly from: string;
  readonly to: string;
}

/** Opening hours; a `to` that is not after `from` lies on the next day, `24:00` is midnight at the end. */
export interface CaseWindow {
  readonly from: string;
  readonly to: string;
}

/** Opening hours of some days of every week, named `mo` to `su` (capitals are fine). */
export interface CaseWeeklyWindows extends CaseWindow {
  readonly days: readonly string[];
  /** First and last date on which these windows start. */
  readonly validFrom?: string;
  readonly validTo?: string;
}

/** A half-open stretch of time. An empty one is allowed and occupies nothing. */
export interface CaseInterval {
  readonly start: string;
  readonly end: string;
}
