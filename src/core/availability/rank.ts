import type { Slot } from '../model/slot.ts';
import { DAY_MS, epochDayAt } from '../time/localDate.ts';
import { localMsAt, type Zone } from '../time/zone.ts';

/** How many other starts a refusal names. */
export const MAX_ALTERNATIVES = 3;

/**
 * The starts that a caller wants to hear instead, best first: the same day, nearest first; the next day that has any, at
 * the same time; the same weekday a week later, at the same time; then whatever is free next. Days and times are those of
 * the schedule's zone.
 * @param slots - bookable ones, ascending, the refused start not among them
 */
export function rankAlternatives(slots: readonly Slot[], wantedMs: number, zone: Zone): readonly Slot[] {
  const wantedLocalMs = localMsAt(zone, wantedMs);
  const wantedDay = epochDayAt(wantedLocalMs);
  const localMs = slots.map(({ startMs }) => localMsAt(zone, startMs));
  const days = localMs.map(epochDayAt);
  const chosen = new Set<number>();
  const take = (index: number): void => {
    if (index >= 0 && chosen.size < MAX_ALTERNATIVES) chosen.add(index);
  };
  const distance = (index: number): number => Math.abs((slots[index]?.startMs ?? NaN) - wantedMs);

  const sameDay = slots.flatMap((_, index) => (days[index] === wantedDay ? [index] : []));
  sameDay.sort((a, b) => distance(a) - distance(b) || a - b);
  sameDay.forEach(take);

  const nextDay = days.find((day) => day > wantedDay);
  const sameTimeOn = (day: number | undefined): number =>
    day === undefined ? -1 : localMs.indexOf(wantedLocalMs + (day - wantedDay) * DAY_MS);
  take(sameTimeOn(nextDay));
  take(sameTimeOn(wantedDay + 7));
  slots.forEach((slot, index) => {
    if (slot.startMs > wantedMs) take(index);
  });
  // Nothing later: what is free before is still better than nothing.
  for (let index = slots.length - 1; index >= 0; index--) take(index);
  return [...chosen].map((index) => slots[index]).filter((slot) => slot !== undefined);
}
