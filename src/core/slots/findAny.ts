import { placeSegments } from './flexible.ts';
import { fixedSegmentStarts, type FoundSlots } from './found.ts';
import { minutePhase, type StartBuffer } from './grid.ts';
import { allowedFor, collectStarts, gridOf, hostOf, rangeOfStart, type GapPlans } from './host.ts';
import { latticeOf } from './lattice.ts';
import { mergeInOrder, type PickedStarts } from './mergeInOrder.ts';
import { pickCells } from './pickCells.ts';
import { noticeOrder, orderlyQuestion, type AskedQuestion, type OrderlyQuestion } from './orderly.ts';

/**
 * The union of each resource's own slots; of several free at one start the first in the input is chosen. May leave out
 * what comes after the first `limit` starts.
 */
export function findAny(question: AskedQuestion, limit: number): FoundSlots {
  const { service, resources } = question;
  const plans: GapPlans[] = [];
  let orderly: OrderlyQuestion | undefined;
  // Bits unite several calendars and need no order; one that is in order is swept quicker as the lists it comes in.
  const alone = resources.length === 1;
  const asked = alone ? noticeOrder(question) : question;
  const lattice = alone && asked.orderly === true ? undefined : latticeOf(asked, resources);
  const { startsMs, picks } =
    lattice === undefined
      ? sweepEach((orderly = orderlyQuestion(asked)), plans)
      : pickCells(asked, lattice, [{ needed: 1, members: [...resources.keys()] }], limit);
  return {
    count: startsMs.length,
    startsMs,
    picks,
    picksPerSlot: 1,
    segmentStartsMs: service.flexible
      ? placedSegments(question, startsMs, picks, plans)
      : fixedSegmentStarts(service, startsMs),
    freeAt: (index) => freeAt((orderly ??= orderlyQuestion(asked)), startsMs[index]),
    service,
    resources,
  };
}

// Reused by every question: nothing here awaits, so two questions never meet.
const collected: StartBuffer = { data: new Float64Array(1_024), length: 0 };

function sweepEach(question: OrderlyQuestion, plans: GapPlans[]): PickedStarts {
  const { service, resources } = question;
  const bounds = [0];
  collected.length = 0;
  for (const resource of resources) {
    const host = hostOf(question, resource);
    const grid = gridOf(question, resource);
    plans.push(collectStarts(service, host, grid, allowedFor(question, resource), collected));
    bounds.push(collected.length);
  }
  return mergeInOrder(collected.data, bounds);
}

/** Asked for few slots, so each resource is asked about the start alone rather than all starts kept. */
function freeAt(question: OrderlyQuestion, startMs: number | undefined): number[] {
  if (startMs === undefined) return [];
  // Who is alone is free wherever a start was found.
  if (question.resources.length === 1) return [0];
  const asked = rangeOfStart(question, startMs);
  return question.resources.flatMap((resource, index) =>
    sweepEach({ ...asked, resources: [resource] }, []).startsMs.length > 0 ? [index] : [],
  );
}

function placedSegments(
  question: AskedQuestion,
  startsMs: Float64Array,
  picks: Int32Array,
  plans: readonly GapPlans[],
): Float64Array {
  const segmentStartsMs: number[] = [];
  startsMs.forEach((startMs, index) => {
    const plan = plans[picks[index] ?? 0]?.get(minutePhase(startMs));
    if (plan !== undefined) placeSegments(question.service, plan, startMs, segmentStartsMs);
  });
  return Float64Array.from(segmentStartsMs);
}
