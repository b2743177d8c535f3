import { DAY_NAMES, type CaseClosedDates, type CaseSchedule, type CaseWindow } from './caseFile.ts';
import { clockMinute, dateOf, DAY_MINUTES, instantMinute, localDay, MINUTE_MS, weekdayOf } from './clocks.ts';

/** A window may start on its date, run two days long and be pushed by a gap; this many dates to each side see them all. */
const DATES_AROUND = 4;

/** Minutes since the epoch, half-open. */
export interface MinuteSpan {
  readonly start: number;
  readonly end: number;
}

/** The windows of a schedule that may touch a span of time; dates and times of day are those of the zone. */
export function windowsAround(schedule: CaseSchedule, zone: string, span: MinuteSpan): MinuteSpan[] {
  const firstDay = localDay(span.start * MINUTE_MS, zone) - DATES_AROUND;
  const lastDay = localDay(span.end * MINUTE_MS, zone) + DATES_AROUND;
  const windows: MinuteSpan[] = [];
  for (let day = firstDay; day <= lastDay; day++) {
    for (const wall of joined(windowsOfDay(schedule, day).map(onWallClock))) {
      const window = { start: instantMinute(day, wall.start, zone), end: instantMinute(day, wall.end, zone) };
      // A change of the clock may leave nothing of it.
      if (window.start < window.end) windows.push(window);
    }
  }
  return windows;
}

/** A closed date has none, override or not; an override stands in place of the weekly ones; those have their validity. */
function windowsOfDay(schedule: CaseSchedule, day: number): readonly CaseWindow[] {
  const date = dateOf(day);
  if (schedule.closedDates?.some((closed) => closes(closed, date))) return [];
  const override = schedule.overrides?.find((candidate) => candidate.date === date);
  if (override !== undefined) return override.windows;
  if (!validOn(schedule, date)) return [];
  const dayName = DAY_NAMES[weekdayOf(day)];
  return (schedule.weekly ?? []).filter((entry) => entry.days.some((each) => each === dayName) && validOn(entry, date));
}

function closes(closed: CaseClosedDates, date: string): boolean {
  return typeof closed === 'string' ? closed === date : closed.from <= date && date <= closed.to;
}

function validOn({ validFrom, validTo }: { validFrom?: string; validTo?: string }, date: string): boolean {
  return (validFrom === undefined || validFrom <= date) && (validTo === undefined || date <= validTo);
}

/** Minutes of the wall clock counted from the midnight that begins the window's date. */
function onWallClock(window: CaseWindow): MinuteSpan {
  const start = clockMinute(window.from);
  const end = clockMinute(window.to);
  return { start, end: end <= start ? end + DAY_MINUTES : end };
}

/** Windows of one date that touch or overlap are one window; they are rules of the wall clock, so they are joined on it. */
function joined(windows: readonly MinuteSpan[]): MinuteSpan[] {
  const result: MinuteSpan[] = [];
  for (const window of [...windows].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && window.start <= last.end) {
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, window.end) };
    } else {
      result.push(window);
    }
  }
  return result;
}
