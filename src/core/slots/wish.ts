import { DAY_MS, MINUTE_MS, weekdayOf } from '../time/localDate.ts';
import { instantOf } from '../time/zone.ts';
import { findSlots } from './find.ts';
import type { FoundSlots } from './found.ts';
import { dayStretches, dayZone } from './perDay.ts';
import { isPreferredAt } from './preference.ts';
import type { FindQuestion } from './question.ts';
import type { DayWindow } from './dateWindows.ts';

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

const CONDITIONS = ['weekdays', 'partOfDay', 'resources'] as const;

/** A condition of a {@link Wish} that a slot can fail to meet. */
export type Unmet = (typeof CONDITIONS)[number];

/** A found slot by its index, and what it does not meet. */
export interface RankedSlot {
  readonly index: number;
  readonly unmet: readonly Unmet[];
}

/** The question with whom the wish names preferred. */
export function preferring(question: FindQuestion, { resources = [] }: Wish): FindQuestion {
  return resources.length === 0 ? question : { ...question, prefer: [...resources, ...(question.prefer ?? [])] };
}

/** The starts that meet a wish best, best first: those that meet more, then those nearer to `around`, then the earlier ones. */
export function rankWish(
  question: FindQuestion,
  wish: Wish,
  count: number,
): { readonly found: FoundSlots; readonly ranked: readonly RankedSlot[] } {
  const found = findSlots(preferring(question, wish));
  const { unmet, awayMs } = judge(question, found, wish);
  const best: number[] = [];
  for (let failing = 0; failing <= CONDITIONS.length && best.length < count; failing++) {
    const alike = [...unmet.keys()].filter((index) => namesOf(unmet[index] ?? 0).length === failing);
    alike.sort((left, right) => (awayMs[left] ?? 0) - (awayMs[right] ?? 0) || left - right);
    for (const index of alike.slice(0, count - best.length)) best.push(index);
  }
  return { found, ranked: best.map((index) => ({ index, unmet: namesOf(unmet[index] ?? 0) })) };
}

/** What each found slot does not meet, a bit for each condition, and how far it is from the time wished for. */
export function judge(
  question: FindQuestion,
  found: FoundSlots,
  { weekdays, partOfDay, resources, around }: Wish,
): { readonly unmet: Uint8Array; readonly awayMs: Float64Array } {
  const zone = dayZone(question);
  const { fromMs, toMs } = question.range;
  const unmet = new Uint8Array(found.count);
  const awayMs = new Float64Array(found.count);
  let index = 0;
  for (const { day, offsetMs, toMs: endMs } of dayStretches(zone, fromMs, toMs)) {
    const wrongDay = weekdays?.includes(weekdayOf(day)) === false ? 1 : 0;
    const wantedMs =
      around === undefined || 'ms' in around
        ? around?.ms
        : instantOf(zone, day * DAY_MS + around.minuteOfDay * MINUTE_MS);
    for (; index < found.count; index++) {
      const startMs = found.startsMs[index] ?? NaN;
      if (startMs >= endMs) break;
      const wrongTime = partOfDay !== undefined && !isWithin(partOfDay, startMs + offsetMs - day * DAY_MS);
      const others = resources !== undefined && !isPreferredAt(found, index, resources);
      unmet[index] = wrongDay | (wrongTime ? 2 : 0) | (others ? 4 : 0);
      if (wantedMs !== undefined) awayMs[index] = Math.abs(startMs - wantedMs);
    }
  }
  return { unmet, awayMs };
}

const NAMES = Array.from({ length: 1 << CONDITIONS.length }, (_, bits) =>
  CONDITIONS.filter((_name, place) => ((bits >> place) & 1) === 1),
);
/** What the bits of {@link judge} stand for. */
export const namesOf = (bits: number): readonly Unmet[] => NAMES[bits] ?? [];

function isWithin({ fromMinute, toMinute }: DayWindow, ms: number): boolean {
  const minute = ms / MINUTE_MS;
  if (fromMinute < toMinute) return minute >= fromMinute && minute < toMinute;
  return minute >= fromMinute || minute < toMinute;
}
