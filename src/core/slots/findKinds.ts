import { covers, NO_INTERVALS, type Intervals } from '../time/interval.ts';
import { coveredBy, coveredByAll } from './coverage.ts';
import { fixedSegmentStarts } from './found.ts';
import { emitStarts, sortStarts, type StartBuffer } from './grid.ts';
import { feasibleFor, feasibleList, gridOf, rangeOfStart } from './host.ts';
import { latticeOf } from './lattice.ts';
import type { PickedStarts } from './mergeInOrder.ts';
import type { Need } from './need.ts';
import { orderlyQuestion, type AskedQuestion, type OrderlyQuestion } from './orderly.ts';
import { NOTHING, type Picked } from './picked.ts';
import { pickCells } from './pickCells.ts';
import type { SlotResource } from './question.ts';

/**
 * Starts on the first resource's grid at which every need finds enough free members, all with the same fixed gaps. May
 * leave out what comes after the first `limit` starts.
 */
export function findKinds(question: AskedQuestion, needs: readonly Need[], limit: number): Picked {
  const [first] = question.resources;
  if (first === undefined) return NOTHING;
  const lattice = latticeOf(question, [first]);
  const { startsMs, picks } =
    lattice === undefined
      ? sweepLists(orderlyQuestion(question), needs, first)
      : pickCells(question, lattice, needs, limit);
  let orderly: OrderlyQuestion | undefined;
  return {
    count: startsMs.length,
    startsMs,
    picks,
    segmentStartsMs: fixedSegmentStarts(question.service, startsMs),
    freeAt: (index) => freeAt((orderly ??= orderlyQuestion(question)), needs, startsMs[index]),
  };
}

/** For grids that begin anew each day or window: counts who is free as sorted lists. */
function sweepLists(question: OrderlyQuestion, needs: readonly Need[], first: SlotResource): PickedStarts {
  const lists = needs.map(({ members, part }) => members.map((member) => listOf(question, member, part)));
  const common = coveredByAll(needs.map(({ needed }, need) => coveredBy(lists[need] ?? [], needed)));
  const grid = gridOf(question, first);
  const starts: StartBuffer = { data: new Float64Array(512), length: 0 };
  emitStarts(grid.runs, question.service.stepMs, common, common.length, starts);
  if (grid.overlapping) sortStarts(starts, 0);
  const startsMs = starts.data.slice(0, starts.length);
  const picks: number[] = [];
  for (const startMs of startsMs) {
    needs.forEach(({ members, needed }, need) => {
      const free = members.filter((_, at) => covers(lists[need]?.[at] ?? NO_INTERVALS, startMs, startMs + 1));
      picks.push(...free.slice(0, needed));
    });
  }
  return { startsMs, picks: Int32Array.from(picks) };
}

function listOf(question: OrderlyQuestion, member: number, part: Need['part']): Intervals {
  const resource = question.resources[member];
  return resource === undefined ? NO_INTERVALS : feasibleList(question, resource, part);
}

/** Asked for few slots, so each member is asked about the start alone rather than all starts kept. */
function freeAt(question: OrderlyQuestion, needs: readonly Need[], startMs: number | undefined): number[][] {
  if (startMs === undefined) return [];
  const asked = rangeOfStart(question, startMs);
  return needs.map(({ members, part }) =>
    members.filter((member) => {
      const resource = question.resources[member];
      return resource !== undefined && feasibleFor(asked, resource, part).length > 0;
    }),
  );
}
