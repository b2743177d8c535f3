import { normalise, overlaps } from '../time/interval.ts';
import { MINUTE_MS, weekdayOf, type EpochDay } from '../time/localDate.ts';
import type { DayWindow, ScheduleRules, WeeklyWindow } from './schedule.ts';

/** Which windows start on which date. */
export interface DateWindows {
  /** A date's windows, united, as pairs of wall-clock milliseconds from its midnight. */
  readonly on: (day: EpochDay) => Float64Array;
  /** Whether a date is closed, or an override leaves it without any window. */
  readonly isClosedOn: (day: EpochDay) => boolean;
}

const CLOSED = new Float64Array(0);
const MINUTES_PER_DAY = 1_440;

/** Weekly windows, overrides and closed dates as one question. */
export function dateWindows(rules: ScheduleRules): DateWindows {
  const week = Array.from({ length: 7 }, (_, weekday) =>
    weekdayWindows((rules.weekly ?? []).filter((window) => window.weekday === weekday)),
  );
  const overrides = new Map<EpochDay, Float64Array>();
  for (const [day, windows] of rules.overrides ?? []) overrides.set(day, mergeDay(windows));
  const closedDays = normalise(rules.closedDays ?? CLOSED);
  const { validFromDay = -Infinity, validToDay = Infinity } = rules;
  const isClosed = (day: EpochDay): boolean => closedDays.length > 0 && overlaps(closedDays, day, day + 1);
  return {
    on(day) {
      if (isClosed(day)) return CLOSED;
      const valid = day >= validFromDay && day <= validToDay;
      return overrides.get(day) ?? (valid ? week[weekdayOf(day)]?.(day) : undefined) ?? CLOSED;
    },
    isClosedOn: (day) => isClosed(day) || overrides.get(day)?.length === 0,
  };
}

/** The windows of one day of the week: mostly the same on every date. */
function weekdayWindows(windows: readonly WeeklyWindow[]): (day: EpochDay) => Float64Array {
  if (windows.every(({ validFromDay, validToDay }) => validFromDay === undefined && validToDay === undefined)) {
    const always = mergeDay(windows);
    return () => always;
  }
  return (day) =>
    mergeDay(
      windows.filter(({ validFromDay = -Infinity, validToDay = Infinity }) => day >= validFromDay && day <= validToDay),
    );
}

function mergeDay(windows: readonly DayWindow[]): Float64Array {
  const pairs = new Float64Array(windows.length * 2);
  windows.forEach(({ fromMinute, toMinute }, index) => {
    pairs[index * 2] = fromMinute * MINUTE_MS;
    pairs[index * 2 + 1] = (toMinute > fromMinute ? toMinute : toMinute + MINUTES_PER_DAY) * MINUTE_MS;
  });
  return normalise(pairs);
}
