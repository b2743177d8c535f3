import { findSlots } from './find.ts';
import { resourceIdsAt, type FoundSlots } from './found.ts';
import type { FindQuestion } from './question.ts';

/** What became of somebody preferred. */
export interface Preference {
  /** The id that `prefer` names. */
  readonly resource: string;
  /** `free`: could serve at a listed start. `busy`: at none. `unknown`: no resource has this id. */
  readonly status: 'free' | 'busy' | 'notQualified' | 'unknown';
}

/** Whether one of these serves a found slot. */
export function isPreferredAt(found: FoundSlots, index: number, prefer: readonly string[]): boolean {
  return resourceIdsAt(found, index).some((id) => prefer.includes(id));
}

/** What became of each one preferred, at those of the found slots that are listed: all of them unless told. */
export function preferenceOf(
  question: FindQuestion,
  found: FoundSlots,
  listed: readonly number[] = [...found.startsMs.keys()],
): readonly Preference[] {
  const { prefer = [], resources } = question;
  const able = new Set(found.variants.flatMap(({ needs }) => needs.flatMap(({ members }) => members)));
  return prefer.map((id) => {
    const index = resources.findIndex((resource) => resource.id === id);
    if (index < 0) return { resource: id, status: 'unknown' };
    if (!able.has(index)) return { resource: id, status: 'notQualified' };
    return { resource: id, status: isFree(question, found, listed, id) ? 'free' : 'busy' };
  });
}

function isFree(question: FindQuestion, found: FoundSlots, listed: readonly number[], id: string): boolean {
  if (listed.some((index) => isPreferredAt(found, index, [id]))) return true;
  const starts = new Set(listed.map((index) => found.startsMs[index]));
  const fromMs = found.startsMs[0];
  if (starts.size === 0 || fromMs === undefined) return false;
  // Others may have come first, so he is asked for before all of them.
  const toMs = (found.startsMs[found.count - 1] ?? NaN) + 1;
  const first = findSlots({ ...question, prefer: [id, ...(question.prefer ?? [])], range: { fromMs, toMs } });
  return [...first.startsMs.keys()].some(
    (index) => starts.has(first.startsMs[index]) && isPreferredAt(first, index, [id]),
  );
}
