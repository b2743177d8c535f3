import { DAY_MS, epochDayAt, type EpochDay } from '../time/localDate.ts';
import { UTC, type Zone } from '../time/zone.ts';
import { findSlots } from './find.ts';
import type { FoundSlots } from './found.ts';
import type { FindQuestion, SlotQuestion } from './question.ts';

/** The zone whose dates an answer goes by: that of the first resource. */
export function dayZone({ resources }: Pick<SlotQuestion, 'resources'>): Zone {
  return resources[0]?.schedule.zone ?? UTC;
}

/** A stretch of instants with one offset and, by the clock, one date, up to `toMs`. */
interface DayStretch {
  readonly day: EpochDay;
  readonly offsetMs: number;
  readonly toMs: number;
}

/**
 * The dates of a zone from one instant to another, ascending by instant. A clock that falls back across midnight shows
 * a date twice, and one that skips a date does not show it.
 */
export function dayStretches(zone: Zone, fromMs: number, toMs: number): readonly DayStretch[] {
  const stretches: DayStretch[] = [];
  for (let cursorMs = fromMs; cursorMs < toMs;) {
    const { offsetMs, toMs: pieceToMs } = zone.pieceAt(cursorMs);
    const day = epochDayAt(cursorMs + offsetMs);
    cursorMs = Math.min((day + 1) * DAY_MS - offsetMs, pieceToMs, toMs);
    stretches.push({ day, offsetMs, toMs: cursorMs });
  }
  return stretches;
}

/** The first bookable start of each date, ascending, as indices of what was found. */
export function firstOfEachDay(question: FindQuestion): {
  readonly found: FoundSlots;
  readonly indices: readonly number[];
} {
  const found = findSlots(question);
  const seen = new Set<EpochDay>();
  const indices = eachDay(question, found).flatMap(({ day, from, to }) => {
    if (from === to || seen.has(day)) return [];
    seen.add(day);
    return [from];
  });
  return { found, indices };
}

/** How many bookable starts each date has that the range touches, ascending. */
export function countPerDay(question: FindQuestion): readonly { readonly day: EpochDay; readonly count: number }[] {
  const counts = new Map<EpochDay, number>();
  for (const { day, from, to } of eachDay(question, findSlots(question))) {
    counts.set(day, (counts.get(day) ?? 0) + to - from);
  }
  return [...counts].map(([day, count]) => ({ day, count })).sort((left, right) => left.day - right.day);
}

/** Which of the found slots, from one index to another, start in each stretch of a date. */
function eachDay(
  question: FindQuestion,
  { startsMs, count }: FoundSlots,
): readonly { readonly day: EpochDay; readonly from: number; readonly to: number }[] {
  const { fromMs, toMs } = question.range;
  let to = 0;
  return dayStretches(dayZone(question), fromMs, toMs).map((stretch) => {
    const from = to;
    while (to < count && (startsMs[to] ?? Infinity) < stretch.toMs) to++;
    return { day: stretch.day, from, to };
  });
}
