import {
  appendCommon,
  appendInterval,
  covers,
  firstEndingAfter,
  growBuffer,
  intervalBuffer,
  NO_INTERVALS,
  normalise,
  subtractShifted,
  type IntervalBuffer,
  type Intervals,
} from '../time/interval.ts';
import { MINUTE_MS } from '../time/localDate.ts';
import { copiedColumn } from './columns.ts';
import type { CompiledService } from './service.ts';

/**
 * For one resource that serves some segments of a service whose gaps have a choice: from where each segment may start so
 * that this resource can still serve its own. Gaps are whole minutes, so starts are judged on the minutes of one phase.
 */
export interface GapPlan {
  /** The starts of the first segment that can be completed. */
  readonly starts: Intervals;
  /** One entry per open interval in which its segments fit at all, ascending. */
  readonly parts: readonly GapPart[];
}

/** The plan inside one open interval, which the resource does not leave between its first and last segment. */
export interface GapPart {
  /** Per segment: the starts from which it and all later ones can be completed. */
  readonly stages: readonly Intervals[];
}

// Reused by every question: nothing here awaits, so two questions never meet.
const within = intervalBuffer();
const all = intervalBuffer(256);
const starts = intervalBuffer(256);
const free = intervalBuffer();
const onPhase = intervalBuffer();
const reachable = intervalBuffer();
const common = intervalBuffer();

/** Works out a plan backwards from the last segment, for the allowed starts that are `phaseMs` past a minute. */
export function planGaps(
  service: CompiledService,
  segments: readonly number[],
  open: Intervals,
  busy: Intervals,
  allowed: IntervalBuffer,
  phaseMs: number,
): GapPlan {
  const parts: GapPart[] = [];
  const latest = (allowed.data[allowed.length - 1] ?? -Infinity) + service.maxSpanMs;
  all.length = starts.length = 0;
  for (let index = firstEndingAfter(open, allowed.data[0] ?? Infinity); index < open.length; index += 2) {
    const openFrom = open[index] ?? NaN;
    if (openFrom >= latest) break;
    const stages = planPart(service, segments, openFrom, open[index + 1] ?? NaN, busy, phaseMs);
    const first = stages[0] ?? NO_INTERVALS;
    if (first.length === 0) continue;
    parts.push({ stages });
    for (let at = 0; at < first.length; at += 2) appendPair(all, first[at] ?? NaN, first[at + 1] ?? NaN);
  }
  // Who does not serve the first segment may be reached from one start in two of his open intervals.
  const united = normalise(all.data.subarray(0, all.length));
  appendCommon(allowed.data, allowed.length, united, united.length, starts);
  return { starts: copiedColumn(starts.data, starts.length), parts };
}

function planPart(
  service: CompiledService,
  segments: readonly number[],
  openFrom: number,
  openTo: number,
  busy: Intervals,
  phaseMs: number,
): Intervals[] {
  const { lengthsMs, buffersWithinHours } = service;
  const last = lengthsMs.length - 1;
  const stages = lengthsMs.map(() => NO_INTERVALS);
  for (let segment = last; segment >= 0; segment--) {
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

function appendPair(out: IntervalBuffer, start: number, end: number): void {
  if (out.length + 2 > out.data.length) growBuffer(out, out.length + 2);
  out.data[out.length++] = start;
  out.data[out.length++] = end;
}

function minuteFrom(ms: number, phaseMs: number): number {
  return Math.ceil((ms - phaseMs) / MINUTE_MS) * MINUTE_MS + phaseMs;
}

/** Appends where each segment starts for a start the plan allows, each gap as small as the later ones permit. */
export function placeSegments(service: CompiledService, plan: GapPlan, startMs: number, out: number[]): void {
  const part = plan.parts.find(({ stages }) => (stages[0]?.[stages[0].length - 1] ?? -Infinity) > startMs);
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

/** The parts of a plan in which an appointment can start at an instant: one, unless others serve the first segment. */
export function partsAt({ parts }: GapPlan, startMs: number): readonly GapPart[] {
  return parts.filter(({ stages: [first = NO_INTERVALS] }) => covers(first, startMs, startMs + 1));
}
