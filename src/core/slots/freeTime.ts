import { bufferedIntervals, intersect, intervalBuffer, normalise, subtract } from '../time/interval.ts';
import { DAY_MS, type EpochDay } from '../time/localDate.ts';
import type { Zone } from '../time/zone.ts';
import { appendDates } from './dates.ts';
import type { SlotResource } from './question.ts';

/** How long a resource is open and free on a date of a zone, in milliseconds. Its `busy` is what it cannot take any more. */
export function freeMsOn({ schedule, busy }: SlotResource, zone: Zone, day: EpochDay): number {
  const out = intervalBuffer(4);
  // A date lies within a day of the same one in UTC.
  appendDates(Float64Array.of(day, day + 1), zone, (day - 1) * DAY_MS, (day + 3) * DAY_MS, out);
  const date = bufferedIntervals(out);
  const [fromMs = 0] = date;
  const toMs = date[date.length - 1] ?? 0;
  const free = subtract(intersect(date, schedule.openingIn(fromMs, toMs).open), normalise(busy));
  let sumMs = 0;
  for (let index = 0; index < free.length; index += 2) sumMs += (free[index + 1] ?? 0) - (free[index] ?? 0);
  return sumMs;
}
