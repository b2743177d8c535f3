/** The days of the week as a case file names them, Monday first. */
export const DAY_NAMES = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;

/** One day of the week: `mo` … `su`. */
export type DayName = (typeof DAY_NAMES)[number];

/** A wall-clock window; `to` may be `24:00`, and at or before `from` it means the next day. */
export interface CaseWindow {
  readonly from: string;
  readonly to: string;
}

/** A window that repeats every week on the named days, on dates from `validFrom` to `validTo`. */
export interface CaseWeeklyWindow extends CaseWindow {
  readonly days: readonly DayName[];
  readonly validFrom?: string;
  readonly validTo?: string;
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

/** A date, or dates with both ends included, on which no window starts. */
export type CaseClosedDates = string | { readonly from: string; readonly to: string };

/** When something is open; a resource has these fields itself, the case's `schedules` have them under a name. */
export interface CaseSchedule {
  readonly timeZone?: string;
  readonly weekly?: readonly CaseWeeklyWindow[];
  readonly overrides?: readonly CaseOverride[];
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly closedDates?: readonly CaseClosedDates[];
  readonly timeOff?: readonly CaseSpan[];
}

/** Most appointments a local date or a local week may have, and the starts of those that count. */
export interface CaseLimits {
  readonly perDay?: number;
  readonly perWeek?: number;
  readonly booked?: readonly string[];
}

/** Who takes part: one of the resources, all of them, or so many of each kind. */
export type CaseAssign = 'any' | 'all' | Readonly<Record<string, number>>;

/** What whoever serves must be able to do: all of them the same, or each kind its own. */
export type CaseSkills = readonly string[] | Readonly<Record<string, readonly string[]>>;

/** Whether whoever serves one segment serves the others that need his kind. */
export type CaseKeep = 'required' | 'preferred' | 'free';

/** The strategies by which those who serve are picked. */
export const STRATEGIES = ['order', 'priority', 'roundRobin', 'leastRecent', 'mostFree', 'fewestChanges'] as const;

/** One of the strategies. */
export type CaseStrategy = (typeof STRATEGIES)[number];

/** Who may serve a segment or a service, and how long it takes with whom. */
export interface CaseServing {
  readonly durationMinutesOf?: Readonly<Record<string, number>>;
  readonly assign?: CaseAssign;
  readonly skills?: CaseSkills;
  readonly eligible?: readonly string[];
}

/** One part of a service; the gap after it is fixed, or the least that fits between `min` and `max`. */
export interface CaseSegment extends CaseServing {
  readonly durationMinutes: number;
  readonly gapAfterMinutes?: number | { readonly min: number; readonly max: number };
}

/** What holds for one appointment as a whole: a service has it, or the visit that the service is part of. */
export interface CaseTerms {
  readonly keep?: CaseKeep;
  readonly assignBy?: CaseStrategy;
  readonly stepMinutes?: number;
  readonly grid?: 'auto' | 'midnight' | 'window';
  readonly buffersWithinHours?: boolean;
  readonly noticeMinutes?: number;
  readonly horizonDays?: number;
  readonly horizonDate?: string;
}

/** What is asked for. */
export interface CaseService extends CaseTerms, CaseServing {
  /** Only in a visit. */
  readonly id?: string;
  readonly durationMinutes?: number;
  readonly segments?: readonly CaseSegment[];
  readonly bufferBeforeMinutes?: number;
  readonly bufferAfterMinutes?: number;
  readonly limits?: CaseLimits;
  readonly seats?: number;
}

/** Several services in one appointment. */
export interface CaseVisit extends CaseTerms {
  readonly services: readonly CaseService[];
  readonly order?: 'given' | 'any';
  readonly maxWaitMinutes?: number;
}

/** Occupied time; the kind is for explanations only. */
export interface CaseBusy extends CaseSpan {
  readonly kind?: string;
}

/** Who or what is booked, with its schedule and its occupied time. */
export interface CaseResource extends CaseSchedule {
  readonly id: string;
  readonly kind?: string;
  readonly within?: readonly string[];
  readonly busy?: readonly CaseBusy[];
  readonly capacity?: number;
  readonly skills?: readonly string[];
  readonly limits?: CaseLimits;
  readonly noticeMinutes?: number;
  readonly horizonDays?: number;
  readonly priority?: number;
  readonly weight?: number;
  readonly served?: number;
  readonly lastServed?: string;
}

/** A session that exists; its time stands in the busy time of its resources too. */
export interface CaseSession {
  readonly start: string;
  readonly resources: readonly string[];
  readonly taken: number;
}

/** The customer's own limits and appointments. */
export interface CaseCustomer {
  readonly limits?: CaseLimits;
  readonly busy?: readonly CaseSpan[];
}

/** What a customer would like. */
export interface CaseWish {
  readonly weekdays?: readonly DayName[];
  readonly partOfDay?: 'morning' | 'noon' | 'afternoon' | 'evening' | CaseWindow;
  readonly resources?: readonly string[];
  /** An instant, or a time of day `HH:MM`. */
  readonly around?: string;
}

/** What is asked; all starts when left out. */
export type CaseAsk =
  | { readonly next: number }
  | { readonly firstOfDay: true }
  | { readonly countPerDay: true }
  | { readonly check: string }
  | { readonly explain: string }
  | { readonly alternatives: string; readonly count?: number }
  | { readonly wish: CaseWish; readonly count?: number };

/** A case file as its description in the documentation has it, read without the engine's own types. */
export interface CaseFile {
  readonly now?: string;
  readonly range: { readonly from: string; readonly to?: string };
  readonly service?: CaseService;
  readonly visit?: CaseVisit;
  readonly schedules?: Readonly<Record<string, CaseSchedule>>;
  readonly resources: readonly CaseResource[];
  readonly sessions?: readonly CaseSession[];
  readonly partySize?: number;
  readonly customer?: CaseCustomer;
  readonly prefer?: readonly string[];
  readonly wish?: CaseWish;
  readonly ask?: CaseAsk;
}
