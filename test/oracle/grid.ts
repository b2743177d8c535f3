import type { CaseTerms } from './caseFile.ts';
import { DAY_MINUTES, HOUR_MINUTES, modulo, periodsOf } from './clocks.ts';
import type { MinuteSpan } from './windows.ts';

/** The minutes of the span, 1 where a resource with this zone and these windows has a start. */
export type Grid = (zone: string, windows: readonly MinuteSpan[], span: MinuteSpan) => Uint8Array;

/** The grid of a case: by the clock, which is the same for all of one zone, or from the start of each window. */
export function gridOf({ grid }: CaseTerms, stepMinutes: number): Grid {
  const byClock = grid === 'midnight' || (grid !== 'window' && HOUR_MINUTES % stepMinutes === 0);
  if (!byClock) return (_zone, windows, span) => fromWindows(windows, span, stepMinutes);
  const period = grid === 'midnight' ? DAY_MINUTES : HOUR_MINUTES;
  const known = new Map<string, Uint8Array>();
  return (zone, _windows, span) => {
    const found = known.get(zone) ?? onClock(zone, span, period, stepMinutes);
    known.set(zone, found);
    return found;
  };
}

/** Where a whole number of steps has passed since the clock began its day or its hour. */
function onClock(zone: string, span: MinuteSpan, period: number, stepMinutes: number): Uint8Array {
  const minutes = new Uint8Array(Math.max(0, span.end - span.start));
  for (const { from, until, offset } of periodsOf(zone)) {
    const first = Math.max(span.start, from);
    const end = Math.min(span.end, until);
    for (let begin = first - modulo(first + offset, period); begin < end; begin += period) {
      for (let minute = begin; minute < Math.min(begin + period, end); minute += stepMinutes) {
        if (minute >= first) minutes[minute - span.start] = 1;
      }
    }
  }
  return minutes;
}

/** Where a whole number of steps has passed since the start of a window that contains the minute. */
function fromWindows(windows: readonly MinuteSpan[], span: MinuteSpan, stepMinutes: number): Uint8Array {
  const minutes = new Uint8Array(Math.max(0, span.end - span.start));
  for (const window of windows) {
    const end = Math.min(window.end, span.end);
    for (let minute = window.start; minute < end; minute += stepMinutes) {
      if (minute >= span.start) minutes[minute - span.start] = 1;
    }
  }
  return minutes;
}
