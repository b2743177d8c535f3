import { bufferedIntervals, covers, intervalBuffer, type Intervals } from '../time/interval.ts';
import { coveredBy, coveredByAll } from './coverage.ts';
import { feasibleStarts } from './feasible.ts';
import { placeJointly, plansFor } from './flexibleKinds.ts';
import { fixedSegmentStarts, type FoundSlots } from './found.ts';
import { emitStarts, sortStarts, type StartBuffer } from './grid.ts';
import { allowedFor, gridOf, hostOf } from './host.ts';
import { kindNeeds, type KindNeed } from './kindNeeds.ts';
import type { FindQuestion, SlotResource } from './question.ts';

/** Starts on the first resource's grid at which enough resources of each kind are free; picked in input order. */
export function findKinds(question: FindQuestion, assign: Readonly<Record<string, number>>): FoundSlots {
  const { service, resources } = question;
  const needs = kindNeeds(assign, resources);
  const [first] = resources;
  const starts: StartBuffer = { data: new Float64Array(512), length: 0 };
  const picks: number[] = [];
  const segmentStartsMs: number[] = [];
  const free: number[][] = [];
  const possible = needs.length > 0 && needs.every(({ needed, members }) => members.length >= needed);
  if (first !== undefined && possible) {
    const grid = gridOf(question, first);
    if (service.flexible) {
      const plans = plansFor(question, needs, grid.runs);
      plans.forEach((plan, phaseMs) =>
        emitStarts(grid.runs, service.stepMs, plan.common, plan.common.length, starts, phaseMs),
      );
      sortStarts(starts, 0);
      placeJointly(service, needs, plans, starts, (placed, members) => {
        segmentStartsMs.push(...placed);
        free.push(members);
      });
    } else {
      const feasible = new Map<number, Intervals>();
      for (const index of needs.flatMap(({ members }) => members)) {
        const resource = resources[index];
        if (resource !== undefined) feasible.set(index, feasibleOf(question, resource));
      }
      const common = coveredByAll(
        needs.map(({ members, needed }) =>
          coveredBy(
            members.map((index) => feasible.get(index) ?? new Float64Array(0)),
            needed,
          ),
        ),
      );
      emitStarts(grid.runs, service.stepMs, common, common.length, starts);
      if (grid.overlapping) sortStarts(starts, 0);
      const members = [...feasible].sort(([left], [right]) => left - right);
      for (let at = 0; at < starts.length; at++) {
        const startMs = starts.data[at] ?? NaN;
        free.push(members.flatMap(([index, list]) => (covers(list, startMs, startMs + 1) ? [index] : [])));
      }
    }
  }
  for (const members of free) picks.push(...pickByKind(needs, members));
  const startsMs = starts.data.slice(0, starts.length);
  return {
    count: startsMs.length,
    startsMs,
    picks: Int32Array.from(picks),
    picksPerSlot: needs.reduce((sum, { needed }) => sum + needed, 0),
    segmentStartsMs: service.flexible ? Float64Array.from(segmentStartsMs) : fixedSegmentStarts(service, startsMs),
    freeAt: (index) => free[index] ?? [],
    service,
    resources,
  };
}

function feasibleOf(question: FindQuestion, resource: SlotResource): Intervals {
  const out = intervalBuffer();
  const host = hostOf(question, resource);
  feasibleStarts(question.service, host.open, host.busy, allowedFor(question, resource), out);
  return bufferedIntervals(out);
}

/** Of the free resources the first of each kind, in input order. */
function pickByKind(needs: readonly KindNeed[], free: readonly number[]): number[] {
  return needs
    .flatMap(({ members, needed }) => free.filter((index) => members.includes(index)).slice(0, needed))
    .sort((left, right) => left - right);
}
