import { fixedSegmentStarts } from './found.ts';
import { emitStarts, minutePhase, sortStarts, type StartBuffer } from './grid.ts';
import { allowedFor, feasibleFor, gridOf, openingFor, phasesOf, rangeOfStart } from './host.ts';
import { latticeOf } from './lattice.ts';
import { mergeInOrder, type PickedStarts } from './mergeInOrder.ts';
import { NOTHING, type Picked } from './picked.ts';
import { pickCells } from './pickCells.ts';
import { placeSegments, planGaps, type GapPlan } from './flexible.ts';
import type { Need } from './need.ts';
import { noticeOrder, orderlyQuestion, type AskedQuestion, type OrderlyQuestion } from './orderly.ts';
import type { SlotResource } from './question.ts';

/** Plans of gaps by the phase of their starts; undefined for a service without a choice of gaps. */
type GapPlans = ReadonlyMap<number, GapPlan> | undefined;

/**
 * The union of each member's own slots, on grids of their own; of several free at one start the first is picked. May
 * leave out what comes after the first `limit` starts.
 */
export function findAny(question: AskedQuestion, need: Need, limit: number): Picked {
  const { service, resources } = question;
  const members = need.members.flatMap((index) => resources[index] ?? []);
  const [only] = members;
  if (only === undefined) return NOTHING;
  const plans: GapPlans[] = [];
  let orderly: OrderlyQuestion | undefined;
  // Bits unite several calendars and need no order; one that is in order is swept quicker as the lists it comes in.
  const alone = members.length === 1;
  const asked = alone ? noticeOrder(question) : question;
  const lattice = alone && asked.orderly === true ? undefined : latticeOf(asked, members);
  const { startsMs, picks } =
    lattice === undefined
      ? sweepEach((orderly = orderlyQuestion(asked)), need, plans)
      : pickCells(asked, lattice, [need], limit);
  return {
    count: startsMs.length,
    startsMs,
    picks,
    segmentStartsMs: service.flexible
      ? placedSegments(question, need, startsMs, picks, plans)
      : fixedSegmentStarts(service, startsMs),
    freeAt: (index) => [freeAt((orderly ??= orderlyQuestion(asked)), need, startsMs[index])],
  };
}

// Reused by every question: nothing here awaits, so two questions never meet.
const collected: StartBuffer = { data: new Float64Array(1_024), length: 0 };

function sweepEach(question: OrderlyQuestion, { members, part }: Need, plans: GapPlans[]): PickedStarts {
  const bounds = [0];
  collected.length = 0;
  for (const member of members) {
    const resource = question.resources[member];
    if (resource !== undefined) plans.push(collectStarts(question, resource, part));
    bounds.push(collected.length);
  }
  return mergeInOrder(collected.data, bounds, members);
}

/** Appends the starts of a resource's grid at which it can take the appointment, ascending and each once. */
function collectStarts(question: OrderlyQuestion, resource: SlotResource, part: Need['part']): GapPlans {
  const { service } = question;
  const from = collected.length;
  if (!service.flexible) {
    const feasible = feasibleFor(question, resource, part);
    const grid = gridOf(question, resource);
    emitStarts(grid.runs, service.stepMs, feasible.data, feasible.length, collected);
    if (grid.overlapping) sortStarts(collected, from);
    return undefined;
  }
  const plans = new Map<number, GapPlan>();
  const grid = gridOf(question, resource);
  const { open } = openingFor(question, resource);
  const allowed = allowedFor(question, resource);
  for (const phaseMs of phasesOf(grid.runs)) {
    const plan = planGaps(service, open, resource.busy, allowed, phaseMs);
    emitStarts(grid.runs, service.stepMs, plan.starts, plan.starts.length, collected, phaseMs);
    plans.set(phaseMs, plan);
  }
  if (grid.overlapping || plans.size > 1) sortStarts(collected, from);
  return plans;
}

/** Asked for few slots, so each member is asked about the start alone rather than all starts kept. */
function freeAt(question: OrderlyQuestion, need: Need, startMs: number | undefined): readonly number[] {
  if (startMs === undefined) return [];
  const { members } = need;
  // Who is alone is free wherever a start was found.
  if (members.length === 1) return members;
  const asked = rangeOfStart(question, startMs);
  return members.filter((member) => sweepEach(asked, { ...need, members: [member] }, []).startsMs.length > 0);
}

function placedSegments(
  { service }: AskedQuestion,
  { members }: Need,
  startsMs: Float64Array,
  picks: Int32Array,
  plans: readonly GapPlans[],
): Float64Array {
  const segmentStartsMs: number[] = [];
  const planOf = new Map(members.map((member, at) => [member, plans[at]]));
  startsMs.forEach((startMs, index) => {
    const plan = planOf.get(picks[index] ?? -1)?.get(minutePhase(startMs));
    if (plan !== undefined) placeSegments(service, plan, startMs, segmentStartsMs);
  });
  return Float64Array.from(segmentStartsMs);
}
