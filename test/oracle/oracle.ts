import { alternativesTo } from './alternatives.ts';
import type { CaseAnswer, DaysAnswer, ExplainAnswer, SlotAnswer, SlotsAnswer } from './caseAnswer.ts';
import type { CaseAsk, CaseFile, CaseWish } from './caseFile.ts';
import { dateOf, epochMs, isoAt, localDay, MINUTE_MS } from './clocks.ts';
import { zoneOf } from './minuteCalendar.ts';
import { preferenceOf } from './preference.ts';
import { listSlots } from './slots.ts';
import { nearestToWish } from './wishes.ts';

const DAY_MS = 86_400_000;
/** What a `next` without an end of the range looks at, and in which bites. */
const DAYS_LOOKED_AT = [4, 16, 64, 400];
const ALTERNATIVES = 3;
const WISHED = 10;

/**
 * Answers a valid case file the slow and plain way: every resource written down minute by minute, every start tried,
 * every gap tried. Shares nothing with the engine, so that the two agreeing means something.
 */
export function oracleAnswer(file: CaseFile): CaseAnswer {
  return answerFrom(file, oracleSlots(file).slots);
}

/** All starts of the case's range, whatever it asks. */
export function oracleSlots(file: CaseFile): { readonly slots: readonly SlotAnswer[] } {
  if (file.range.to !== undefined) return { slots: listSlots(file, preferredBy(file)) };
  let slots: SlotAnswer[] = [];
  const wanted = file.ask !== undefined && 'next' in file.ask ? file.ask.next : Number.POSITIVE_INFINITY;
  for (const days of DAYS_LOOKED_AT) {
    const to = isoAt(epochMs(file.range.from) + days * DAY_MS);
    slots = listSlots({ ...file, range: { from: file.range.from, to } }, preferredBy(file));
    if (slots.length >= wanted) break;
  }
  return { slots };
}

/** Answers what is asked from all starts of the range. */
export function answerFrom(file: CaseFile, slots: readonly SlotAnswer[]): CaseAnswer {
  const { ask } = file;
  const zone = zoneOfFirst(file);
  if (ask === undefined) return slotsAnswer(file, slots);
  if ('next' in ask) return slotsAnswer(file, slots.slice(0, ask.next));
  if ('firstOfDay' in ask) return slotsAnswer(file, firstOfEachDay(slots, zone));
  if ('countPerDay' in ask) return countPerDay(file, slots, zone);
  if ('check' in ask) {
    const slot = slots.find(({ start }) => epochMs(start) === epochMs(ask.check));
    return { start: isoAt(epochMs(ask.check)), free: slot !== undefined, ...(slot ? { slot } : {}) };
  }
  if ('explain' in ask) return explained(ask.explain, slots);
  if ('alternatives' in ask) {
    const best = alternativesTo(file, ask.alternatives, slots, zone);
    return slotsAnswer(file, best.slice(0, ask.count ?? ALTERNATIVES));
  }
  return slotsAnswer(file, nearestToWish(slots, ask.wish, zone).slice(0, ask.count ?? WISHED));
}

/** Whoever is wished for comes first, then whoever is preferred. */
function preferredBy(file: CaseFile): readonly string[] {
  return [...(wishOf(file.ask, file.wish)?.resources ?? []), ...(file.prefer ?? [])];
}

function wishOf(ask: CaseAsk | undefined, wish: CaseWish | undefined): CaseWish | undefined {
  if (ask === undefined) return undefined;
  if ('wish' in ask) return ask.wish;
  return 'alternatives' in ask ? wish : undefined;
}

function slotsAnswer(file: CaseFile, slots: readonly SlotAnswer[]): SlotsAnswer {
  return { slots, ...(file.prefer === undefined ? {} : { preference: preferenceOf(file, slots, preferredBy(file)) }) };
}

function zoneOfFirst(file: CaseFile): string {
  const [first] = file.resources;
  return first === undefined ? 'UTC' : zoneOf(file, first);
}

function firstOfEachDay(slots: readonly SlotAnswer[], zone: string): SlotAnswer[] {
  const days = new Set<number>();
  return slots.filter(({ start }) => {
    const day = localDay(epochMs(start), zone);
    const isFirst = !days.has(day);
    days.add(day);
    return isFirst;
  });
}

function countPerDay(file: CaseFile, slots: readonly SlotAnswer[], zone: string): DaysAnswer {
  const counts = new Map<number, number>();
  const endMs = epochMs(file.range.to ?? file.range.from);
  for (let ms = epochMs(file.range.from); ms < endMs; ms += MINUTE_MS) counts.set(localDay(ms, zone), 0);
  if (endMs > epochMs(file.range.from)) counts.set(localDay(endMs - 1, zone), 0);
  for (const { start } of slots) {
    const day = localDay(epochMs(start), zone);
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  const ascending = [...counts].sort(([one], [other]) => one - other);
  return { days: ascending.map(([day, count]) => ({ date: dateOf(day), count })) };
}

function explained(start: string, slots: readonly SlotAnswer[]): ExplainAnswer {
  const atMs = epochMs(start);
  const previous = slots.findLast((slot) => epochMs(slot.start) < atMs)?.start;
  const next = slots.find((slot) => epochMs(slot.start) > atMs)?.start;
  return {
    start: isoAt(atMs),
    free: slots.some((slot) => epochMs(slot.start) === atMs),
    nearest: { ...(previous && { previous }), ...(next && { next }) },
  };
}
