import { covers, NO_INTERVALS, type Intervals } from '../time/interval.ts';
import { MINUTE_MS } from '../time/localDate.ts';
import { coveredBy, coveredByAll } from './coverage.ts';
import { partsAt, planGaps, type GapPart, type GapPlan } from './flexible.ts';
import { emitStarts, minutePhase, sortStarts, type GridRuns, type StartBuffer } from './grid.ts';
import { allowedFor, gridOf, openingFor, phasesOf } from './host.ts';
import type { Need } from './need.ts';
import { orderlyQuestion, type AskedQuestion, type OrderlyQuestion } from './orderly.ts';
import { NOTHING, type Picked } from './picked.ts';
import type { CompiledService } from './service.ts';

/** Starts on the first resource's grid at which every need finds enough free members, where gaps have a choice. */
export function findFlexible(asked: AskedQuestion, needs: readonly Need[]): Picked {
  const question = orderlyQuestion(asked);
  const { service, resources } = question;
  const [first] = resources;
  if (first === undefined) return NOTHING;
  const starts: StartBuffer = { data: new Float64Array(512), length: 0 };
  const { runs, overlapping } = gridOf(question, first);
  const plans = plansFor(question, needs, runs);
  plans.forEach(({ common }, phaseMs) => emitStarts(runs, service.stepMs, common, common.length, starts, phaseMs));
  if (overlapping || plans.size > 1) sortStarts(starts, 0);
  const startsMs: number[] = [];
  const segmentStartsMs: number[] = [];
  const free: (readonly (readonly number[])[])[] = [];
  for (let at = 0; at < starts.length; at++) {
    const startMs = starts.data[at] ?? NaN;
    const able = ableAt(needs, plans.get(minutePhase(startMs))?.plans ?? [], startMs);
    const found = arrange(service, needs, able, [startMs], new Set());
    if (found === undefined) continue;
    startsMs.push(startMs);
    segmentStartsMs.push(...found.segmentStartsMs);
    free.push(needs.map((need, index) => membersIn(found.able, index, need)));
  }
  return {
    count: startsMs.length,
    startsMs: Float64Array.from(startsMs),
    picks: Int32Array.from(
      free.flatMap((each) => each.flatMap((members, need) => members.slice(0, needs[need]?.needed))),
    ),
    segmentStartsMs: Float64Array.from(segmentStartsMs),
    freeAt: (index) => free[index] ?? [],
  };
}

/** For starts of one phase: each need's plans, member by member. */
interface JointPlan {
  readonly plans: readonly (readonly GapPlan[])[];
  /** Starts at which every need finds enough members who could serve, each with gaps of his own. */
  readonly common: Intervals;
}

function plansFor(question: OrderlyQuestion, needs: readonly Need[], runs: GridRuns): ReadonlyMap<number, JointPlan> {
  const byPhase = new Map<number, JointPlan>();
  for (const phaseMs of phasesOf(runs)) {
    const plans = needs.map(({ members, segments }) =>
      members.map((member): GapPlan => {
        const resource = question.resources[member];
        if (resource === undefined) return { starts: NO_INTERVALS, parts: [] };
        const { open } = openingFor(question, resource);
        return planGaps(question.service, segments, open, resource.busy, allowedFor(question, resource), phaseMs);
      }),
    );
    const common = coveredByAll(
      needs.map(({ needed }, index) =>
        coveredBy(
          (plans[index] ?? []).map((plan) => plan.starts),
          needed,
        ),
      ),
    );
    byPhase.set(phaseMs, { plans, common });
  }
  return byPhase;
}

/** A member of a need who can take the appointment in one of his open intervals. */
interface Able {
  readonly need: number;
  readonly member: number;
  readonly part: GapPart;
  readonly name: string;
}

function ableAt(needs: readonly Need[], plans: readonly (readonly GapPlan[])[], startMs: number): readonly Able[] {
  return needs.flatMap(({ members }, need) =>
    members.flatMap((member, at) => {
      const plan = plans[need]?.[at];
      if (plan === undefined || !covers(plan.starts, startMs, startMs + 1)) return [];
      return partsAt(plan, startMs).map((part) => ({
        need,
        member,
        part,
        name: `${need}.${member}.${plan.parts.indexOf(part)}`,
      }));
    }),
  );
}

/** The members of a need among those who are able, in the need's order. */
function membersIn(able: readonly Able[], need: number, { members }: Need): readonly number[] {
  const left = new Set(able.filter((each) => each.need === need).map(({ member }) => member));
  return members.filter((member) => left.has(member));
}

/**
 * Those who serve share one appointment and so its gaps: looks for the smallest gaps, the earlier gap first, with which
 * every need has enough. `hopeless` remembers what led nowhere.
 */
function arrange(
  service: CompiledService,
  needs: readonly Need[],
  able: readonly Able[],
  segmentStartsMs: readonly number[],
  hopeless: Set<string>,
): { readonly segmentStartsMs: readonly number[]; readonly able: readonly Able[] } | undefined {
  if (needs.some((need, index) => membersIn(able, index, need).length < need.needed)) return undefined;
  const segment = segmentStartsMs.length;
  if (segment === service.lengthsMs.length) return { segmentStartsMs, able };
  const endMs = (segmentStartsMs[segment - 1] ?? NaN) + (service.lengthsMs[segment - 1] ?? NaN);
  const key = `${segment} ${endMs} ${able.map(({ name }) => name).join()}`;
  if (hopeless.has(key)) return undefined;
  const mostMs = service.maxGapsMs[segment - 1] ?? 0;
  for (let gapMs = service.minGapsMs[segment - 1] ?? 0; gapMs <= mostMs; gapMs += MINUTE_MS) {
    const nextMs = endMs + gapMs;
    // The starts of a stage lie in the open interval its part was planned for, so nobody leaves his in a gap.
    const still = able.filter(({ part }) => covers(part.stages[segment] ?? NO_INTERVALS, nextMs, nextMs + 1));
    const found = arrange(service, needs, still, [...segmentStartsMs, nextMs], hopeless);
    if (found !== undefined) return found;
  }
  hopeless.add(key);
  return undefined;
}
