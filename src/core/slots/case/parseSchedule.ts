import { parseInstant } from '../../time/instant.ts';
import { NO_INTERVALS } from '../../time/interval.ts';
import { parseLocalDate, WEEKDAYS, type EpochDay, type Weekday } from '../../time/localDate.ts';
import { UTC, zoneNamed, type Zone } from '../../time/zone.ts';
import { compileSchedule, type CompiledSchedule, type DayWindow, type WeeklyWindow } from '../schedule.ts';
import {
  describe,
  readFields,
  readList,
  readParsed,
  readText,
  refuse,
  within,
  type FieldError,
  type Reading,
} from './fields.ts';

/** The fields of a schedule. */
export const SCHEDULE_FIELDS = ['timeZone', 'weekly', 'overrides', 'validFrom', 'validTo', 'timeOff'] as const;
/** The fields of an entry of `weekly`. */
export const WEEKLY_FIELDS = ['days', 'from', 'to'] as const;
/** The fields of an entry of `overrides`. */
export const OVERRIDE_FIELDS = ['date', 'windows'] as const;
/** The fields of an opening window. */
export const WINDOW_FIELDS = ['from', 'to'] as const;
/** The fields of an interval. */
export const INTERVAL_FIELDS = ['start', 'end'] as const;
/** How many elements the lists of a schedule may have. */
export const SCHEDULE_LIMITS = { weekly: 500, days: 7, overrides: 20_000, windows: 100, intervals: 2_000_000 } as const;

/** What {@link parseSchedule} answers. */
export type ParsedSchedule =
  | { readonly ok: true; readonly schedule: CompiledSchedule }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** Reads and prepares a schedule in the form the case file has for it; never throws. */
export function parseSchedule(value: unknown): ParsedSchedule {
  const reading: Reading = { errors: [] };
  const fields = readFields(reading, value, '', SCHEDULE_FIELDS);
  const schedule = fields === undefined ? undefined : readSchedule(reading, fields, '');
  return schedule === undefined || reading.errors.length > 0
    ? { ok: false, errors: reading.errors }
    : { ok: true, schedule };
}

/** Reads the fields of a schedule that stand in an object beside others. */
export function readSchedule(
  reading: Reading,
  fields: ReadonlyMap<string, unknown>,
  path: string,
): CompiledSchedule | undefined {
  const at = (name: string): string => within(path, name);
  const zone = readZone(reading, fields.get('timeZone'), at('timeZone'));
  const weekly = readList(reading, fields.get('weekly'), at('weekly'), { most: SCHEDULE_LIMITS.weekly }).flatMap(
    (entry, index) => readWeekly(reading, entry, `${at('weekly')}[${index}]`),
  );
  const overrides = readOverrides(reading, fields.get('overrides'), at('overrides'));
  const validFromDay = readDate(reading, fields.get('validFrom'), at('validFrom'));
  const validToDay = readDate(reading, fields.get('validTo'), at('validTo'));
  if (validFromDay !== undefined && validToDay !== undefined && validToDay < validFromDay) {
    refuse(reading, at('validTo'), 'must not be before validFrom');
  }
  const timeOff = readIntervals(reading, fields.get('timeOff'), at('timeOff'));
  // Half-read schedules are refused as a whole; compiling them would only cost time.
  if (zone === undefined || reading.errors.length > 0) return undefined;
  return compileSchedule({
    zone,
    weekly,
    overrides,
    ...(validFromDay === undefined ? {} : { validFromDay }),
    ...(validToDay === undefined ? {} : { validToDay }),
    timeOff,
  });
}

function readZone(reading: Reading, value: unknown, path: string): Zone | undefined {
  if (value === undefined) return UTC;
  const name = readText(reading, value, path);
  if (name === undefined) return undefined;
  const found = zoneNamed(name);
  return found.ok ? found.zone : refuse(reading, path, `is not a known time zone: ${describe(name)}`);
}

function readDate(reading: Reading, value: unknown, path: string): EpochDay | undefined {
  if (value === undefined) return undefined;
  return readParsed(reading, value, path, parseLocalDate, 'a date YYYY-MM-DD that exists');
}

