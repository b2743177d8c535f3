import { normalise, overlaps, type Intervals } from '../time/interval.ts';
import { MINUTE_MS, weekdayOf, type EpochDay } from '../time/localDate.ts';

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
  /** The first date on which it starts; without it it always has. */
  readonly validFromDay?: EpochDay;
  /** The last date on which it starts. */
  readonly validToDay?: EpochDay;
}

/** Which windows start on which date. */
export interface WindowRules {
  /** Windows of one date that touch or overlap are one window. */
  readonly weekly?: readonly WeeklyWindow[];
  /** Replaces the weekly windows that start on a date, inside and outside the validity; no windows closes the date. */
  readonly overrides?: ReadonlyMap<EpochDay, readonly DayWindow[]>;
  /** The first date on which weekly windows start; without it they always have. */
  readonly validFromDay?: EpochDay;
  /** The last date on which weekly windows start. */
  readonly validToDay?: EpochDay;
  /** Dates on which no window starts, override or not, as [first, last + 1) pairs of epoch days in any order. */
  readonly closedDays?: Intervals;
}

/** The same as a question. */
export interface DateWindows {
  /** A date's windows, united, as pairs of wall-clock milliseconds from its midnight. */
  readonly on: (day: EpochDay) => Float64Array;
  /** Whether a date is closed, or an override leaves it without any window. */
  readonly isClosedOn: (day: EpochDay) => boolean;
}

const CLOSED = new Float64Array(0);
const MINUTES_PER_DAY = 1_440;

/** Weekly windows, overrides and closed dates as one question. */
export function dateWindows(rules: WindowRules): DateWindows {
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
