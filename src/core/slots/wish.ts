import { DAY_MS, MINUTE_MS, weekdayOf } from '../time/localDate.ts';
import { instantOf } from '../time/zone.ts';
import { findSlots } from './find.ts';
import type { FoundSlots } from './found.ts';
import { dayStretches, dayZone } from './perDay.ts';
import { isPreferredAt } from './preference.ts';
import type { FindQuestion } from './question.ts';
import type { DayWindow } from './schedule.ts';

/** What somebody would like; what cannot be had is told with each slot. Dates are those of the first resource's zone. */
export interface Wish {
  /** Days of the week; 0 is Monday. */
  readonly weekdays?: readonly number[];
  /** Wall-clock minutes from midnight between which it starts; an end that is not after the start lies on the next day. */
  readonly partOfDay?: DayWindow;
  /** Ids of which one shall serve. They are preferred, before those that the question prefers. */
  readonly resources?: readonly string[];
  /** The instant, or the time of day, to be near to. */
  readonly around?: { readonly ms: number } | { readonly minuteOfDay: number };
}

/** A condition of a {@link Wish} that a slot can fail to meet. */
export type Unmet = 'weekdays' | 'partOfDay' | 'resources';

/** The question with whom the wish names preferred. */
export function preferring(question: FindQuestion, { resources = [] }: Wish): FindQuestion {
  return resources.length === 0 ? question : { ...question, prefer: [...resources, ...(question.prefer ?? [])] };
}

/** A found slot by its index, and what it does not meet. */
export interface RankedSlot {
  readonly index: number;
  readonly unmet: readonly Unmet[];
}

/** The starts that meet a wish best, best first: those that meet more, then those nearer to `around`, then the earlier ones. */
export function rankWish(
  question: FindQuestion,
  wish: Wish,
  count: number,
): { readonly found: FoundSlots; readonly ranked: readonly RankedSlot[] } {
  const found = findSlots(preferring(question, wish));
  const judged = judge(question, found, wish);
  judged.sort(
    (left, right) => left.unmet.length - right.unmet.length || left.awayMs - right.awayMs || left.index - right.index,
  );
  return { found, ranked: judged.slice(0, count).map(({ index, unmet }) => ({ index, unmet })) };
}

/** What each found slot does not meet, and how far it is from the time wished for. */
export function judge(
  question: FindQuestion,
  found: FoundSlots,
  { weekdays, partOfDay, resources, around }: Wish,
): (RankedSlot & { readonly awayMs: number })[] {
  const zone = dayZone(question);
  const { fromMs, toMs } = question.range;
  let index = 0;
  return dayStretches(zone, fromMs, toMs).flatMap((stretch) => {
    const { day, offsetMs } = stretch;
    const wrongDay: readonly Unmet[] = weekdays?.includes(weekdayOf(day)) === false ? ['weekdays'] : [];
    const wantedMs =
      around === undefined || 'ms' in around
        ? around?.ms
        : instantOf(zone, day * DAY_MS + around.minuteOfDay * MINUTE_MS);
    const judged: (RankedSlot & { readonly awayMs: number })[] = [];
    for (let startMs = found.startsMs[index]; startMs !== undefined && startMs < stretch.toMs;) {
      const unmet = [...wrongDay];
      if (partOfDay !== undefined && !isWithin(partOfDay, startMs + offsetMs - day * DAY_MS)) unmet.push('partOfDay');
      if (resources !== undefined && !isPreferredAt(found, index, resources)) unmet.push('resources');
      judged.push({ index, unmet, awayMs: wantedMs === undefined ? 0 : Math.abs(startMs - wantedMs) });
      startMs = found.startsMs[++index];
    }
    return judged;
  });
}

function isWithin({ fromMinute, toMinute }: DayWindow, ms: number): boolean {
  const minute = ms / MINUTE_MS;
  if (fromMinute < toMinute) return minute >= fromMinute && minute < toMinute;
  return minute >= fromMinute || minute < toMinute;
}