function readWeekly(reading: Reading, value: unknown, path: string): WeeklyWindow[] {
  const fields = readFields(reading, value, path, WEEKLY_FIELDS);
  if (fields === undefined) return [];
  const days = readList(reading, fields.get('days'), within(path, 'days'), { least: 1, most: SCHEDULE_LIMITS.days });
  const weekdays = days.map((day, index) =>
    readParsed(reading, day, `${within(path, 'days')}[${index}]`, parseWeekday, `one of ${WEEKDAYS.join(', ')}`),
  );
  const window = readWindow(reading, fields, path);
  if (window === undefined) return [];
  return weekdays.flatMap((weekday) => (weekday === undefined ? [] : [{ weekday, ...window }]));
}

function parseWeekday(text: string): number | undefined {
  const lower = text === text.toUpperCase() ? text.toLowerCase() : text;
  const weekday = WEEKDAYS.indexOf(lower as Weekday);
  return weekday < 0 ? undefined : weekday;
}

function readOverrides(reading: Reading, value: unknown, path: string): ReadonlyMap<EpochDay, readonly DayWindow[]> {
  const overrides = new Map<EpochDay, readonly DayWindow[]>();
  readList(reading, value, path, { most: SCHEDULE_LIMITS.overrides }).forEach((entry, index) => {
    const here = `${path}[${index}]`;
    const fields = readFields(reading, entry, here, OVERRIDE_FIELDS);
    if (fields === undefined) return;
    const dateField = fields.get('date');
    const date =
      dateField === undefined
        ? refuse(reading, within(here, 'date'), 'is required')
        : readDate(reading, dateField, within(here, 'date'));
    const windowsPath = within(here, 'windows');
    const windows = readList(reading, fields.get('windows'), windowsPath, { least: 0, most: SCHEDULE_LIMITS.windows });
    const read = windows.flatMap((window, number) => {
      const windowPath = `${windowsPath}[${number}]`;
      const windowFields = readFields(reading, window, windowPath, WINDOW_FIELDS);
      return (windowFields && readWindow(reading, windowFields, windowPath)) ?? [];
    });
    if (date === undefined) return;
    if (overrides.has(date)) refuse(reading, within(here, 'date'), 'has an override already; one date has one');
    overrides.set(date, read);
  });
  return overrides;
}

function readWindow(reading: Reading, fields: ReadonlyMap<string, unknown>, path: string): DayWindow | undefined {
  const from = within(path, 'from');
  const fromMinute = readParsed(reading, fields.get('from'), from, parseTime, 'a time HH:MM from 00:00 to 23:59');
  const to = within(path, 'to');
  const toMinute = readParsed(reading, fields.get('to'), to, parseEndTime, 'a time HH:MM from 00:00 to 24:00');
  return fromMinute === undefined || toMinute === undefined ? undefined : { fromMinute, toMinute };
}

function parseTime(text: string): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return match === null ? undefined : Number(match[1]) * 60 + Number(match[2]);
}

function parseEndTime(text: string): number | undefined {
  return text === '24:00' ? 1_440 : parseTime(text);
}

const INSTANT = 'an instant with its offset, such as 2026-11-24T09:00:00+01:00';

/** Reads a required instant. */
export function readInstant(reading: Reading, value: unknown, path: string): number | undefined {
  return readParsed(reading, value, path, parseInstant, INSTANT);
}

/** Reads a list of intervals into pairs, as they stand. */
export function readIntervals(reading: Reading, value: unknown, path: string): Float64Array {
  const ahead = typeof value === 'string' ? reading.packed?.get(value) : undefined;
  if (ahead !== undefined) return ahead;
  const list = readList(reading, value, path, { most: SCHEDULE_LIMITS.intervals });
  if (list.length === 0) return NO_INTERVALS;
  const pairs = new Float64Array(list.length * 2);
  list.forEach((entry, index) => {
    const here = `${path}[${index}]`;
    const fields = readFields(reading, entry, here, INTERVAL_FIELDS);
    if (fields === undefined) return;
    const start = readInstant(reading, fields.get('start'), within(here, 'start'));
    const end = readInstant(reading, fields.get('end'), within(here, 'end'));
    if (start === undefined || end === undefined) return;
    if (end < start) refuse(reading, within(here, 'end'), 'must not be before start');
    pairs[index * 2] = start;
    pairs[index * 2 + 1] = end;
  });
  return pairs;
}
