import { parseInstant } from '../../time/instant.ts';
import { parseLocalDate, WEEKDAYS, type EpochDay, type Weekday } from '../../time/localDate.ts';
import { readList, type Reading } from './fields.ts';
import { LISTS } from './maxima.ts';
import { readParsed } from './values.ts';

const INSTANT = 'an instant with its offset, such as 2026-11-24T09:00:00+01:00';
const DATE = 'a date YYYY-MM-DD that exists';

/** Reads a required instant. */
export function readInstant(reading: Reading, value: unknown, path: string): number | undefined {
  return readParsed(reading, value, path, parseInstant, INSTANT);
}

/** Reads a date; undefined when it is absent. */
export function readDate(reading: Reading, value: unknown, path: string): EpochDay | undefined {
  return value === undefined ? undefined : readRequiredDate(reading, value, path);
}

/** Reads a required date. */
export function readRequiredDate(reading: Reading, value: unknown, path: string): EpochDay | undefined {
  return readParsed(reading, value, path, parseLocalDate, DATE);
}

/** Reads a required list of days of the week; 0 is Monday. */
export function readWeekdays(reading: Reading, value: unknown, path: string): number[] {
  return readList(reading, value, path, { least: 1, most: LISTS.days }).flatMap(
    (day, index) => readParsed(reading, day, `${path}[${index}]`, parseWeekday, `one of ${WEEKDAYS.join(', ')}`) ?? [],
  );
}

function parseWeekday(text: string): number | undefined {
  const lower = text === text.toUpperCase() ? text.toLowerCase() : text;
  const weekday = WEEKDAYS.indexOf(lower as Weekday);
  return weekday < 0 ? undefined : weekday;
}

/** A time of day as minutes from midnight; undefined for what is none. */
export function parseTime(text: string): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return match === null ? undefined : Number(match[1]) * 60 + Number(match[2]);
}

/** Reads the time of day at which something begins. */
export function readTime(reading: Reading, value: unknown, path: string): number | undefined {
  return readParsed(reading, value, path, parseTime, 'a time HH:MM from 00:00 to 23:59');
}

/** Reads the time of day at which something ends: 24:00 is midnight at the end. */
export function readEndTime(reading: Reading, value: unknown, path: string): number | undefined {
  return readParsed(
    reading,
    value,
    path,
    (text) => (text === '24:00' ? 1_440 : parseTime(text)),
    'a time HH:MM from 00:00 to 24:00',
  );
}
