import { appendCommon, covers, firstEndingAfter, intervalBuffer, NO_INTERVALS } from '../time/interval.ts';
import { planParts, type GapPart } from './flexible.ts';
import { fixedSegmentStarts } from './found.ts';
import { emitStarts, sortStarts, type StartBuffer } from './grid.ts';
import { allowedFor, feasibleFor, gridOf, openingFor, phasesOf, rangeOfStart } from './host.ts';
import { latticeOf } from './lattice.ts';
import { mergeInOrder, type PickedStarts } from './mergeInOrder.ts';
import { NOTHING, type Picked } from './picked.ts';
import { pickCells } from './pickCells.ts';
import type { Need } from './need.ts';
import { noticeOrder, orderlyQuestion, type AskedQuestion, type OrderlyQuestion } from './orderly.ts';
import type { SlotResource } from './question.ts';
import type { CompiledService } from './service.ts';

/**
 * The union of each member's own slots, on grids of their own; of several free at one start the first is picked. May
 * leave out what comes after the first `limit` starts.
 */
export function findAny(question: AskedQuestion, need: Need, limit: number): Picked {
  const { service, resources } = question;
  const members = need.members.flatMap((index) => resources[index] ?? []);
  const [only] = members;
  if (only === undefined) return NOTHING;
  const plans: Plans = [];
  let orderly: OrderlyQuestion | undefined;
  // Bits unite several calendars and need no order; one that is in order is swept quicker as the lists it comes in.
  const single = members.length === 1;
  const asked = single ? noticeOrder(question) : question;
  const lattice = single && asked.orderly === true ? undefined : latticeOf(asked, members);
  const { startsMs, picks } =
    lattice === undefined
      ? sweepEach((orderly = orderlyQuestion(asked)), need, plans)
      : pickCells(asked, lattice, [need], limit);
  return {
    count: startsMs.length,
    startsMs,
    picks,
    segmentStartsMs: service.flexible
      ? placedSegments(service, need, startsMs, picks, plans)
      : fixedSegmentStarts(service, startsMs),
    freeAt: (index) => [freeAt((orderly ??= orderlyQuestion(asked)), need, startsMs[index])],
  };
}

// Reused by every question: nothing here awaits, so two questions never meet.
const collected: StartBuffer = { data: new Float64Array(1_024), length: 0 };

/** Of each member, where gaps have a choice: what he can do in each of his open intervals, ascending. */
type Plans = (readonly GapPart[])[];

function sweepEach(question: OrderlyQuestion, need: Need, plans: Plans): PickedStarts {
  const { members } = need;
  const bounds = [0];
  collected.length = 0;
  for (const member of members) {
    const resource = question.resources[member];
    if (resource !== undefined) plans.push(collectStarts(question, resource, alone(need, member)));
    bounds.push(collected.length);
  }
  return mergeInOrder(collected.data, bounds, members);
}

const within = intervalBuffer();

/** Appends the starts of a resource's grid at which it can take the appointment, ascending and each once. */
function collectStarts(question: OrderlyQuestion, resource: SlotResource, need: Need): readonly GapPart[] {
  const { service } = question;
  const from = collected.length;
  const plan: GapPart[] = [];
  if (service.flexible) {
    const { runs, overlapping } = gridOf(question, resource);
    const { open } = openingFor(question, resource);
    const allowed = allowedFor(question, resource);
    const phases = phasesOf(runs);
    for (const phaseMs of phases) {
      for (const part of planParts(service, need.segments, open, resource.busy, allowed, phaseMs)) {
        const [first = NO_INTERVALS] = part;
        within.length = 0;
        appendCommon(allowed.data, allowed.length, first, first.length, within);
        emitStarts(runs, service.stepMs, within.data, within.length, collected, phaseMs);
        plan.push(part);
      }
    }
    if (overlapping || phases.size > 1) sortStarts(collected, from);
  } else {
    const feasible = feasibleFor(question, resource, need.part);
    const grid = gridOf(question, resource);
    emitStarts(grid.runs, service.stepMs, feasible.data, feasible.length, collected);
    if (grid.overlapping) sortStarts(collected, from);
  }
  return plan;
}

const alone = (need: Need, member: number): Need => ({ ...need, members: [member] });

/** Asked for few slots, so each member is asked about the start alone rather than all starts kept. */
function freeAt(question: OrderlyQuestion, need: Need, startMs: number | undefined): readonly number[] {
  if (startMs === undefined) return [];
  const { members } = need;
  // Who is alone is free wherever a start was found.
  if (members.length === 1) return members;
  const asked = rangeOfStart(question, startMs);
  return members.filter((member) => sweepEach(asked, alone(need, member), []).startsMs.length > 0);
}

/** Whoever serves alone has each gap as small as what follows permits. */
function placedSegments(
  { lengthsMs, minGapsMs }: CompiledService,
  { members }: Need,
  startsMs: Float64Array,
  picks: Int32Array,
  plans: Plans,
): Float64Array {
  const planOf = new Map(members.map((member, at) => [member, plans[at]]));
  const segmentStartsMs: number[] = [];
  startsMs.forEach((startMs, index) => {
    const plan = planOf.get(picks[index] ?? -1);
    const part = plan?.find(([first = NO_INTERVALS]) => covers(first, startMs, startMs + 1)) ?? [];
    let atMs = startMs;
    lengthsMs.forEach((lengthMs, segment) => {
      const stage = part[segment] ?? NO_INTERVALS;
      atMs = Math.max(atMs, stage[firstEndingAfter(stage, atMs)] ?? NaN);
      segmentStartsMs.push(atMs);
      atMs += lengthMs + (minGapsMs[segment] ?? 0);
    });
  });
  return Float64Array.from(segmentStartsMs);
}
