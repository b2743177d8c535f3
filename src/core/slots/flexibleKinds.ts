import { covers, NO_INTERVALS, type Intervals } from '../time/interval.ts';
import { MINUTE_MS } from '../time/localDate.ts';
import { coveredBy, coveredByAll } from './coverage.ts';
import { partAt, planGaps, type GapPart, type GapPlan } from './flexible.ts';
import type { FoundSlots } from './found.ts';
import { emitStarts, minutePhase, sortStarts, type GridRuns, type StartBuffer } from './grid.ts';
import { allowedFor, gridOf, hostOf, phasesOf } from './host.ts';
import { meetable, membersOf, pickFree, type Need } from './need.ts';
import { orderlyQuestion, type AskedQuestion, type OrderlyQuestion } from './orderly.ts';
import type { CompiledService } from './service.ts';

/** Starts on the first resource's grid at which enough of each kind are free, where gaps have a choice. */
export function findFlexibleKinds(asked: AskedQuestion, needs: readonly Need[]): FoundSlots {
  const question = orderlyQuestion(asked);
  const { service, resources } = question;
  const starts: StartBuffer = { data: new Float64Array(512), length: 0 };
  const segmentStartsMs: number[] = [];
  const free: number[][] = [];
  const [first] = resources;
  if (first !== undefined && meetable(needs)) {
    const { runs } = gridOf(question, first);
    const plans = plansFor(question, needs, runs);
    plans.forEach(({ common }, phaseMs) => emitStarts(runs, service.stepMs, common, common.length, starts, phaseMs));
    sortStarts(starts, 0);
    placeJointly(service, needs, plans, starts, (placed, members) => {
      segmentStartsMs.push(...placed);
      free.push(members);
    });
  }
  const startsMs = starts.data.slice(0, starts.length);
  return {
    count: startsMs.length,
    startsMs,
    picks: Int32Array.from(free.flatMap((members) => pickFree(needs, members))),
    picksPerSlot: needs.reduce((sum, { needed }) => sum + needed, 0),
    segmentStartsMs: Float64Array.from(segmentStartsMs),
    freeAt: (index) => free[index] ?? [],
    service,
    resources: asked.resources,
  };
}

/** The plans of every resource that may be picked, for starts of one phase. */
interface JointPlan {
  readonly plans: ReadonlyMap<number, GapPlan>;
  /** Starts at which enough of each kind could take the appointment, each with gaps of its own. */
  readonly common: Intervals;
}

/** Each resource's plan of gaps, by phase of the starts. */
function plansFor(question: OrderlyQuestion, needs: readonly Need[], runs: GridRuns): ReadonlyMap<number, JointPlan> {
  const byPhase = new Map<number, JointPlan>();
  for (const phaseMs of phasesOf(runs)) {
    const plans = new Map<number, GapPlan>();
    for (const index of membersOf(needs)) {
      const resource = question.resources[index];
      if (resource === undefined) continue;
      const host = hostOf(question, resource);
      plans.set(index, planGaps(question.service, host.open, host.busy, allowedFor(question, resource), phaseMs));
    }
    const common = coveredByAll(
      needs.map(({ members, needed }) =>
        coveredBy(
          members.map((index) => plans.get(index)?.starts ?? NO_INTERVALS),
          needed,
        ),
      ),
    );
    byPhase.set(phaseMs, { plans, common });
  }
  return byPhase;
}

/**
 * The picked resources share one appointment and so its gaps: looks for the smallest gaps, the earlier gap first, with
 * which enough of each kind are free. Starts without any are removed from `starts`; the others are reported in order.
 */
function placeJointly(
  service: CompiledService,
  needs: readonly Need[],
  byPhase: ReadonlyMap<number, JointPlan>,
  starts: StartBuffer,
  placed: (segmentStartsMs: readonly number[], members: number[]) => void,
): void {
  let kept = 0;
  for (let at = 0; at < starts.length; at++) {
    const startMs = starts.data[at] ?? NaN;
    const plans = byPhase.get(minutePhase(startMs))?.plans ?? new Map<number, GapPlan>();
    const able: Able[] = [];
    for (const [index, plan] of [...plans].sort(([left], [right]) => left - right)) {
      const part = partAt(plan, startMs);
      if (part !== undefined && covers(plan.starts, startMs, startMs + 1)) able.push({ index, part });
    }
    const found = search(service, needs, able, [startMs], new Set());
    if (found === undefined) continue;
    starts.data[kept++] = startMs;
    placed(found.segmentStartsMs, found.members);
  }
  starts.length = kept;
}

interface Able {
  readonly index: number;
  readonly part: GapPart;
}

function search(
  service: CompiledService,
  needs: readonly Need[],
  able: readonly Able[],
  segmentStartsMs: number[],
  hopeless: Set<string>,
): { segmentStartsMs: number[]; members: number[] } | undefined {
  const members = able.map(({ index }) => index);
  if (!needs.every((need) => members.filter((index) => need.members.includes(index)).length >= need.needed)) {
    return undefined;
  }
  const segment = segmentStartsMs.length;
  if (segment === service.lengthsMs.length) return { segmentStartsMs, members };
  const endMs = (segmentStartsMs[segment - 1] ?? NaN) + (service.lengthsMs[segment - 1] ?? NaN);
  const key = `${segment} ${endMs} ${members.join()}`;
  if (hopeless.has(key)) return undefined;
  const mostMs = service.maxGapsMs[segment - 1] ?? 0;
  for (let gapMs = service.minGapsMs[segment - 1] ?? 0; gapMs <= mostMs; gapMs += MINUTE_MS) {
    const nextMs = endMs + gapMs;
    const still = able.filter(({ part }) => {
      // Starts of a stage lie in the open interval its part was planned for, so nobody leaves theirs in a gap.
      const stage = part.stages[segment] ?? NO_INTERVALS;
      return covers(stage, nextMs, nextMs + 1);
    });
    const found = search(service, needs, still, [...segmentStartsMs, nextMs], hopeless);
    if (found !== undefined) return found;
  }
  hopeless.add(key);
  return undefined;
}
