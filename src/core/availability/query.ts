import type { FieldError } from '../refusals.ts';
import type { AppointmentId, HoldId, ResourceId } from '../model/ids.ts';
import type { CaseWish } from '../slots/case/caseAsk.ts';
import type { Slot } from '../model/slot.ts';
import { parseInstant } from '../time/instant.ts';

/** An instant: ISO 8601 with an offset, a Date, epoch milliseconds, or a Temporal.Instant or ZonedDateTime. */
export type InstantInput = string | number | Date | { readonly epochMilliseconds: number };

/**
 * A hold or appointment that the new time would take the place of. Its own time does not block, and it is given up in the
 * transaction that takes the new one. The owner, or the version seen, shows that the caller may do so.
 */
export type Replacing =
  | { readonly hold: HoldId; readonly owner: string }
  | { readonly appointment: AppointmentId; readonly version?: number | undefined };

/** Who and what is asked for. */
export interface WishInput {
  /** Key or id; or else `services`. */
  readonly service?: string | undefined;
  /** Keys or ids of 2 to 5 services that are done in one visit, in the place of `service`. */
  readonly services?: readonly string[] | undefined;
  /** Of a visit: `any` lets the engine choose the order; left out: `given`. */
  readonly order?: 'given' | 'any' | undefined;
  /** Of a visit: the longest wait between two services, a multiple of the grain, 480 in all; left out: 0. */
  readonly maxWaitMinutes?: number | undefined;
  /** Key or id; left out: any branch. */
  readonly branch?: string | undefined;
  /** Key or id of the one who shall do it; left out: anyone who can. */
  readonly resource?: string | undefined;
  /** How many people it is for, up to the seats of the service; left out: one. */
  readonly partySize?: number | undefined;
  /** Keys or ids of those who shall serve if possible, most wanted first; at most 50. */
  readonly prefer?: readonly string[] | undefined;
}

interface Question extends WishInput {
  readonly replacing?: Replacing | undefined;
}

/** What to look for: a range, the next `count`, or the first `count` of a range. */
export interface FindQuery extends Question {
  /** Starts at or after; left out: now. */
  readonly from?: InstantInput | undefined;
  /** Starts before. Left out: as far as needed for `count`. At most 62 days after `from`. */
  readonly to?: InstantInput | undefined;
  /** At most so many slots, 1 to 2,000; needed when `to` is left out. */
  readonly count?: number | undefined;
  /**
   * What the caller would like. Then the best slots come first, each with what it does not meet, 10 unless `count` is given;
   * without `to` two weeks are looked at. Days and times of day are those of the one who serves first.
   */
  readonly wish?: CaseWish | undefined;
}

/** One start to be judged. */
export interface CheckQuery extends Question {
  readonly start: InstantInput;
}

/** At least one. */
export type NonEmpty<T> = readonly [T, ...T[]];

/** What was found: at least one slot, ascending by start, or the best first where a wish was told. */
export interface Found {
  readonly slots: NonEmpty<Slot>;
  /** Where somebody is preferred: what became of each, in the order named. */
  readonly preference?: readonly Preference[];
}

/** What became of somebody who is preferred. */
export interface Preference {
  readonly resourceId: ResourceId;
  /** `free`: could serve at a start that was found. `busy`: at none of them. */
  readonly status: 'free' | 'busy' | 'notQualified';
}

/** The years 0000 to 9999, which ISO 8601 writes with four digits: beyond them slots have no text. */
const FIRST_MS = -62_167_219_200_000;
const LAST_MS = 253_402_300_799_999;

/** Reads an instant; the error names the field and says what would be right. */
export function readInstant(input: InstantInput, path: string): number | FieldError {
  const ms =
    typeof input === 'string'
      ? parseInstant(input)
      : typeof input === 'number'
        ? input
        : input instanceof Date
          ? input.getTime()
          : // A program without types may pass anything.
            (input as { readonly epochMilliseconds: number } | null | undefined)?.epochMilliseconds;
  if (ms === undefined || !Number.isSafeInteger(ms) || ms < FIRST_MS || ms > LAST_MS)
    return { path, message: 'must be an instant with an offset, like 2026-11-24T10:00:00+01:00' };
  return ms;
}
