/** A stretch of time in epoch milliseconds, half-open. */
export interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * One reason why a start is not bookable. `resource` is the id of the resource it concerns; reasons without one
 * concern the appointment as a whole. Times are epoch milliseconds, dates `YYYY-MM-DD` in the schedule's zone.
 */
export type Blocker =
  /** The start lies outside the range that was asked about. */
  | { readonly code: 'OUTSIDE_RANGE'; readonly range: Stretch }
  /** The start is no start of the grid of `resource`; its nearest ones, where there are any within a week. */
  | {
      readonly code: 'OFF_GRID';
      readonly resource: string;
      readonly previousMs?: number;
      readonly nextMs?: number;
    }
  /** The appointment does not lie within opening hours; the nearest ones before or around, and after, its start. */
  | {
      readonly code: 'OUTSIDE_HOURS';
      readonly resource: string;
      readonly previous?: Stretch;
      readonly next?: Stretch;
    }
  /** An override closes the date on which the appointment starts. */
  | { readonly code: 'CLOSED_DATE'; readonly resource: string; readonly date: string }
  /** The appointment meets time off. */
  | { readonly code: 'TIME_OFF'; readonly resource: string; readonly timeOff: Stretch }
  /** The appointment fits, but a buffer that must stay within opening hours does not. */
  | { readonly code: 'BUFFER_OUTSIDE_HOURS'; readonly resource: string; readonly side: 'before' | 'after' }
  /** The appointment itself, or the given segment of it (from 0), meets occupied time. */
  | { readonly code: 'BUSY'; readonly resource: string; readonly segment: number; readonly busy: Stretch }
  /** Only a buffer meets occupied time. */
  | {
      readonly code: 'BUFFER_BUSY';
      readonly resource: string;
      readonly side: 'before' | 'after';
      readonly busy: Stretch;
    }
  /** Too soon; the earliest start that keeps the notice. */
  | { readonly code: 'NOTICE_TOO_SHORT'; readonly earliestMs: number }
  /** Too far ahead; the last date on which a start is allowed. */
  | { readonly code: 'BEYOND_HORIZON'; readonly resource: string; readonly lastDate: string }
  /** There are fewer resources (of a kind) than the appointment needs, whatever their calendars say. */
  | {
      readonly code: 'RESOURCE_MISSING';
      readonly kind?: string;
      readonly needed: number;
      readonly available: number;
    };

/** The code of a {@link Blocker}. */
export type BlockerCode = Blocker['code'];
