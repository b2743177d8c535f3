import { DAY_MS } from '../time/localDate.ts';
import { findAny } from './findAny.ts';
import { findKinds } from './findKinds.ts';
import { findFlexibleAll } from './flexibleAll.ts';
import { findFlexibleKinds } from './flexibleKinds.ts';
import { joinFound, slotAt, type FoundSlots, type Slot } from './found.ts';
import { rangeOfStart } from './host.ts';
import { everyone, kindNeeds } from './need.ts';
import { orderlyQuestion, type AskedQuestion } from './orderly.ts';
import type { FindQuestion, SlotQuestion } from './question.ts';

/**
 * Every bookable start in the question's range, ascending.
 *
 * @example
 * const service = compileService({ segments: [{ durationMinutes: 30 }], stepMinutes: 15 });
 * const schedule = compileSchedule({ zone: UTC, weekly: [{ weekday: 0, fromMinute: 540, toMinute: 1020 }] });
 * const anna = { id: 'anna', kind: 'staff', schedule, busy: new Float64Array(0) };
 * const range = { fromMs: Date.UTC(2026, 10, 23), toMs: Date.UTC(2026, 10, 24) };
 * slotsOf(findSlots({ service, resources: [anna], range }));
 */
export function findSlots(question: FindQuestion): FoundSlots {
  return find(question, Infinity);
}

/** The first `count` bookable starts in the question's range; looks no further than it must. */
export function nextSlots(question: FindQuestion, count: number): FoundSlots {
  const asked = orderlyQuestion(question);
  const { fromMs, toMs } = asked.range;
  let stretchMs = FIRST_STRETCH_MS;
  let endMs = Math.min(fromMs + stretchMs, toMs);
  let last = find({ ...asked, range: { fromMs, toMs: endMs } }, count);
  const parts: [FoundSlots, ...FoundSlots[]] = [last];
  let found = last.count;
  while (found < count && endMs < toMs) {
    // A calendar that has been full so far is skimmed in larger stretches.
    stretchMs = Math.min(stretchMs * 2, LONGEST_STRETCH_MS);
    const startMs = endMs;
    endMs = Math.min(startMs + stretchMs, toMs);
    // An answer without a slot is not kept.
    if (last.count === 0) parts.pop();
    last = find({ ...asked, range: { fromMs: startMs, toMs: endMs } }, count - found);
    parts.push(last);
    found += last.count;
  }
  return { ...joinFound(parts, count), resources: question.resources };
}

const FIRST_STRETCH_MS = 7 * DAY_MS;
const LONGEST_STRETCH_MS = 28 * DAY_MS;

/** May leave out what comes after the first `limit` starts. */
function find(question: AskedQuestion, limit: number): FoundSlots {
  const { service, resources } = question;
  const { assign, flexible } = service;
  if (assign === 'any') return findAny(question, limit);
  if (assign === 'all') return flexible ? findFlexibleAll(question) : findKinds(question, everyone(resources), limit);
  const needs = kindNeeds(assign, resources);
  return flexible ? findFlexibleKinds(question, needs) : findKinds(question, needs, limit);
}

/** The slot that starts at an instant, exactly as {@link findSlots} would list it; undefined if it would not. */
export function slotStartingAt(question: SlotQuestion, startMs: number): Slot | undefined {
  return slotAt(findSlots(rangeOfStart(question, startMs)), 0);
}
