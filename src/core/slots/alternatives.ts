import { normalise, NO_INTERVALS, overlaps } from '../time/interval.ts';
import { DAY_MS, epochDayAt } from '../time/localDate.ts';
import { localMsAt, type Zone } from '../time/zone.ts';
import { findSlots } from './find.ts';
import { endMsAt, type FoundSlots } from './found.ts';
import { dayZone } from './perDay.ts';
import type { FindQuestion } from './question.ts';
import { judge, preferring, type Wish } from './wish.ts';

/**
 * Which of some ascending starts to offer in place of one, as indices, best first: those on the same date, the nearest
 * first; then the next date that has any, at the same time of day; then a week later at the same time; then the later
 * ones, ascending; then the earlier ones, descending. Never the start itself.
 */
export function rankStarts(startsMs: ArrayLike<number>, wantedMs: number, zone: Zone, count: number): number[] {
  const wantedLocalMs = localMsAt(zone, wantedMs);
  const wantedDay = epochDayAt(wantedLocalMs);
  const localMs = Float64Array.from(startsMs, (startMs) => localMsAt(zone, startMs));
  const sameDay: number[] = [];
  let nextDay = Infinity;
  localMs.forEach((local, index) => {
    const day = epochDayAt(local);
    if (day === wantedDay) sameDay.push(index);
    else if (day > wantedDay && day < nextDay) nextDay = day;
  });
  const laterMs = (index: number): number => (startsMs[index] ?? NaN) - wantedMs;
  sameDay.sort((left, right) => Math.abs(laterMs(left)) - Math.abs(laterMs(right)) || left - right);

  const chosen = new Set<number>();
  const take = (index: number): void => {
    if (chosen.size < count && laterMs(index) !== 0) chosen.add(index);
  };
  sameDay.forEach(take);
  for (const day of [nextDay, wantedDay + 7]) {
    // An hour that a clock shows twice has both.
    localMs.forEach((local, index) => {
      if (local === wantedLocalMs + (day - wantedDay) * DAY_MS) take(index);
    });
  }
  for (let index = 0; index < localMs.length; index++) if (laterMs(index) > 0) take(index);
  for (let index = localMs.length - 1; index >= 0; index--) if (laterMs(index) < 0) take(index);
  return [...chosen];
}

/**
 * Other bookable starts than one, best first, as indices of what was found: never one at which the customer is booked;
 * of those that meet the wish, if any does, else of all.
 */
export function alternativesTo(
  question: FindQuestion,
  startMs: number,
  count: number,
  wish: Wish = {},
): { readonly found: FoundSlots; readonly indices: readonly number[] } {
  const found = findSlots(preferring(question, wish));
  const booked = normalise(question.customer?.busy ?? NO_INTERVALS);
  const { unmet } = judge(question, found, wish);
  const useful = [...unmet.keys()].filter(
    (index) => booked.length === 0 || !overlaps(booked, found.startsMs[index] ?? NaN, endMsAt(found, index)),
  );
  const wished = useful.filter((index) => unmet[index] === 0 && found.startsMs[index] !== startMs);
  const offered = wished.length > 0 ? wished : useful;
  const startsMs = offered.map((index) => found.startsMs[index] ?? NaN);
  const ranked = rankStarts(startsMs, startMs, dayZone(question), count);
  return { found, indices: ranked.flatMap((place) => offered[place] ?? []) };
}
