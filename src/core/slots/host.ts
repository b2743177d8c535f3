import { bufferedIntervals, intervalBuffer, type Intervals } from '../time/interval.ts';
import { allowedStarts } from './allowed.ts';
import { feasibleStarts } from './feasible.ts';
import { gridRuns, minutePhase, type GridRuns } from './grid.ts';
import type { OrderlyQuestion } from './orderly.ts';
import type { Part } from './part.ts';
import type { FindQuestion, SlotQuestion, SlotResource } from './question.ts';
import type { Opening } from './opening.ts';

/** The opening of a resource, right for every appointment that starts in the question's range. */
export function openingFor(question: FindQuestion, resource: SlotResource): Opening {
  const { service, range } = question;
  return resource.schedule.openingIn(
    range.fromMs - service.bufferBeforeMs,
    range.toMs + service.maxSpanMs + service.bufferAfterMs,
  );
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

/** The starts that notice, horizon and limits allow a resource in the question's range, in a buffer reused by the next call. */
export function allowedFor(question: FindQuestion, resource: SlotResource): typeof allowed {
  allowedStarts(question, resource, question.range.fromMs, question.range.toMs, allowed);
  return allowed;
}

/** The starts, grid aside, at which a resource can take a part with the least gaps, in a buffer reused by the next call. */
export function feasibleFor(question: OrderlyQuestion, resource: SlotResource, part: Part): typeof feasible {
  feasible.length = 0;
  const { open } = openingFor(question, resource);
  feasibleStarts(part, open, resource.busy, allowedFor(question, resource), feasible);
  return feasible;
}

/** The same as a list of its own. */
export function feasibleList(question: OrderlyQuestion, resource: SlotResource, part: Part): Intervals {
  return bufferedIntervals(feasibleFor(question, resource, part));
}

/** The distinct phases of a grid's starts: one, save in zones that once had offsets of broken minutes. */
export function phasesOf(grid: GridRuns): ReadonlySet<number> {
  const phases = new Set<number>();
  for (let run = 0; run < grid.length; run += 3) phases.add(minutePhase(grid.data[run + 2] ?? 0));
  return phases;
}

/** A question about one start. */
export function rangeOfStart<Question extends SlotQuestion>(
  question: Question,
  startMs: number,
): Question & Pick<FindQuestion, 'range'> {
  return { ...question, range: { fromMs: startMs, toMs: startMs + 1 } };
}
