import type { Appointment } from '../model/appointment.ts';
import type { GroupId } from '../model/ids.ts';
import type { Slot } from '../model/slot.ts';
import type { Refused } from '../refusals.ts';
import { judgeOptions, namesWhat, type ItemOptions } from './batchRequests.ts';
import { writeErrors, type FieldErrors } from './limits.ts';
import type { StartWish, WriteOptions } from './requests.ts';

/** What repeats, and what becomes of occurrences that cannot be had. */
export interface SeriesWish {
  /** The first occurrence, which the rule must give itself. The others have its wall time, across changes of the clock. */
  readonly target: StartWish;
  /**
   * RFC 5545: FREQ (DAILY, WEEKLY, MONTHLY, YEARLY), INTERVAL, COUNT or UNTIL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, WKST. At
   * most 366 occurrences within two years.
   */
  readonly rule: string;
  /** Local dates (`2026-12-24`) on which it does not take place; they count towards COUNT. */
  readonly exceptDates?: readonly string[] | undefined;
  /**
   * `skip` leaves out what cannot be had, `shift` moves it to the start that comes closest, `fail` books all or nothing. Left
   * out: `fail`.
   */
  readonly conflicts?: 'skip' | 'shift' | 'fail' | undefined;
  /** How far an occurrence may be shifted, 1 to 10,080; left out: 1,440. The same date comes first. */
  readonly shiftMinutes?: number | undefined;
  /** Whether whoever can serve the most occurrences is preferred for all; left out: yes. */
  readonly sameResource?: boolean | undefined;
}

/** How to book a series. */
export interface SeriesOptions extends WriteOptions, ItemOptions {
  /** Whose wish it is: policies bind customers only; left out: `customer`. */
  readonly by?: 'customer' | 'company' | undefined;
}

interface Occurrence {
  /** When the rule has it. */
  readonly startMs: number;
  /** The same in ISO 8601 with the offset of the branch. */
  readonly start: string;
}

/** An occurrence that was booked: at its time, or shifted from it. */
export type BookedOccurrence = Occurrence &
  ({ readonly ok: true; readonly isShifted: boolean; readonly appointment: Appointment } | Refused);

/** An occurrence that could be booked. */
export type CheckedOccurrence = Occurrence &
  ({ readonly ok: true; readonly isShifted: boolean; readonly slot: Slot } | Refused);

/** What came of a series, now or earlier under the same key. */
export interface SeriesBooking {
  /** Each appointment has it; null where nothing was booked. */
  readonly groupId: GroupId | null;
  /** One for each start of the rule, ascending. */
  readonly occurrences: readonly BookedOccurrence[];
  readonly replayed: boolean;
}

/** What would come of a series at present. */
export interface CheckedSeries {
  readonly occurrences: readonly CheckedOccurrence[];
}

/** The most occurrences of a series. */
export const MOST_OCCURRENCES = 366;
/** How long a series may last. */
export const LONGEST_YEARS = 2;

/** What is wrong with the fields of a series, but for its rule and start. */
export function seriesErrors(wish: SeriesWish, options: SeriesOptions): FieldErrors {
  const { conflicts, shiftMinutes, target } = wish;
  const errors = writeErrors(options)
    .require(
      namesWhat((target as Partial<StartWish> | undefined) ?? {}),
      'target.service',
      'must be given, or else services',
    )
    .require((target as Partial<StartWish> | undefined)?.start !== undefined, 'target.start', 'must be given')
    .text(wish.rule, 'rule', 500, 1)
    .require(typeof wish.rule === 'string', 'rule', 'must be a rule like FREQ=WEEKLY;COUNT=10')
    .require(
      conflicts === undefined || ['skip', 'shift', 'fail'].includes(conflicts),
      'conflicts',
      'must be skip, shift or fail',
    )
    .require(
      shiftMinutes === undefined || (Number.isInteger(shiftMinutes) && shiftMinutes >= 1 && shiftMinutes <= 10_080),
      'shiftMinutes',
      'must be a whole number from 1 to 10080',
    )
    .require((wish.exceptDates ?? []).length <= MOST_OCCURRENCES, 'exceptDates', `must be at most ${MOST_OCCURRENCES}`);
  judgeOptions(errors, options, '');
  return errors;
}
