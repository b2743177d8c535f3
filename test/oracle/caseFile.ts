/** The days of the week as a case file names them, Monday first. */
export const DAY_NAMES = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;

/** One day of the week: `mo` … `su`. */
export type DayName = (typeof DAY_NAMES)[number];

/** A wall-clock window; `to` may be `24:00`, and at or before `from` it means the next day. */
export interface CaseWindow {
  readonly from: string;
  readonly to: string;
}

/** A window that repeats every week on the named days. */
export interface CaseWeeklyWindow extends CaseWindow {
  readonly days: readonly DayName[];
}

/** What holds on one local date instead of the weekly windows; no windows closes the date. */
export interface CaseOverride {
  readonly date: string;
  readonly windows: readonly CaseWindow[];
}

/** A half-open span of instants, as ISO 8601 with an offset. */
export interface CaseSpan {
  readonly start: string;
  readonly end: string;
}

/** One part of a service; the gap after it is fixed, or the least that fits between `min` and `max`. */
export interface CaseSegment {
  readonly durationMinutes: number;
  readonly gapAfterMinutes?: number | { readonly min: number; readonly max: number };
}

/** Who takes part: one of the resources, all of them, or so many of each kind. */
export type CaseAssign = 'any' | 'all' | Readonly<Record<string, number>>;

/** What is asked for. */
export interface CaseService {
  readonly durationMinutes: number;
  readonly stepMinutes?: number;
  readonly bufferBeforeMinutes?: number;
  readonly bufferAfterMinutes?: number;
  readonly buffersWithinHours?: boolean;
  readonly noticeMinutes?: number;
  readonly horizonDays?: number;
  readonly grid?: 'auto' | 'midnight' | 'window';
  readonly assign?: CaseAssign;
  readonly segments?: readonly CaseSegment[];
}

/** Who or what is booked, with its schedule and its occupied time. */
export interface CaseResource {
  readonly id: string;
  readonly kind?: string;
  readonly timeZone?: string;
  readonly weekly?: readonly CaseWeeklyWindow[];
  readonly overrides?: readonly CaseOverride[];
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly timeOff?: readonly CaseSpan[];
  readonly busy?: readonly CaseSpan[];
}

/** A case file as its description in the documentation has it, read without the engine's own types. */
export interface CaseFile {
  readonly now?: string;
  readonly range: { readonly from: string; readonly to: string };
  readonly service: CaseService;
  readonly resources: readonly CaseResource[];
}

/** The answer to a case: slots ascending, in UTC with milliseconds, `resources` in input order. */
export interface CaseAnswer {
  slots: { start: string; end: string; resources: string[] }[];
}
