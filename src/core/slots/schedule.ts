import {
  appendInterval,
  bufferedIntervals,
  growBuffer,
  intervalBuffer,
  normalise,
  subtract,
  type Intervals,
} from '../time/interval.ts';
import { DAY_MS, epochDayAt, MINUTE_MS, weekdayOf, type EpochDay } from '../time/localDate.ts';
import { instantOf, localMsAt, type Zone } from '../time/zone.ts';

/**
 * Opening hours of one date in wall-clock minutes from its midnight: 540 is 09:00, 1440 is 24:00. An end that is not
 * after the start lies on the next day, so 1320 → 360 is the night from 22:00 to 06:00 and 540 → 540 a full day.
 */
export interface DayWindow {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** Opening hours that repeat every week; `weekday` 0 is Monday. */
export interface WeeklyWindow extends DayWindow {
  readonly weekday: number;
}

/** When a resource is open, in the wall-clock time of its zone. */
export interface ScheduleRules {
  readonly zone: Zone;
  /** Windows of one date that touch or overlap are one window. */
  readonly weekly?: readonly WeeklyWindow[];
  /** Replaces the weekly windows that start on a date, inside and outside the validity; no windows closes the date. */
  readonly overrides?: ReadonlyMap<EpochDay, readonly DayWindow[]>;
  /** The first date on which weekly windows start; without it they always have. */
  readonly validFromDay?: EpochDay;
  /** The last date on which weekly windows start. */
  readonly validToDay?: EpochDay;
  /** Closed whatever the windows say: vacation, illness, a locked period. */
  readonly timeOff?: Intervals;
}

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

/** A schedule prepared for many questions. It remembers the stretch of time it was last asked about. */
export interface CompiledSchedule {
  readonly zone: Zone;
  /** The schedule's time off, normal. */
  readonly timeOff: Intervals;
  /** When the schedule is open between two instants; the answer may reach further on both sides. */
  readonly openingIn: (fromMs: number, toMs: number) => Opening;
  /** Whether an override leaves a date without any window. */
  readonly isClosedOn: (epochDay: EpochDay) => boolean;
}

const MINUTES_PER_DAY = 1_440;
// A window may last a day and start up to a day late where the clock skips one; zones lie up to 16 hours from UTC.
const REACH_BACK_DAYS = 3;
const REACH_AHEAD_DAYS = 2;
// What is expanded beyond the question serves the next one: calendars are paged forward.
const SPARE_BEFORE_MS = 7 * DAY_MS;
const SPARE_AFTER_MS = 35 * DAY_MS;
const LONGEST_MEMORY_MS = 500 * DAY_MS;

/**
 * Prepares a schedule. The answer is immutable to its users and safe to share between questions.
 *
 * @example
 * const mondays = compileSchedule({ zone: UTC, weekly: [{ weekday: 0, fromMinute: 540, toMinute: 1020 }] });
 */
export function compileSchedule(rules: ScheduleRules): CompiledSchedule {
  const week = Array.from({ length: 7 }, (_, weekday) =>
    mergeDay((rules.weekly ?? []).filter((window) => window.weekday === weekday)),
  );
  const overrides = new Map<EpochDay, Float64Array>();
  for (const [day, windows] of rules.overrides ?? []) overrides.set(day, mergeDay(windows));
  const validFromDay = rules.validFromDay ?? -Infinity;
  const validToDay = rules.validToDay ?? Infinity;
  const timeOff = normalise(rules.timeOff ?? new Float64Array(0));

  const windowsOf = (day: EpochDay): Float64Array =>
    overrides.get(day) ?? (day >= validFromDay && day <= validToDay ? week[weekdayOf(day)] : undefined) ?? CLOSED;

  let remembered: Opening | undefined;
  return {
    zone: rules.zone,
    timeOff,
    openingIn(fromMs, toMs) {
      if (remembered === undefined || fromMs < remembered.fromMs || toMs > remembered.toMs) {
        let from = fromMs;
        let to = toMs;
        // Who asks a second time asks more often; a schedule made for one question pays for that one alone.
        if (remembered !== undefined) {
          from -= SPARE_BEFORE_MS;
          to += SPARE_AFTER_MS;
          // Questions that alternate between two stretches find both, unless they lie far apart.
          const joinedFrom = Math.min(from, remembered.fromMs);
          const joinedTo = Math.max(to, remembered.toMs);
          if (joinedTo - joinedFrom <= LONGEST_MEMORY_MS) {
            from = joinedFrom;
            to = joinedTo;
          }
        }
        remembered = expand(rules.zone, windowsOf, timeOff, from, to);
      }
      return remembered;
    },
    isClosedOn: (epochDay) => overrides.get(epochDay)?.length === 0,
  };
}

const CLOSED = new Float64Array(0);

/** The windows of one date, united, as pairs of wall-clock milliseconds from its midnight. */
function mergeDay(windows: readonly DayWindow[]): Float64Array {
  const pairs = new Float64Array(windows.length * 2);
  windows.forEach(({ fromMinute, toMinute }, index) => {
    pairs[index * 2] = fromMinute * MINUTE_MS;
    pairs[index * 2 + 1] = (toMinute > fromMinute ? toMinute : toMinute + MINUTES_PER_DAY) * MINUTE_MS;
  });
  return normalise(pairs);
}

function expand(
  zone: Zone,
  windowsOf: (day: EpochDay) => Float64Array,
  timeOff: Intervals,
  fromMs: number,
  toMs: number,
): Opening {
  const firstDay = epochDayAt(localMsAt(zone, fromMs)) - REACH_BACK_DAYS;
  const lastDay = epochDayAt(localMsAt(zone, toMs)) + REACH_AHEAD_DAYS;
  const windows = intervalBuffer((lastDay - firstDay + 1) * 4);
  let ordered = true;
  let previousStart = -Infinity;
  for (let day = firstDay; day <= lastDay; day++) {
    const dayWindows = windowsOf(day);
    for (let index = 0; index < dayWindows.length; index += 2) {
      const start = instantOf(zone, day * DAY_MS + (dayWindows[index] ?? NaN));
      const end = instantOf(zone, day * DAY_MS + (dayWindows[index + 1] ?? NaN));
      // A window that lies in skipped time can end before it starts: that day it does not exist.
      if (!(start < end)) continue;
      if (start < previousStart) ordered = false;
      previousStart = start;
      if (windows.length + 2 > windows.data.length) growBuffer(windows, windows.length + 2);
      windows.data[windows.length++] = start;
      windows.data[windows.length++] = end;
    }
  }
  const listed = ordered ? bufferedIntervals(windows) : sortedByStart(bufferedIntervals(windows));
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
  const hours = bufferedIntervals(united);
  return { fromMs, toMs, windows: listed, overlapping, hours, open: subtract(hours, timeOff) };
}

/** Needed only where a clock change moves a window past the next one. */
function sortedByStart(pairs: Float64Array): Float64Array {
  const windows = Array.from({ length: pairs.length / 2 }, (_, index) => pairs.subarray(index * 2, index * 2 + 2));
  return Float64Array.from(windows.sort(([left = NaN], [right = NaN]) => left - right).flatMap((pair) => [...pair]));
}
