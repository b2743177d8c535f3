import {
  appendInterval,
  firstEndingAfter,
  intervalBuffer,
  subtractShifted,
  type IntervalBuffer,
  type Intervals,
} from '../time/interval.ts';
import type { Part } from './part.ts';

// Reused by every question: nothing here awaits, so two questions never meet.
const scratch = [intervalBuffer(256), intervalBuffer(256)] as const;

/**
 * Writes the starts (as half-open intervals of whole milliseconds) at which a part of an appointment, with the least
 * gaps, lies in open time and meets nothing busy, grid aside. Only starts within `allowed` are considered.
 */
export function feasibleStarts(
  part: Part,
  open: Intervals,
  busy: Intervals,
  allowed: IntervalBuffer,
  out: IntervalBuffer,
): void {
  const last = part.lengthsMs.length - 1;
  let from = last % 2 === 0 ? scratch[0] : scratch[1];
  startsWithinHours(part, open, allowed, from);
  for (let segment = 0; segment <= last; segment++) {
    const to = segment === last ? out : from === scratch[0] ? scratch[1] : scratch[0];
    to.length = 0;
    const offsetMs = part.offsetsMs[segment] ?? 0;
    subtractShifted(
      from.data,
      from.length,
      busy,
      // A start conflicts when busy.start < start + end of segment + buffer and start + offset − buffer < busy.end.
      1 - offsetMs - (part.lengthsMs[segment] ?? 0) - (segment === last ? part.bufferAfterMs : 0),
      (segment === 0 ? part.bufferBeforeMs : 0) - offsetMs,
      to,
    );
    from = to;
  }
}

/** Writes the allowed starts at which all of the part (with buffers, if they must) lies in one open interval. */
export function startsWithinHours(part: Part, open: Intervals, allowed: IntervalBuffer, out: IntervalBuffer): void {
  out.length = 0;
  if (allowed.length === 0) return;
  const beforeMs = part.openBeforeMs - part.fromMs;
  const afterMs = part.toMs + part.openAfterMs;
  let index = firstEndingAfter(open, (allowed.data[0] ?? NaN) + part.fromMs);
  for (let at = 0; at < allowed.length && index < open.length;) {
    const allowedEnd = allowed.data[at + 1] ?? NaN;
    const first = (open[index] ?? NaN) + beforeMs;
    // The last start that still ends in time is included.
    const end = (open[index + 1] ?? NaN) - afterMs + 1;
    appendInterval(out, Math.max(first, allowed.data[at] ?? NaN), Math.min(end, allowedEnd));
    if (end < allowedEnd) index += 2;
    else at += 2;
  }
}
