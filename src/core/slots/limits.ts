import { appendInterval, bufferedIntervals, intervalBuffer, type Intervals } from '../time/interval.ts';
import { epochDayAt, weekdayOf, type EpochDay } from '../time/localDate.ts';
import { localMsAt, type Zone } from '../time/zone.ts';
import { appendDates } from './dates.ts';

/** The most appointments that may start on one date, or in one week from Monday to Sunday. */
export interface Limits {
  readonly perDay?: number;
  readonly perWeek?: number;
  /** The starts, in epoch milliseconds and any order, of the appointments that count. */
  readonly booked: Float64Array;
}

/** A date or week in which a limit is reached. */
export interface FullPeriod {
  readonly period: 'day' | 'week';
  readonly limit: number;
  readonly firstDay: EpochDay;
  readonly lastDay: EpochDay;
}

/** The dates and weeks of a zone in which a limit is reached, of those that hold a booked start or, at a limit of 0, `days`. */
export function fullPeriods(limits: Limits, zone: Zone, fromDay: EpochDay, toDay: EpochDay): readonly FullPeriod[] {
  const full: FullPeriod[] = [];
  const { perDay, perWeek, booked } = limits;
  const days = Array.from(booked, (startMs) => epochDayAt(localMsAt(zone, startMs)));
  if (perDay !== undefined) {
    for (const day of reached(days, perDay, fromDay, toDay, 1)) {
      full.push({ period: 'day', limit: perDay, firstDay: day, lastDay: day });
    }
  }
  if (perWeek !== undefined) {
    for (const monday of reached(days.map(mondayOf), perWeek, mondayOf(fromDay), toDay, 7)) {
      full.push({ period: 'week', limit: perWeek, firstDay: monday, lastDay: monday + 6 });
    }
  }
  return full;
}

const mondayOf = (day: EpochDay): EpochDay => day - weekdayOf(day);

/** The periods between two dates, each named by its first day, that hold at least `limit` of the given ones. */
function reached(given: readonly EpochDay[], limit: number, from: EpochDay, to: EpochDay, step: number): EpochDay[] {
  const counts = new Map<EpochDay, number>();
  for (const day of given) if (day >= from && day <= to) counts.set(day, (counts.get(day) ?? 0) + 1);
  if (limit > 0) return [...counts].flatMap(([day, count]) => (count >= limit ? [day] : []));
  return Array.from({ length: Math.max(0, Math.floor((to - from) / step) + 1) }, (_, index) => from + index * step);
}

/** The instants of [fromMs, toMs) on dates at which one of the limits is reached, normal. */
export function limitedTime(limits: readonly Limits[], zone: Zone, fromMs: number, toMs: number): Intervals {
  const out = intervalBuffer();
  const fromDay = epochDayAt(localMsAt(zone, fromMs)) - 1;
  const toDay = epochDayAt(localMsAt(zone, toMs)) + 1;
  const full = limits.flatMap((limit) => fullPeriods(limit, zone, fromDay, toDay));
  full.sort((left, right) => left.firstDay - right.firstDay);
  // Dates first: that of a clock that falls back across midnight comes twice, so their instants are put in order together.
  const days = intervalBuffer();
  for (const { firstDay, lastDay } of full) appendInterval(days, firstDay, lastDay + 1);
  appendDates(bufferedIntervals(days), zone, fromMs, toMs, out);
  return bufferedIntervals(out);
}
