import { intervalBuffer, type Intervals } from '../time/interval.ts';
import { feasibleStarts } from './feasible.ts';
import { planGaps, type GapPlan } from './flexible.ts';
import { emitStarts, gridRuns, minutePhase, sortStarts, type GridRuns, type StartBuffer } from './grid.ts';
import { allowedStarts } from './allowed.ts';
import type { OrderlyQuestion } from './orderly.ts';
import type { FindQuestion, SlotQuestion, SlotResource } from './question.ts';
import type { Opening } from './schedule.ts';
import type { CompiledService } from './service.ts';

/** What an appointment must find its place in: one resource's open and busy time, or several resources' taken together. */
export interface Host {
  readonly open: Intervals;
  readonly busy: Intervals;
}

/** Plans of gaps by the phase of their starts; undefined for a service without a choice of gaps. */
export type GapPlans = ReadonlyMap<number, GapPlan> | undefined;

/** The opening of a resource, right for every appointment that starts in the question's range. */
export function openingFor(question: FindQuestion, resource: SlotResource): Opening {
  const { service, range } = question;
  return resource.schedule.openingIn(
    range.fromMs - service.bufferBeforeMs,
    range.toMs + service.maxSpanMs + service.bufferAfterMs,
  );
}

/** One resource as a host. */
export function hostOf(question: OrderlyQuestion, resource: SlotResource): Host {
  return { open: openingFor(question, resource).open, busy: resource.busy };
}

const runs: GridRuns = { data: new Float64Array(256), length: 0 };

/** The runs of a resource's grid in the question's range, in a buffer reused by the next call, and whether they overlap. */
export function gridOf(question: FindQuestion, resource: SlotResource): { runs: GridRuns; overlapping: boolean } {
  const opening = openingFor(question, resource);
  const { fromMs, toMs } = question.range;
  gridRuns(question.service, resource.schedule.zone, opening, fromMs, toMs, runs);
  return { runs, overlapping: opening.overlapping && question.service.grid === 'window' };
}

const allowed = intervalBuffer();
const feasible = intervalBuffer(1_024);

/** The starts that a resource's notice and horizon allow within the question's range, in a buffer reused by the next call. */
export function allowedFor(question: FindQuestion, resource: SlotResource): typeof allowed {
  allowedStarts(question, resource.schedule.zone, question.range.fromMs, question.range.toMs, allowed);
  return allowed;
}

/** Whether a resource could take the appointment at one start, with the least gaps and grid aside. */
export function isFeasible(question: OrderlyQuestion, resource: SlotResource, startMs: number): boolean {
  const { open, busy } = hostOf(question, resource);
  allowedStarts(question, resource.schedule.zone, startMs, startMs + 1, allowed);
  feasibleStarts(question.service, open, busy, allowed, feasible);
  return feasible.length > 0;
}

/** Appends the grid's starts at which a host can take the appointment, ascending and each once. */
export function collectStarts(
  service: CompiledService,
  host: Host,
  grid: { readonly runs: GridRuns; readonly overlapping: boolean },
  allowedIn: typeof allowed,
  out: StartBuffer,
): GapPlans {
  const from = out.length;
  if (!service.flexible) {
    feasibleStarts(service, host.open, host.busy, allowedIn, feasible);
    emitStarts(grid.runs, service.stepMs, feasible.data, feasible.length, out);
    if (grid.overlapping) sortStarts(out, from);
    return undefined;
  }
  const plans = new Map<number, GapPlan>();
  for (const phaseMs of phasesOf(grid.runs)) {
    const plan = planGaps(service, host.open, host.busy, allowedIn, phaseMs);
    emitStarts(grid.runs, service.stepMs, plan.starts, plan.starts.length, out, phaseMs);
    plans.set(phaseMs, plan);
  }
  if (grid.overlapping || plans.size > 1) sortStarts(out, from);
  return plans;
}

/** The distinct phases of a grid's starts: one, save in zones that once had offsets of broken minutes. */
export function phasesOf(runs: GridRuns): ReadonlySet<number> {
  const phases = new Set<number>();
  for (let run = 0; run < runs.length; run += 3) phases.add(minutePhase(runs.data[run + 2] ?? 0));
  return phases;
}

/** A question about one start. */
export function rangeOfStart<Question extends SlotQuestion>(
  question: Question,
  startMs: number,
): Question & Pick<FindQuestion, 'range'> {
  return { ...question, range: { fromMs: startMs, toMs: startMs + 1 } };
}
