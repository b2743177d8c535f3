import {
  appendInterval,
  bufferedIntervals,
  firstEndingAfter,
  intersect,
  intervalBuffer,
  NO_INTERVALS,
  subtractShifted,
  type IntervalBuffer,
  type Intervals,
} from '../time/interval.ts';
import { MINUTE_MS } from '../time/localDate.ts';
import { startsWithinHours } from './feasible.ts';
import type { CompiledService } from './service.ts';

/**
 * For one resource and a service whose gaps have a choice: from where each segment may start so that all later ones
 * still find their place. Gaps are whole minutes, so starts are judged on the minutes of one phase.
 */
export interface GapPlan {
  /** The starts of the first segment that can be completed. */
  readonly starts: Intervals;
  /** One entry per open interval in which the service fits at all, ascending. */
  readonly parts: readonly GapPart[];
}

/** The plan inside one open interval, which the appointment does not leave. */
export interface GapPart {
  readonly toMs: number;
  /** Per segment: the starts from which it and all later ones can be completed. */
  readonly stages: readonly Intervals[];
}

/** Works out a plan backwards from the last segment, for the allowed starts that are `phaseMs` past a minute. */
export function planGaps(
  service: CompiledService,
  open: Intervals,
  busy: Intervals,
  allowed: IntervalBuffer,
  phaseMs: number,
): GapPlan {
  const firsts = intervalBuffer();
  const starts = intervalBuffer();
  const parts: GapPart[] = [];
  const allowedTo = allowed.data[allowed.length - 1] ?? -Infinity;
  for (let index = firstEndingAfter(open, allowed.data[0] ?? Infinity); index < open.length; index += 2) {
    const openFrom = open[index] ?? NaN;
    const openTo = open[index + 1] ?? NaN;
    if (openFrom >= allowedTo) break;
    startsWithinHours(service, open.subarray(index, index + 2), allowed, firsts);
    if (firsts.length === 0) continue;
    const stages = planPart(service, openFrom, openTo, busy, phaseMs);
    const first = intersect(bufferedIntervals(firsts), stages[0] ?? NO_INTERVALS);
    if (first.length === 0) continue;
    for (let at = 0; at < first.length; at += 2) appendInterval(starts, first[at] ?? NaN, first[at + 1] ?? NaN);
    parts.push({ toMs: openTo, stages });
  }
  return { starts: bufferedIntervals(starts), parts };
}

function planPart(
  service: CompiledService,
  openFrom: number,
  openTo: number,
  busy: Intervals,
  phaseMs: number,
): Intervals[] {
  const last = service.lengthsMs.length - 1;
  const stages: Intervals[] = [];
  let later: Intervals | undefined;
  for (let segment = last; segment >= 0; segment--) {
    const lengthMs = service.lengthsMs[segment] ?? 0;
    const beforeMs = segment === 0 ? service.bufferBeforeMs : 0;
    const afterMs = segment === last ? service.bufferAfterMs : 0;
    const within = Float64Array.of(
      openFrom + (service.buffersWithinHours ? beforeMs : 0),
      openTo - lengthMs - (service.buffersWithinHours ? afterMs : 0) + 1,
    );
    const free = intervalBuffer();
    if ((within[0] ?? NaN) < (within[1] ?? NaN)) {
      subtractShifted(within, 2, busy, 1 - lengthMs - afterMs, beforeMs, free);
    }
    let stage = onMinutes(free.data.subarray(0, free.length), phaseMs);
    if (later !== undefined) {
      const reachable = intervalBuffer();
      const leastMs = lengthMs + (service.minGapsMs[segment] ?? 0);
      const mostMs = lengthMs + (service.maxGapsMs[segment] ?? 0);
      for (let at = 0; at < later.length; at += 2) {
        appendInterval(reachable, (later[at] ?? NaN) - mostMs, (later[at + 1] ?? NaN) - leastMs);
      }
      stage = intersect(stage, bufferedIntervals(reachable));
    }
    stages[segment] = stage;
    later = stage;
  }
  return stages;
}

/** Moves both edges up to the phase's minutes: [a, b) keeps exactly the minutes it had. */
function onMinutes(list: Float64Array, phaseMs: number): Intervals {
  const out = intervalBuffer(Math.max(2, list.length));
  for (let at = 0; at < list.length; at += 2) {
    appendInterval(out, minuteFrom(list[at] ?? NaN, phaseMs), minuteFrom(list[at + 1] ?? NaN, phaseMs));
  }
  return bufferedIntervals(out);
}

function minuteFrom(ms: number, phaseMs: number): number {
  return Math.ceil((ms - phaseMs) / MINUTE_MS) * MINUTE_MS + phaseMs;
}

/** The part of a plan that a start belongs to. */
export function partAt(plan: GapPlan, startMs: number): GapPart | undefined {
  return plan.parts.find((part) => startMs < part.toMs);
}

/** Appends where each segment starts for a start the plan allows, each gap as small as the later ones permit. */
export function placeSegments(service: CompiledService, plan: GapPlan, startMs: number, out: number[]): void {
  const part = partAt(plan, startMs);
  let at = startMs;
  out.push(at);
  for (let segment = 1; segment < service.lengthsMs.length; segment++) {
    const leastMs = at + (service.lengthsMs[segment - 1] ?? 0) + (service.minGapsMs[segment - 1] ?? 0);
    const stage = part?.stages[segment] ?? NO_INTERVALS;
    const index = firstEndingAfter(stage, leastMs);
    at = Math.max(leastMs, stage[index] ?? NaN);
    out.push(at);
  }
}
