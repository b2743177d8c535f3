import { civilOf, DAY_MS, epochDayAt, epochDayOf } from '../localDate.ts';
import type { Frequency, Rule } from './rule.ts';
import { dayFilter, startOfWeek, type DayFilter } from './ruleDays.ts';

/** How much work may still be done; shared by all rules of a calendar. */
export interface Budget {
  steps: number;
}

/** The starts of a rule, in milliseconds of its wall clock. */
export interface Expansion {
  /** Ascending. */
  readonly starts: readonly number[];
  /** Where the budget ended, if it did: nothing is known from there on. */
  readonly stoppedAt: number | undefined;
}

const UNITS_MS: Readonly<Partial<Record<Frequency, number>>> = {
  SECONDLY: 1_000,
  MINUTELY: 60_000,
  HOURLY: 3_600_000,
  DAILY: DAY_MS,
  WEEKLY: 7 * DAY_MS,
};

/**
 * The starts of a rule in [from, to), its own first one among them. Times are those of a wall clock. It goes straight to
 * the range unless the rule counts what came before, and never does more work than the budget allows.
 */
export function expandRule(given: Rule, first: number, from: number, to: number, budget: Budget): Expansion {
  const rule = countedByArithmetic(given, first);
  const until = Math.min(to - 1, rule.until?.ms ?? Infinity);
  const starts: number[] = first >= from && first <= until ? [first] : [];
  let left = (rule.count ?? Infinity) - 1;
  const firstDay = epochDayAt(first);
  const filter = dayFilter(rule, firstDay);
  const seek = rule.count === undefined ? from : first;
  const { days, next } = periods(rule, first, seek, filter, budget);
  for (let period = next(); period !== undefined && left > 0; period = next()) {
    if (period.start > until) break;
    if (budget.steps <= 0) return { starts, stoppedAt: Math.max(first, period.start) };
    const inPeriod = picked(days(period), rule.positions);
    // A period that was not finished is not known at all.
    if (budget.steps <= 0) return { starts, stoppedAt: Math.max(first, period.start) };
    for (const start of inPeriod) {
      if (start <= first || left <= 0) continue;
      if (start > until) return { starts, stoppedAt: undefined };
      left--;
      budget.steps--;
      if (start >= from) starts.push(start);
    }
  }
  return { starts, stoppedAt: undefined };
}

/** Whether the first start is one that the rule itself gives, and not only the one it begins with. */
export function startsItself(rule: Rule, first: number): boolean {
  const filter = dayFilter(rule, epochDayAt(first));
  const { days, next } = periods(rule, first, first, filter, { steps: 10_000 });
  const period = next();
  return period !== undefined && picked(days(period), rule.positions).includes(first);
}

/** A rule without parts has one start in each period, so that its last one is known at once. */
function countedByArithmetic(rule: Rule, first: number): Rule {
  const unit = UNITS_MS[rule.frequency];
  const { seconds, minutes, hours, days, monthDays, yearDays, weeks, months, positions } = rule;
  const isPlain = [seconds, minutes, hours, days, monthDays, yearDays, weeks, months, positions].every(
    (part) => part.length === 0,
  );
  if (rule.count === undefined || unit === undefined || !isPlain) return rule;
  const last = first + (rule.count - 1) * rule.interval * unit;
  const ms = Math.min(last, rule.until?.ms ?? Infinity);
  return { ...rule, count: undefined, until: { ms, isUtc: false } };
}

interface Period {
  readonly start: number;
  readonly end: number;
}

interface Periods {
  readonly next: () => Period | undefined;
  readonly days: (period: Period) => readonly number[];
}

function periods(rule: Rule, first: number, seek: number, filter: DayFilter, budget: Budget): Periods {
  const isWithinDay = ['SECONDLY', 'MINUTELY', 'HOURLY'].includes(rule.frequency);
  return isWithinDay ? partsOfDays(rule, first, seek, filter, budget) : wholeDays(rule, first, seek, filter, budget);
}

/** Days, weeks, months and years. */
function wholeDays(rule: Rule, first: number, seek: number, filter: DayFilter, budget: Budget): Periods {
  const { frequency, interval, weekStart } = rule;
  const times = timesOfDay(rule, first);
  budget.steps -= times.length;
  const firstDay = epochDayAt(first);
  const origin = indexOfDay(frequency, firstDay, weekStart);
  const wanted = indexOfDay(frequency, epochDayAt(Math.max(first, seek)), weekStart);
  let index = origin + Math.floor((wanted - origin) / interval) * interval;
  return {
    next() {
      budget.steps--;
      const start = dayOfIndex(frequency, index, weekStart) * DAY_MS;
      const end = dayOfIndex(frequency, index + 1, weekStart) * DAY_MS;
      index += interval;
      return Number.isSafeInteger(end) ? { start, end } : undefined;
    },
    days({ start, end }) {
      const found: number[] = [];
      for (let day = start / DAY_MS; day < end / DAY_MS; day++) {
        budget.steps--;
        if (!filter(day)) continue;
        budget.steps -= times.length;
        if (budget.steps <= 0) break;
        for (const time of times) found.push(day * DAY_MS + time);
      }
      return found;
    },
  };
}

