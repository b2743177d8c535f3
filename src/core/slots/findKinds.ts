import { bufferedIntervals, covers, intervalBuffer, NO_INTERVALS, type Intervals } from '../time/interval.ts';
import { coveredBy, coveredByAll } from './coverage.ts';
import { feasibleStarts } from './feasible.ts';
import { fixedSegmentStarts, type FoundSlots } from './found.ts';
import { emitStarts, sortStarts, type StartBuffer } from './grid.ts';
import { allowedFor, gridOf, hostOf, isFeasible } from './host.ts';
import { meetable, membersOf, pickFree, type Need } from './need.ts';
import { latticeOf } from './lattice.ts';
import type { PickedStarts } from './mergeInOrder.ts';
import { pickCells } from './pickCells.ts';
import { orderlyQuestion, type AskedQuestion, type OrderlyQuestion } from './orderly.ts';
import type { SlotResource } from './question.ts';

/**
 * Starts on the first resource's grid at which every need finds enough free members, all with the same fixed gaps; picked
 * in input order. May leave out what comes after the first `limit` starts.
 */
export function findKinds(question: AskedQuestion, needs: readonly Need[], limit: number): FoundSlots {
  const { service, resources } = question;
  const { startsMs, picks } = meetable(needs) ? pickStarts(question, needs, limit) : NOTHING;
  let orderly: OrderlyQuestion | undefined;
  const picksPerSlot = needs.reduce((sum, { needed }) => sum + needed, 0);
  return {
    count: startsMs.length,
    startsMs,
    picks,
    picksPerSlot,
    segmentStartsMs: fixedSegmentStarts(service, startsMs),
    freeAt: (index) => freeAt((orderly ??= orderlyQuestion(question)), needs, startsMs[index]),
    service,
    resources,
  };
}

function pickStarts(question: AskedQuestion, needs: readonly Need[], limit: number): PickedStarts {
  const [first] = question.resources;
  if (first === undefined) return NOTHING;
  const lattice = latticeOf(question, [first]);
  return lattice === undefined
    ? sweepLists(orderlyQuestion(question), needs, first)
    : pickCells(question, lattice, needs, limit);
}

const NOTHING: PickedStarts = { startsMs: new Float64Array(0), picks: new Int32Array(0) };

/** For grids that begin anew each day or window: counts who is free as sorted lists. */
function sweepLists(question: OrderlyQuestion, needs: readonly Need[], first: SlotResource): PickedStarts {
  const members = membersOf(needs);
  const feasible = new Map<number, Intervals>();
  for (const index of members) {
    const resource = question.resources[index];
    if (resource !== undefined) feasible.set(index, feasibleOf(question, resource));
  }
  const listOf = (index: number): Intervals => feasible.get(index) ?? NO_INTERVALS;
  const common = coveredByAll(needs.map((need) => coveredBy(need.members.map(listOf), need.needed)));
  const grid = gridOf(question, first);
  const starts: StartBuffer = { data: new Float64Array(512), length: 0 };
  emitStarts(grid.runs, question.service.stepMs, common, common.length, starts);
  if (grid.overlapping) sortStarts(starts, 0);
  const startsMs = starts.data.slice(0, starts.length);
  const picks: number[] = [];
  for (const startMs of startsMs) {
    picks.push(
      ...pickFree(
        needs,
        members.filter((index) => covers(listOf(index), startMs, startMs + 1)),
      ),
    );
  }
  return { startsMs, picks: Int32Array.from(picks) };
}

function feasibleOf(question: OrderlyQuestion, resource: SlotResource): Intervals {
  const out = intervalBuffer();
  const host = hostOf(question, resource);
  feasibleStarts(question.service, host.open, host.busy, allowedFor(question, resource), out);
  return bufferedIntervals(out);
}

/** Asked for few slots, so each member is asked about the start alone rather than all starts kept. */
function freeAt(question: OrderlyQuestion, needs: readonly Need[], startMs: number | undefined): number[] {
  if (startMs === undefined) return [];
  return membersOf(needs).filter((index) => {
    const resource = question.resources[index];
    return resource !== undefined && isFeasible(question, resource, startMs);
  });
}
