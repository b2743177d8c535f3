import {
  FREQUENCIES,
  parseInstant,
  parseLocalDate,
  DAY_MS,
  type Rule,
  type RuleDay,
  type Until,
} from '../../../plugin.ts';
import { UnreadableCalendar } from './jcal.ts';

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** Reads a rule as jCal has it. */
export function readRule(value: unknown): Rule {
  if (typeof value !== 'object' || value === null) throw new UnreadableCalendar('a recurrence rule is empty');
  const parts = value as Readonly<Record<string, unknown>>;
  const frequency = FREQUENCIES.find((each) => each === parts['freq']);
  if (frequency === undefined) throw new UnreadableCalendar('a recurrence rule has no frequency');
  const scale = parts['rscale'];
  if (scale !== undefined && scale !== 'GREGORIAN')
    throw new UnreadableCalendar('a recurrence rule counts by another calendar than the Gregorian');
  return {
    frequency,
    interval: counted(parts['interval']) ?? 1,
    count: counted(parts['count']),
    until: readUntil(parts['until']),
    weekStart:
      typeof parts['wkst'] === 'number'
        ? (parts['wkst'] + 5) % 7
        : Math.max(0, WEEKDAYS.indexOf(String(parts['wkst']))),
    seconds: numbers(parts['bysecond'], 0, 60),
    minutes: numbers(parts['byminute'], 0, 59),
    hours: numbers(parts['byhour'], 0, 23),
    days: list(parts['byday']).map(readDay),
    monthDays: numbers(parts['bymonthday'], -31, 31),
    yearDays: numbers(parts['byyearday'], -366, 366),
    weeks: numbers(parts['byweekno'], -53, 53),
    months: numbers(parts['bymonth'], 1, 12),
    positions: numbers(parts['bysetpos'], -366, 366),
  };
}

const list = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

function counted(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new UnreadableCalendar('a recurrence rule counts by no number');
  return number;
}

function numbers(value: unknown, least: number, most: number): readonly number[] {
  const read = list(value).map(Number);
  if (!read.every((number) => Number.isInteger(number) && number >= least && number <= most))
    throw new UnreadableCalendar('a recurrence rule has a number out of its range');
  return read;
}

function readDay(value: unknown): RuleDay {
  const match = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(String(value));
  const weekday = WEEKDAYS.indexOf(match?.[2] ?? '');
  if (weekday < 0) throw new UnreadableCalendar('a recurrence rule names no day of the week');
  return { ordinal: Number(match?.[1] ?? 0), weekday };
}

function readUntil(value: unknown): Until | undefined {
  if (value === undefined) return undefined;
  const text = typeof value === 'string' ? value : '';
  const day = parseLocalDate(text);
  // A date ends with its last second: a rule of times of day may be cut by a date.
  if (day !== undefined) return { ms: (day + 1) * DAY_MS - 1, isUtc: false };
  const isUtc = text.endsWith('Z');
  const ms = parseInstant(isUtc ? text : `${text}Z`);
  if (ms === undefined) throw new UnreadableCalendar('a recurrence rule ends at no time');
  return { ms, isUtc };
}
