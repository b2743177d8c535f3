import {
  appendCommon,
  appendInterval,
  firstEndingAfter,
  intervalBuffer,
  subtractShifted,
  type IntervalBuffer,
  type Intervals,
} from '../time/interval.ts';
import { MINUTE_MS } from '../time/localDate.ts';
import { copiedColumn } from './columns.ts';
import type { CompiledService } from './service.ts';

/**
 * What a resource that serves some segments can do inside one open interval, which it does not leave between its first
 * and its last segment. Per segment from the first to the last of these: the starts from which the resource can still
 * serve all of its own that are left. Gaps are whole minutes, so starts are judged on the minutes of one phase.
 */
export type GapPart = readonly Intervals[];

// Reused by every question: nothing here awaits, so two questions never meet.
const within = intervalBuffer();
const free = intervalBuffer();
const onPhase = intervalBuffer();
const reachable = intervalBuffer();
const common = intervalBuffer();

const ANY_TIME = Float64Array.of(-Infinity, Infinity);

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
      // Served by others.
      appendInterval(free, -Infinity, Infinity);
    }
    // Both edges move up to the phase's minutes: [a, b) keeps exactly the minutes it had.
    for (let at = 0; at < free.length; at += 2) {
      appendInterval(onPhase, minuteFrom(free.data[at] ?? NaN, phaseMs), minuteFrom(free.data[at + 1] ?? NaN, phaseMs));
    }
    appendReaching(service, segment, stages[segment + 1], reachable);
    appendCommon(onPhase.data, onPhase.length, reachable.data, reachable.length, common);
    if (common.length === 0) return undefined;
    stages[segment] = copiedColumn(common.data, common.length);
  }
  return stages;
}

/** Appends from where a segment reaches starts of the next one by a gap that it may have; the last one has no next. */
export function appendReaching(
  service: CompiledService,
  segment: number,
  later: Intervals = ANY_TIME,
  out: IntervalBuffer,
): void {
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
