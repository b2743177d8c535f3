import type { Blocker } from './blocker.ts';
import { explain } from './explain.ts';
import { slotStartingAt } from './find.ts';
import type { Slot } from './found.ts';
import type { FindQuestion, SlotQuestion } from './question.ts';

/** What {@link checkStart} answers. */
export type StartCheck =
  { readonly ok: true; readonly slot: Slot } | { readonly ok: false; readonly blockers: readonly Blocker[] };

/**
 * Judges one start with the code that lists starts, so that the two cannot disagree. If it is not bookable, says
 * everything that stands in its way: for each resource that could have served, and for the appointment as a whole.
 * Explained are the first order of a visit and the least gaps; each resource with its own length, where it has one.
 * With a range, a start outside it is refused.
 */
export function checkStart(question: SlotQuestion | FindQuestion, startMs: number): StartCheck {
  const outside = outsideRange(question, startMs);
  const slot = slotStartingAt(question, startMs);
  if (slot === undefined) return { ok: false, blockers: [...outside, ...explain(question, startMs)] };
  return outside.length === 0 ? { ok: true, slot } : { ok: false, blockers: outside };
}

function outsideRange(question: SlotQuestion | FindQuestion, startMs: number): Blocker[] {
  if (!('range' in question)) return [];
  const { fromMs, toMs } = question.range;
  if (startMs >= fromMs && startMs < toMs) return [];
  return [{ code: 'OUTSIDE_RANGE', range: { startMs: fromMs, endMs: toMs } }];
}