/** 1970-01-05. */
const MONDAY = 4;

/** The number of the period in which a date lies. */
function indexOfDay(frequency: Frequency, day: number, weekStart: number): number {
  if (frequency === 'DAILY') return day;
  if (frequency === 'WEEKLY') return (startOfWeek(day, weekStart) - MONDAY - weekStart) / 7;
  const { year, month } = civilOf(day);
  return frequency === 'MONTHLY' ? year * 12 + month - 1 : year;
}

/** The first date of the period of a number. */
function dayOfIndex(frequency: Frequency, index: number, weekStart: number): number {
  if (frequency === 'DAILY') return index;
  if (frequency === 'WEEKLY') return index * 7 + MONDAY + weekStart;
  if (frequency === 'YEARLY') return epochDayOf(index, 1, 1);
  const year = Math.floor(index / 12);
  return epochDayOf(year, index - year * 12 + 1, 1);
}

/** Hours, minutes and seconds: days and hours without any start are skipped as a whole. */
function partsOfDays(rule: Rule, first: number, seek: number, filter: DayFilter, budget: Budget): Periods {
  const unit = UNITS_MS[rule.frequency] ?? 1_000;
  const stride = unit * rule.interval;
  const origin = Math.floor(first / unit) * unit;
  const alignedFrom = (time: number): number => origin + Math.ceil((time - origin) / stride) * stride;
  let at = origin + Math.max(0, Math.floor((seek - origin) / stride)) * stride;
  const hourOf = (time: number): number => Math.floor((time - epochDayAt(time) * DAY_MS) / 3_600_000);
  const minuteOf = (time: number): number => Math.floor(time / 60_000) - Math.floor(time / 3_600_000) * 60;
  const secondOf = (time: number): number => Math.floor(time / 1_000) - Math.floor(time / 60_000) * 60;
  const misses = (part: readonly number[], value: number): boolean => part.length > 0 && !part.includes(value);

  const skipTo = (time: number): number | undefined => {
    if (!filter(epochDayAt(time))) return (epochDayAt(time) + 1) * DAY_MS;
    if (misses(rule.hours, hourOf(time))) return (Math.floor(time / 3_600_000) + 1) * 3_600_000;
    if (unit < 3_600_000 && misses(rule.minutes, minuteOf(time))) return (Math.floor(time / 60_000) + 1) * 60_000;
    if (unit < 60_000 && misses(rule.seconds, secondOf(time))) return time + 1_000;
    return undefined;
  };
  const minutes = rule.minutes.length > 0 ? sorted(rule.minutes) : [minuteOf(first)];
  const seconds = rule.seconds.length > 0 ? sorted(rule.seconds) : [secondOf(first)];
  return {
    next() {
      budget.steps--;
      const start = at;
      if (!Number.isSafeInteger(start + stride)) return undefined;
      const skip = skipTo(start);
      at = skip === undefined ? start + stride : Math.max(start + stride, alignedFrom(skip));
      return { start, end: skip === undefined ? start + unit : start };
    },
    days({ start, end }) {
      if (start === end) return [];
      if (unit === 1_000) return [start];
      if (unit === 60_000) return seconds.map((second) => start + second * 1_000);
      return minutes.flatMap((minute) => seconds.map((second) => start + minute * 60_000 + second * 1_000));
    },
  };
}

const sorted = (numbers: readonly number[]): readonly number[] => [...new Set(numbers)].sort((a, b) => a - b);

function timesOfDay(rule: Rule, first: number): readonly number[] {
  const time = first - epochDayAt(first) * DAY_MS;
  const hours = rule.hours.length > 0 ? sorted(rule.hours) : [Math.floor(time / 3_600_000)];
  const minutes = rule.minutes.length > 0 ? sorted(rule.minutes) : [Math.floor(time / 60_000) % 60];
  const seconds = rule.seconds.length > 0 ? sorted(rule.seconds) : [Math.floor(time / 1_000) % 60];
  return hours.flatMap((hour) =>
    minutes.flatMap((minute) => seconds.map((second) => hour * 3_600_000 + minute * 60_000 + second * 1_000)),
  );
}

/** Those at the positions a rule names, of one period: from 1 at its start, from -1 at its end. */
function picked(starts: readonly number[], positions: readonly number[]): readonly number[] {
  if (positions.length === 0) return starts;
  const wanted = new Set(positions);
  return starts.filter((_, index) => wanted.has(index + 1) || wanted.has(index - starts.length));
}
