import { appendInterval, firstEndingAfter, type IntervalBuffer, type Intervals } from '../time/interval.ts';
import { DAY_MS } from '../time/localDate.ts';
import type { Zone } from '../time/zone.ts';

/**
 * Appends the instants of [fromMs, toMs) whose local date lies in a normal list of dates ([first, last + 1) as epoch
 * days, which may be infinite). Piece by piece, because a clock that falls back across midnight shows a date twice.
 */
export function appendDates(days: Intervals, zone: Zone, fromMs: number, toMs: number, out: IntervalBuffer): void {
  for (let cursorMs = fromMs; cursorMs < toMs;) {
    const { offsetMs, toMs: pieceToMs } = zone.pieceAt(cursorMs);
    const endMs = Math.min(pieceToMs, toMs);
    const firstDay = Math.floor((cursorMs + offsetMs) / DAY_MS);
    for (let index = firstEndingAfter(days, firstDay); index < days.length; index += 2) {
      const startMs = (days[index] ?? NaN) * DAY_MS - offsetMs;
      if (startMs >= endMs) break;
      appendInterval(out, Math.max(startMs, cursorMs), Math.min((days[index + 1] ?? NaN) * DAY_MS - offsetMs, endMs));
    }
    cursorMs = endMs;
  }
}
