/**
 * The case file: everything the slot engine needs to answer one question, as JSON. Instants are ISO 8601 with an
 * offset, dates `YYYY-MM-DD`, times of day `HH:MM` in the resource's zone. Unknown fields are refused. The same form is
 * published as a JSON Schema in `schema/case.schema.json`.
 */
export interface CaseFile {
  /** Without it the past, notice and horizon are not judged (and giving the last two is refused). */
  readonly now?: string;
  /** Starts in [from, to) are listed; at most 400 days. */
  readonly range: CaseRange;
  readonly service: CaseService;
  /** In order of preference; at least one. */
  readonly resources: readonly CaseResource[];
}

/** From and to, the second excluded. */
export interface CaseRange {
  readonly from: string;
  readonly to: string;
}

/** A half-open stretch of time. An empty one is allowed and occupies nothing. */
export interface CaseInterval {
  readonly start: string;
  readonly end: string;
}

/** What is booked. Needs `durationMinutes` or `segments`; every length is in whole minutes. */
export interface CaseService {
  /** With segments: their sum with the least gaps, or left out. */
  readonly durationMinutes?: number;
  readonly segments?: readonly CaseSegment[];
  /** Distance between two starts; 15 unless given. */
  readonly stepMinutes?: number;
  readonly bufferBeforeMinutes?: number;
  readonly bufferAfterMinutes?: number;
  /** Keeps the buffers inside opening hours; false unless given. */
  readonly buffersWithinHours?: boolean;
  /** Least time from now to a start; needs `now`. */
  readonly noticeMinutes?: number;
  /** How many local dates after today's a start may lie; no limit unless given; needs `now`. */
  readonly horizonDays?: number;
  /** `auto` unless given. */
  readonly grid?: 'auto' | 'midnight' | 'window';
  /** `any` unless given; an object says how many resources of each kind. */
  readonly assign?: 'any' | 'all' | Readonly<Record<string, number>>;
}

/** A part of an appointment; its resources are free for others in the gap after it. */
export interface CaseSegment {
  readonly durationMinutes: number;
  /** 0 unless given; the last segment has none. */
  readonly gapAfterMinutes?: number | { readonly min: number; readonly max: number };
}

/** When a resource is open. Without weekly windows and overrides it never is. */
export interface CaseSchedule {
  /** An IANA name; `UTC` unless given. */
  readonly timeZone?: string;
  readonly weekly?: readonly CaseWeeklyWindows[];
  /** Each replaces the windows that start on its date; no windows closes the date. One per date. */
  readonly overrides?: readonly { readonly date: string; readonly windows: readonly CaseWindow[] }[];
  /** First and last date on which weekly windows start; overrides count outside too. */
  readonly validFrom?: string;
  readonly validTo?: string;
  /** Closed whatever the windows say. */
  readonly timeOff?: readonly CaseInterval[];
}

/** Opening hours; a `to` that is not after `from` lies on the next day, `24:00` is midnight at the end. */
export interface CaseWindow {
  readonly from: string;
  readonly to: string;
}

/** Opening hours of some days of every week, named `mo` to `su` (capitals are fine). */
export interface CaseWeeklyWindows extends CaseWindow {
  readonly days: readonly string[];
}

/** Someone or something that appointments occupy. */
export interface CaseResource extends CaseSchedule {
  readonly id: string;
  /** What `assign` counts by; `staff` unless given. */
  readonly kind?: string;
  /** Occupied time as it stands, buffers included. */
  readonly busy?: readonly CaseInterval[];
}
