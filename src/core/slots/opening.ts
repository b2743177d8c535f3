import {
  appendInterval,
  bufferedIntervals,
  firstEndingAfter,
  growBuffer,
  intersect,
  intervalBuffer,
  subtract,
  type IntervalBuffer,
  type Intervals,
} from '../time/interval.ts';
import { DAY_MS, epochDayAt, type EpochDay } from '../time/localDate.ts';
import { instantOf, localMsAt, type Zone } from '../time/zone.ts';

/** The instants at which a schedule is open, right for every instant of [fromMs, toMs). */
export interface Opening {
  readonly fromMs: number;
  readonly toMs: number;
  /** Each date's windows as pairs, ordered by start; windows of two dates may overlap. */
  readonly windows: Float64Array;
  /** Whether windows of two dates do overlap. */
  readonly overlapping: boolean;
  /** The union of the windows, before time off. */
  readonly hours: Intervals;
  /** The union of the windows without time off. */
  readonly open: Intervals;
}

/** What hours are expanded from. */
export interface Hours {
  readonly zone: Zone;
  /** A date's windows, united, as pairs of wall-clock milliseconds from its midnight. */
  readonly windowsOn: (day: EpochDay) => Float64Array;
  /** Normal. */
  readonly timeOff: Intervals;
  /** Each window is cut to the hours of these, and open time to their open time. */
  readonly within: readonly { readonly openingIn: (fromMs: number, toMs: number) => Opening }[];
}

// A window may last a day and start up to a day late where the clock skips one; zones lie up to 16 hours from UTC.
const REACH_BACK_DAYS = 3;
const REACH_AHEAD_DAYS = 2;

/** Writes hours out as instants, right for every instant of [fromMs, toMs). */
export function expand(hours: Hours, fromMs: number, toMs: number): Opening {
  const { zone, windowsOn, timeOff, within } = hours;
  const firstDay = epochDayAt(localMsAt(zone, fromMs)) - REACH_BACK_DAYS;
  const lastDay = epochDayAt(localMsAt(zone, toMs)) + REACH_AHEAD_DAYS;
  const windows = intervalBuffer((lastDay - firstDay + 1) * 4);
  for (let day = firstDay; day <= lastDay; day++) {
    const dayWindows = windowsOn(day);
    for (let index = 0; index < dayWindows.length; index += 2) {
      const start = instantOf(zone, day * DAY_MS + (dayWindows[index] ?? NaN));
      const end = instantOf(zone, day * DAY_MS + (dayWindows[index + 1] ?? NaN));
      // A window that lies in skipped time can end before it starts: that day it does not exist.
      if (!(start < end)) continue;
      appendPair(windows, start, end);
    }
  }
  const own = sortedByStart(bufferedIntervals(windows));
  // A window that reaches into the stretch may begin a day and a clock change before it.
  const others = within.map((other) => other.openingIn(fromMs - 2 * DAY_MS, toMs + 2 * DAY_MS));
  const listed = others.reduce((cut, other) => cutEach(cut, other.hours), own);
  const united = intervalBuffer(listed.length);
  let overlapping = false;
  let previousEnd = -Infinity;
  for (let index = 0; index < listed.length; index += 2) {
    const start = listed[index] ?? NaN;
    const end = listed[index + 1] ?? NaN;
    if (start < previousEnd) overlapping = true;
    previousEnd = Math.max(previousEnd, end);
    appendInterval(united, start, end);
  }
  const open = bufferedIntervals(united);
  return {
    fromMs,
    toMs,
    windows: listed,
    overlapping,
    hours: open,
    open: others.reduce((left, other) => intersect(left, other.open), subtract(open, timeOff)),
  };
}

function appendPair(out: IntervalBuffer, start: number, end: number): void {
  if (out.length + 2 > out.data.length) growBuffer(out, out.length + 2);
  out.data[out.length++] = start;
  out.data[out.length++] = end;
}

/** Each window for itself, cut to a normal list: its pieces stay apart from those of other windows. */
function cutEach(windows: Float64Array, hours: Intervals): Float64Array {
  const pieces = intervalBuffer(windows.length);
  for (let index = 0; index < windows.length; index += 2) {
    const start = windows[index] ?? NaN;
    const end = windows[index + 1] ?? NaN;
    for (let at = firstEndingAfter(hours, start); at < hours.length; at += 2) {
      const from = Math.max(start, hours[at] ?? NaN);
      if (from >= end) break;
      appendPair(pieces, from, Math.min(end, hours[at + 1] ?? NaN));
    }
  }
  return sortedByStart(bufferedIntervals(pieces));
}

/** Sorts only where windows of two dates overlap or a clock change moves one past the next. */
function sortedByStart(pairs: Float64Array): Float64Array {
  const isLate = (start: number, index: number): boolean =>
    (index & 1) === 0 && start < (pairs[index - 2] ?? -Infinity);
  if (!pairs.some(isLate)) return pairs;
  const windows = Array.from({ length: pairs.length / 2 }, (_, index) => pairs.subarray(index * 2, index * 2 + 2));
  return Float64Array.from(windows.sort(([left = NaN], [right = NaN]) => left - right).flatMap((pair) => [...pair]));
}
