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
  const localMs = Array.from(startsMs, (startMs) => localMsAt(zone, startMs));
  const indices = [...localMs.keys()].filter((index) => startsMs[index] !== wantedMs);
  const dayOf = (index: number): number => epochDayAt(localMs[index] ?? NaN);
  const laterMs = (index: number): number => (startsMs[index] ?? NaN) - wantedMs;
  const sameDay = indices.filter((index) => dayOf(index) === wantedDay);
  sameDay.sort((left, right) => Math.abs(laterMs(left)) - Math.abs(laterMs(right)) || left - right);
  const nextDay = indices.reduce(
    (day, index) => (dayOf(index) > wantedDay ? Math.min(day, dayOf(index)) : day),
    Infinity,
  );
  // An hour that a clock shows twice has both.
  const sameTime = [nextDay, wantedDay + 7].flatMap((day) =>
    indices.filter((index) => localMs[index] === wantedLocalMs + (day - wantedDay) * DAY_MS),
  );
  const later = indices.filter((index) => laterMs(index) > 0);
  const earlier = indices.filter((index) => laterMs(index) < 0).reverse();
  return [...new Set([...sameDay, ...sameTime, ...later, ...earlier])].slice(0, count);
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
  const useful = judge(question, found, wish).filter(({ index }) => {
    const otherMs = found.startsMs[index] ?? NaN;
    return otherMs !== startMs && !overlaps(booked, otherMs, endMsAt(found, index));
  });
  const wished = useful.filter(({ unmet }) => unmet.length === 0);
  const offered = (wished.length > 0 ? wished : useful).map(({ index }) => index);
  const startsMs = offered.map((index) => found.startsMs[index] ?? NaN);
  const ranked = rankStarts(startsMs, startMs, dayZone(question), count);
  return { found, indices: ranked.flatMap((place) => offered[place] ?? []) };
}
