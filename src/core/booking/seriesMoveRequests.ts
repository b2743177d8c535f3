import type { Appointment } from '../model/appointment.ts';
import type { AppointmentId, GroupId } from '../model/ids.ts';
import type { Refused } from '../refusals.ts';
import { writeErrors, type FieldErrors } from './limits.ts';
import type { WriteOptions } from './requests.ts';
import { scopeErrors, type SeriesScope } from './seriesScope.ts';

/** What becomes different for each occurrence, from where it stands. At least one field; the rest stays as it is. */
export interface SeriesChange {
  /** By how many days it moves, from −366 to 366, its wall time kept across changes of the clock. */
  readonly shiftDays?: number | undefined;
  /** By how many minutes of its wall time it moves, from −1,440 to 1,440. Not beside `time`. */
  readonly shiftMinutes?: number | undefined;
  /** The wall time that it begins at: `14:30`. */
  readonly time?: string | undefined;
  /** Who does it, by key or id. Left out: whoever does it now if he is free then, else anyone who can. */
  readonly resource?: string | undefined;
  /** What is done, by key or id; another service has another price. */
  readonly service?: string | undefined;
}

/** How a series shall be moved. */
export interface SeriesMove extends SeriesScope {
  readonly change: SeriesChange;
  /**
   * `skip` leaves where it is what cannot be moved, `shift` moves it to the start that comes closest, `fail` moves all or
   * nothing. Left out: `fail`.
   */
  readonly conflicts?: 'skip' | 'shift' | 'fail' | undefined;
  /** How far from its new time an occurrence may be shifted, 1 to 10,080; left out: 1,440. */
  readonly withinMinutes?: number | undefined;
}

/** How to move a series. */
export interface SeriesMoveOptions extends WriteOptions {
  /** Whose wish it is: policies bind customers only, and count for each occurrence; left out: `customer`. */
  readonly by?: 'customer' | 'company' | undefined;
}

/** What came of one occurrence: as it is now, or why it stays where it was. */
export type MovedOccurrence = { readonly appointmentId: AppointmentId } & (
  | {
      readonly ok: true;
      /** Where it stood; null: it stands where it should anyway. A repeated answer does not know it, and says null. */
      readonly previousMs: number | null;
      /** Whether it had to go elsewhere than was asked. */
      readonly isShifted: boolean;
      readonly appointment: Appointment;
    }
  | Refused
);

/** What came of the move of a series, now or earlier under the same key. */
export interface MovedSeries {
  readonly groupId: GroupId;
  /** All that were meant, in the order of where they stood. */
  readonly occurrences: readonly MovedOccurrence[];
  readonly replayed: boolean;
}

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** The minutes from midnight of a wall time; undefined when it is none. */
export function minutesOf(time: string): number | undefined {
  const [, hours, minutes] = TIME.exec(time) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}

/** What is wrong with the fields of a move. */
export function seriesMoveErrors(move: SeriesMove, options: SeriesMoveOptions): FieldErrors {
  const { conflicts, withinMinutes } = move;
  const change = (move as Partial<SeriesMove>).change ?? {};
  const { shiftDays, shiftMinutes, time, resource, service } = change;
  const isWithin = (value: number | undefined, least: number, most: number): boolean =>
    value === undefined || (Number.isInteger(value) && value >= least && value <= most);
  return scopeErrors(writeErrors(options), move)
    .require(
      Object.values({ shiftDays, shiftMinutes, time, resource, service }).some((value) => value !== undefined),
      'change',
      'must name at least one of shiftDays, shiftMinutes, time, resource and service',
    )
    .require(isWithin(shiftDays, -366, 366), 'change.shiftDays', 'must be a whole number from -366 to 366')
    .require(isWithin(shiftMinutes, -1_440, 1_440), 'change.shiftMinutes', 'must be a whole number from -1440 to 1440')
    .require(
      time === undefined || (typeof time === 'string' && minutesOf(time) !== undefined),
      'change.time',
      'must be a wall time like 14:30',
    )
    .require(time === undefined || shiftMinutes === undefined, 'change.time', 'must be left out beside shiftMinutes')
    .text(resource, 'change.resource', 200, 1)
    .text(service, 'change.service', 200, 1)
    .require(
      conflicts === undefined || ['skip', 'shift', 'fail'].includes(conflicts),
      'conflicts',
      'must be skip, shift or fail',
    )
    .require(isWithin(withinMinutes, 1, 10_080), 'withinMinutes', 'must be a whole number from 1 to 10080')
    .require(
      options.by === undefined || ['customer', 'company'].includes(options.by),
      'by',
      'must be customer or company',
    );
}
