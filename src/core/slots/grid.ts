import { growBuffer } from '../time/interval.ts';
import { DAY_MS } from '../time/localDate.ts';
import type { Zone } from '../time/zone.ts';
import type { Opening } from './opening.ts';
import type { CompiledService } from './service.ts';

/**
 * The starts a grid allows, as runs of three numbers: from, to, origin. The starts of a run are the instants
 * origin + n × step within [from, to). Runs are ordered by their from; only windows that overlap make runs that do.
 */
export interface GridRuns {
  data: Float64Array;
  length: number;
}

/** Starts that are being collected. */
export interface StartBuffer {
  data: Float64Array;
  length: number;
}

/** The runs of a resource's grid that touch [fromMs, toMs), written over `runs`. `opening` must be right for that stretch. */
export function gridRuns(
  service: CompiledService,
  zone: Zone,
  opening: Opening,
  fromMs: number,
  toMs: number,
  runs: GridRuns = { data: new Float64Array(12), length: 0 },
): GridRuns {
  runs.length = 0;
  if (service.grid === 'window') windowRuns(opening.windows, fromMs, toMs, runs);
  else wallClockRuns(zone, service.grid === 'day', fromMs, toMs, runs);
  return runs;
}

function windowRuns(windows: Float64Array, fromMs: number, toMs: number, runs: GridRuns): void {
  for (let index = 0; index < windows.length; index += 2) {
    const start = windows[index] ?? NaN;
    if (start >= toMs) break;
    const end = windows[index + 1] ?? NaN;
    if (end > fromMs) appendRun(runs, Math.max(start, fromMs), Math.min(end, toMs), start);
  }
}

function wallClockRuns(zone: Zone, daily: boolean, fromMs: number, toMs: number, runs: GridRuns): void {
  for (let cursorMs = fromMs; cursorMs < toMs;) {
    const piece = zone.pieceAt(cursorMs);
    const endMs = Math.min(piece.toMs, toMs);
    if (daily) {
      const lastDay = Math.floor((endMs - 1 + piece.offsetMs) / DAY_MS);
      for (let day = Math.floor((cursorMs + piece.offsetMs) / DAY_MS); day <= lastDay; day++) {
        const midnightMs = day * DAY_MS - piece.offsetMs;
        appendRun(runs, Math.max(cursorMs, midnightMs), Math.min(endMs, midnightMs + DAY_MS), midnightMs);
      }
    } else {
      // Local time is a multiple of the step wherever UTC is one less the offset.
      appendRun(runs, cursorMs, endMs, -piece.offsetMs);
    }
    cursorMs = endMs;
  }
}

function appendRun(runs: GridRuns, from: number, to: number, origin: number): void {
  const { length } = runs;
  if (length + 3 > runs.data.length) growBuffer(runs, length + 3);
  runs.data[length] = from;
  runs.data[length + 1] = to;
  runs.data[length + 2] = origin;
  runs.length = length + 3;
}

/**
 * Appends the grid's starts that lie in ascending, disjoint intervals; ascending themselves unless runs overlap.
 * With `phaseMs`, only of runs whose starts are that many milliseconds past a full minute of UTC.
 */
export function emitStarts(
  runs: GridRuns,
  stepMs: number,
  intervals: Float64Array,
  intervalsLength: number,
  out: StartBuffer,
  phaseMs?: number,
): void {
  const { data, length } = runs;
  const perMs = 1 / stepMs;
  let starts = out.data;
  let count = out.length;
  let first = 0;
  for (let index = 0; index < intervalsLength; index += 2) {
    const start = intervals[index] ?? NaN;
    const end = intervals[index + 1] ?? NaN;
    while (first < length && (data[first + 1] ?? NaN) <= start) first += 3;
    for (let run = first; run < length; run += 3) {
      const runFrom = data[run] ?? NaN;
      if (runFrom >= end) break;
      const origin = data[run + 2] ?? NaN;
      if (phaseMs !== undefined && minutePhase(origin) !== phaseMs) continue;
      const runTo = data[run + 1] ?? NaN;
      const low = start > runFrom ? start : runFrom;
      const high = end < runTo ? end : runTo;
      // Multiplying is quicker than dividing, and off by far less than the millisecond that would make a difference.
      let at = origin + Math.floor((low - origin) * perMs) * stepMs;
      if (at < low) at += stepMs;
      for (; at < high; at += stepMs) {
        if (count === starts.length) {
          out.length = count;
          growBuffer(out, count + 1);
          starts = out.data;
        }
        starts[count++] = at;
      }
    }
  }
  out.length = count;
}

/** How many milliseconds past a full minute of UTC an instant is. */
export function minutePhase(epochMs: number): number {
  return ((epochMs % 60_000) + 60_000) % 60_000;
}

/** Sorts collected starts from `from` on and drops repetitions: needed only after runs that overlap. */
export function sortStarts(starts: StartBuffer, from: number): void {
  const part = starts.data.subarray(from, starts.length).sort();
  let kept = from;
  for (let index = 0; index < part.length; index++) {
    const start = part[index] ?? NaN;
    if (kept === from || start !== starts.data[kept - 1]) starts.data[kept++] = start;
  }
  starts.length = kept;
}
