import { DAY_MS, epochDayAt, MINUTE_MS } from '../time/localDate.ts';
import { instantOf, localMsAt, type Zone } from '../time/zone.ts';
import { minutesOf, type SeriesChange } from './seriesMoveRequests.ts';

/** Where a change puts a start: reckoned in wall time, so that it comes out the same on both sides of a change of the clock. */
export function newStart(startMs: number, { shiftDays = 0, shiftMinutes = 0, time }: SeriesChange, zone: Zone): number {
  const local = localMsAt(zone, startMs);
  const minutes = time === undefined ? undefined : minutesOf(time);
  const moved =
    (minutes === undefined ? local + shiftMinutes * MINUTE_MS : epochDayAt(local) * DAY_MS + minutes * MINUTE_MS) +
    shiftDays * DAY_MS;
  // A wall time that a clock shows twice stays the instant it is.
  return moved === local ? startMs : instantOf(zone, moved);
}
