/** A stretch of time in epoch milliseconds, half-open. */
export interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
}

/** Whose opening hours an explanation speaks of. */
interface Hours {
  readonly resource: string;
  /** The schedule it lies within that is to blame; the resource's own unless given. */
  readonly schedule?: string;
}

/** What is occupied. */
interface Occupied {
  readonly resource: string;
  /** With a capacity above 1 the stretch in which that many appointments overlap. */
  readonly busy: Stretch;
  /** What occupies it, where that is known. */
  readonly kind?: string;
  /** How many appointments the resource takes side by side, if more than one. */
  readonly capacity?: number;
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
  /** What the resource serves does not lie within opening hours; the nearest ones before or around, and after, its start. */
  | ({ readonly code: 'OUTSIDE_HOURS'; readonly previous?: Stretch; readonly next?: Stretch } & Hours)
  /** The date on which the resource would begin to serve is closed. */
  | ({ readonly code: 'CLOSED_DATE'; readonly date: string } & Hours)
  /** What the resource serves meets time off. */
  | ({ readonly code: 'TIME_OFF'; readonly timeOff: Stretch } & Hours)
  /** What the resource serves fits, but a buffer that must stay within opening hours does not. */
  | { readonly code: 'BUFFER_OUTSIDE_HOURS'; readonly resource: string; readonly side: 'before' | 'after' }
  /** The appointment itself, or the given segment of it (from 0), meets occupied time. */
  | ({ readonly code: 'BUSY'; readonly segment: number } & Occupied)
  /** Only a buffer meets occupied time. */
  | ({ readonly code: 'BUFFER_BUSY'; readonly side: 'before' | 'after' } & Occupied)
  /** Too soon; the earliest start that keeps the notice. With `resource` where not all have the same. */
  | { readonly code: 'NOTICE_TOO_SHORT'; readonly earliestMs: number; readonly resource?: string }
  /** Too far ahead; the last date on which a start is allowed. */
  | { readonly code: 'BEYOND_HORIZON'; readonly resource: string; readonly lastDate: string }
  /** As many appointments as are allowed start between two dates, which are both included. */
  | {
      readonly code: 'LIMIT_REACHED';
      /** In whose zone it is counted. */
      readonly resource: string;
      /** Whose appointments are counted. */
      readonly scope: 'resource' | 'service' | 'customer';
      readonly period: 'day' | 'week';
      readonly limit: number;
      readonly firstDate: string;
      readonly lastDate: string;
    }
  /** There are fewer resources (of a kind) who may serve than the appointment needs, whatever their calendars say. */
  | {
      readonly code: 'RESOURCE_MISSING';
      readonly kind?: string;
      readonly needed: number;
      readonly available: number;
    }
  /** The resource is missed, or preferred, and lacks skills. */
  | { readonly code: 'NOT_QUALIFIED'; readonly resource: string; readonly missing: readonly string[] }
  /** The resource is missed, or preferred, and not among those who may serve. */
  | { readonly code: 'NOT_ELIGIBLE'; readonly resource: string }
  /** More people than one session takes. */
  | { readonly code: 'PARTY_TOO_LARGE'; readonly partySize: number; readonly seats: number }
  /** The session at this start has too few seats left for the party. */
  | { readonly code: 'SEATS_TAKEN'; readonly partySize: number; readonly seatsLeft: number }
  /** Enough resources could serve, each by itself, but not together. */
  | { readonly code: 'NO_ARRANGEMENT' };

/** The code of a {@link Blocker}. */
export type BlockerCode = Blocker['code'];
