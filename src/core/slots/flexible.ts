import {
  appendCommon,
  appendInterval,
  covers,
  firstEndingAfter,
  intervalBuffer,
  NO_INTERVALS,
  subtractShifted,
  type IntervalBuffer,
  type Intervals,
} from '../time/interval.ts';
import { MINUTE_MS } from '../time/localDate.ts';
import { copiedColumn } from './columns.ts';
import type { CompiledService } from './service.ts';

/** For one resource that serves all of a service whose gaps have a choice: when it can. */
export interface GapPlan {
  readonly starts: Intervals;
  /** One entry per open interval in which the segments fit at all, ascending. */
  readonly parts: readonly GapPart[];
}

/**
 * What a resource that serves some segments can do inside one open interval, which it does not leave between its first
 * and its last segment. Per segment from the first to the last of these: the starts from which the resource can still
 * serve all of its own that are left. Gaps are whole minutes, so starts are judged on the minutes of one phase.
 */
export type GapPart = readonly Intervals[];

// Reused by every question: nothing here awaits, so two questions never meet.
const within = intervalBuffer();
const starts = intervalBuffer(256);
const free = intervalBuffer();
const onPhase = intervalBuffer();
const reachable = intervalBuffer();
const common = intervalBuffer();

/** Works out when a resource can serve all of a service, for the allowed starts that are `phaseMs` past a minute. */
export function planGaps(
  service: CompiledService,
  open: Intervals,
  busy: Intervals,
  allowed: IntervalBuffer,
  phaseMs: number,
): GapPlan {
  const parts = planParts(service, [...service.lengthsMs.keys()], open, busy, allowed, phaseMs);
  starts.length = 0;
  for (const [first = NO_INTERVALS] of parts) {
    appendCommon(allowed.data, allowed.length, first, first.length, starts);
  }
  return { starts: copiedColumn(starts.data, starts.length), parts };
}

/** What a resource that serves some segments can do in each of its open intervals in which they fit at all, ascending. */
export function planParts(
  service: CompiledService,
  segments: readonly number[],
  open: Intervals,
  busy: Intervals,
  allowed: IntervalBuffer,
  phaseMs: number,
): readonly GapPart[] {
  const parts: GapPart[] = [];
  const latest = (allowed.data[allowed.length - 1] ?? -Infinity) + service.maxSpanMs;
  for (let index = firstEndingAfter(open, allowed.data[0] ?? Infinity); index < open.length; index += 2) {
    const openFrom = open[index] ?? NaN;
    if (openFrom >= latest) break;
    const part = planPart(service, segments, openFrom, open[index + 1] ?? NaN, busy, phaseMs);
    if (part !== undefined) parts.push(part);
  }
  return parts;
}

/** Works backwards from the last segment. */
function planPart(
  service: CompiledService,
  segments: readonly number[],
  openFrom: number,
  openTo: number,
  busy: Intervals,
  phaseMs: number,
): GapPart | undefined {
  const { lengthsMs, buffersWithinHours } = service;
  const last = lengthsMs.length - 1;
  const [first = 0] = segments;
  const stages: Intervals[] = [];
  for (let segment = segments[segments.length - 1] ?? last; segment >= first; segment--) {
    const lengthMs = lengthsMs[segment] ?? 0;
    const beforeMs = segment === 0 ? service.bufferBeforeMs : 0;
    const afterMs = segment === last ? service.bufferAfterMs : 0;
    within.length = free.length = onPhase.length = reachable.length = common.length = 0;
    if (segments.includes(segment)) {
      appendInterval(
        within,
        openFrom + (buffersWithinHours ? beforeMs : 0),
        openTo - lengthMs - (buffersWithinHours ? afterMs : 0) + 1,
      );
      subtractShifted(within.data, within.length, busy, 1 - lengthMs - afterMs, beforeMs, free);
    } else {
      // Served by others: any time will do.
      appendInterval(free, -Infinity, Infinity);
    }
    // Both edges move up to the phase's minutes: [a, b) keeps exactly the minutes it had.
    for (let at = 0; at < free.length; at += 2) {
      appendInterval(onPhase, minuteFrom(free.data[at] ?? NaN, phaseMs), minuteFrom(free.data[at + 1] ?? NaN, phaseMs));
    }
    let stage = onPhase;
    const later = stages[segment + 1];
    if (later !== undefined) {
      appendReaching(service, segment, later, reachable);
      appendCommon(onPhase.data, onPhase.length, reachable.data, reachable.length, common);
      stage = common;
    }
    if (stage.length === 0) return undefined;
    stages[segment] = copiedColumn(stage.data, stage.length);
  }
  return stages;
}

/** Appends from where a segment reaches starts of the next one by a gap that it may have. */
export function appendReaching(service: CompiledService, segment: number, later: Intervals, out: IntervalBuffer): void {
  const lengthMs = service.lengthsMs[segment] ?? 0;
  const leastMs = lengthMs + (service.minGapsMs[segment] ?? 0);
  const mostMs = lengthMs + (service.maxGapsMs[segment] ?? 0);
  for (let at = 0; at < later.length; at += 2) {
    appendInterval(out, (later[at] ?? NaN) - mostMs, (later[at + 1] ?? NaN) - leastMs);
  }
}

function minuteFrom(ms: number, phaseMs: number): number {
  return Math.ceil((ms - phaseMs) / MINUTE_MS) * MINUTE_MS + phaseMs;
}

/** Appends where each segment starts for a start the plan allows, each gap as small as the later ones permit. */
export function placeSegments(service: CompiledService, plan: GapPlan, startMs: number, out: number[]): void {
  const part = plan.parts.find(([first = NO_INTERVALS]) => covers(first, startMs, startMs + 1));
  let at = startMs;
  out.push(at);
  for (let segment = 1; segment < service.lengthsMs.length; segment++) {
    const leastMs = at + (service.lengthsMs[segment - 1] ?? 0) + (service.minGapsMs[segment - 1] ?? 0);
    const stage = part?.[segment] ?? NO_INTERVALS;
    const index = firstEndingAfter(stage, leastMs);
    at = Math.max(leastMs, stage[index] ?? NaN);
    out.push(at);
  }
}
