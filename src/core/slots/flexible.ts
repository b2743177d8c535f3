import {
  appendCommon,
  appendInterval,
  firstEndingAfter,
  intervalBuffer,
  NO_INTERVALS,
  subtractShifted,
  type IntervalBuffer,
  type Intervals,
} from '../time/interval.ts';
import { MINUTE_MS } from '../time/localDate.ts';
import { copiedColumn } from './columns.ts';
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

// Reused by every question: nothing here awaits, so two questions never meet.
const within = intervalBuffer();
const firsts = intervalBuffer();
const starts = intervalBuffer(256);
const free = intervalBuffer();
const onPhase = intervalBuffer();
const reachable = intervalBuffer();
const common = intervalBuffer();

/** Works out a plan backwards from the last segment, for the allowed starts that are `phaseMs` past a minute. */
export function planGaps(
  service: CompiledService,
  open: Intervals,
  busy: Intervals,
  allowed: IntervalBuffer,
  phaseMs: number,
): GapPlan {
  const parts: GapPart[] = [];
  const allowedTo = allowed.data[allowed.length - 1] ?? -Infinity;
  starts.length = 0;
  for (let index = firstEndingAfter(open, allowed.data[0] ?? Infinity); index < open.length; index += 2) {
    const openFrom = open[index] ?? NaN;
    const openTo = open[index + 1] ?? NaN;
    if (openFrom >= allowedTo) break;
    startsWithinHours(service, open.subarray(index, index + 2), allowed, firsts);
    if (firsts.length === 0) continue;
    const stages = planPart(service, openFrom, openTo, busy, phaseMs);
    const first = stages[0] ?? NO_INTERVALS;
    const before = starts.length;
    appendCommon(firsts.data, firsts.length, first, first.length, starts);
    if (starts.length > before) parts.push({ toMs: openTo, stages });
  }
  return { starts: copiedColumn(starts.data, starts.length), parts };
}

function planPart(
  service: CompiledService,
  openFrom: number,
  openTo: number,
  busy: Intervals,
  phaseMs: number,
): Intervals[] {
  const last = service.lengthsMs.length - 1;
  const stages = service.lengthsMs.map(() => NO_INTERVALS);
  for (let segment = last; segment >= 0; segment--) {
    const lengthMs = service.lengthsMs[segment] ?? 0;
    const beforeMs = segment === 0 ? service.bufferBeforeMs : 0;
    const afterMs = segment === last ? service.bufferAfterMs : 0;
    within.length = free.length = onPhase.length = reachable.length = common.length = 0;
    appendInterval(
      within,
      openFrom + (service.buffersWithinHours ? beforeMs : 0),
      openTo - lengthMs - (service.buffersWithinHours ? afterMs : 0) + 1,
    );
    subtractShifted(within.data, within.length, busy, 1 - lengthMs - afterMs, beforeMs, free);
    // Both edges move up to the phase's minutes: [a, b) keeps exactly the minutes it had.
    for (let at = 0; at < free.length; at += 2) {
      appendInterval(onPhase, minuteFrom(free.data[at] ?? NaN, phaseMs), minuteFrom(free.data[at + 1] ?? NaN, phaseMs));
    }
    let stage = onPhase;
    if (segment < last) {
      const later = stages[segment + 1] ?? NO_INTERVALS;
      const leastMs = lengthMs + (service.minGapsMs[segment] ?? 0);
      const mostMs = lengthMs + (service.maxGapsMs[segment] ?? 0);
      for (let at = 0; at < later.length; at += 2) {
        appendInterval(reachable, (later[at] ?? NaN) - mostMs, (later[at + 1] ?? NaN) - leastMs);
      }
      appendCommon(onPhase.data, onPhase.length, reachable.data, reachable.length, common);
      stage = common;
    }
    stages[segment] = copiedColumn(stage.data, stage.length);
    // Earlier segments that lead nowhere are not worked out.
    if (stage.length === 0) break;
  }
  return stages;
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
