import type { Slot } from '../model/slot.ts';
import type { Blocker } from '../slots/blocker.ts';
import { checkStart } from '../slots/checkStart.ts';
import { nearestTo, type Nearest } from '../slots/nearest.ts';
import type { Snapshot } from './catalogs.ts';
import { withDeciders, type Hindrance } from './deciders.ts';
import { toSlot } from './listing.ts';
import { question, type Candidates } from './wish.ts';

/** Why a start can or cannot be had. It names resources, hours, limits and what kind of thing is in the way, nobody's data. */
export interface Explanation {
  readonly free: boolean;
  /** What it would be, if it is free. */
  readonly slot?: Slot;
  /** Everything that stands in its way, for each resource that could serve and as a whole; none if it is free. */
  readonly blockers: readonly Hindrance[];
  /** The nearest starts that are free within two weeks, and the longest time that would be. Epoch milliseconds. */
  readonly nearest: Nearest;
}

/** Explains one start by everybody who could serve it. `busy` is in the order of the candidates and covers the range. */
export function explained(
  candidates: Candidates,
  snapshot: Snapshot,
  nowMs: number,
  startMs: number,
  range: { readonly fromMs: number; readonly toMs: number },
): Explanation {
  const blockers: Blocker[] = [];
  const near: Nearest[] = [];
  for (const group of candidates.groups) {
    const asked = { ...question(candidates, group, snapshot, nowMs), range };
    const check = checkStart(asked, startMs);
    near.push(nearestTo(asked, startMs));
    if (check.ok) {
      const slot = toSlot(candidates, check.slot);
      return { free: true, ...(slot === undefined ? {} : { slot }), blockers: [], nearest: joined(near) };
    }
    blockers.push(...check.blockers);
  }
  const { policies } = snapshot.catalog;
  return { free: false, blockers: withDeciders(blockers, policies, candidates), nearest: joined(near) };
}

/** The nearest of several groups. */
function joined(near: readonly Nearest[]): Nearest {
  const best = (field: keyof Nearest, pick: (...values: number[]) => number): object => {
    const values = near.flatMap((each) => each[field] ?? []);
    return values.length === 0 ? {} : { [field]: pick(...values) };
  };
  return { ...best('previousMs', Math.max), ...best('nextMs', Math.min), ...best('longestMinutes', Math.max) };
}
