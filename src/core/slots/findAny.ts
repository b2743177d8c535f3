import { fixedSegmentStarts, type FoundSlots } from './found.ts';
import { minutePhase, type StartBuffer } from './grid.ts';
import { placeSegments } from './flexible.ts';
import { allowedFor, collectStarts, gridOf, hostOf, type GapPlans } from './host.ts';
import type { FindQuestion } from './question.ts';

/** The union of each resource's own slots; of several free at one start the first in the input is chosen. */
export function findAny(question: FindQuestion): FoundSlots {
  const { service, resources } = question;
  const starts: StartBuffer = { data: new Float64Array(512), length: 0 };
  const bounds = [0];
  const plans: GapPlans[] = [];
  for (const resource of resources) {
    const host = hostOf(question, resource);
    plans.push(collectStarts(service, host, gridOf(question, resource), allowedFor(question, resource), starts));
    bounds.push(starts.length);
  }
  const merged = mergeInOrder(starts.data, bounds);
  const freeAt = (index: number): number[] => {
    const free: number[] = [];
    const start = merged.startsMs[index] ?? NaN;
    for (let resource = 0; resource < resources.length; resource++) {
      if (includesSorted(starts.data, bounds[resource] ?? 0, bounds[resource + 1] ?? 0, start)) free.push(resource);
    }
    return free;
  };
  return {
    count: merged.startsMs.length,
    ...merged,
    picksPerSlot: 1,
    segmentStartsMs: service.flexible
      ? placedSegments(question, merged, plans)
      : fixedSegmentStarts(service, merged.startsMs),
    freeAt,
    service,
    resources,
  };
}

interface Merged {
  readonly startsMs: Float64Array;
  readonly picks: Int32Array;
}

/** Unites ascending lists laid out one after another; where several have a start, the first list is its pick. */
function mergeInOrder(data: Float64Array, bounds: readonly number[]): Merged {
  const total = bounds[bounds.length - 1] ?? 0;
  const lists = bounds.length - 1;
  if (lists === 1) return { startsMs: data.slice(0, total), picks: new Int32Array(total) };
  let startsMs = new Float64Array(total);
  let picks = new Int32Array(total);
  let nextStarts = new Float64Array(total);
  let nextPicks = new Int32Array(total);
  let count = 0;
  for (let list = 0; list < lists; list++) {
    let mine = bounds[list] ?? 0;
    const end = bounds[list + 1] ?? 0;
    let at = 0;
    let written = 0;
    while (at < count || mine < end) {
      const known = at < count ? (startsMs[at] ?? NaN) : Infinity;
      const own = mine < end ? (data[mine] ?? NaN) : Infinity;
      if (known <= own) {
        nextStarts[written] = known;
        nextPicks[written++] = picks[at++] ?? 0;
        if (known === own) mine++;
      } else {
        nextStarts[written] = own;
        nextPicks[written++] = list;
        mine++;
      }
    }
    count = written;
    [startsMs, nextStarts] = [nextStarts, startsMs];
    [picks, nextPicks] = [nextPicks, picks];
  }
  return { startsMs: startsMs.slice(0, count), picks: picks.slice(0, count) };
}

function placedSegments(question: FindQuestion, merged: Merged, plans: readonly GapPlans[]): Float64Array {
  const segmentStartsMs: number[] = [];
  merged.startsMs.forEach((startMs, index) => {
    const plan = plans[merged.picks[index] ?? 0]?.get(minutePhase(startMs));
    if (plan !== undefined) placeSegments(question.service, plan, startMs, segmentStartsMs);
  });
  return Float64Array.from(segmentStartsMs);
}

function includesSorted(data: Float64Array, from: number, to: number, wanted: number): boolean {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((data[middle] ?? NaN) < wanted) low = middle + 1;
    else high = middle;
  }
  return low < to && data[low] === wanted;
}
