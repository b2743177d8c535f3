import type { EpochDay } from '../../time/localDate.ts';
import type { DayWindow, WeeklyWindow } from '../dateWindows.ts';
import { present, readFields, readList, refuse, within, type Reading } from './fields.ts';
import { LISTS } from './maxima.ts';
import { readDate, readEndTime, readRequiredDate, readTime, readWeekdays } from './moments.ts';

/** The fields of an entry of `weekly`. */
export const WEEKLY_FIELDS = ['days', 'from', 'to', 'validFrom', 'validTo'] as const;
/** The fields of an entry of `overrides`. */
export const OVERRIDE_FIELDS = ['date', 'windows'] as const;
/** The fields of an opening window. */
export const WINDOW_FIELDS = ['from', 'to'] as const;

/** Reads windows that repeat every week. */
export function readWeekly(reading: Reading, value: unknown, path: string): WeeklyWindow[] {
  return readList(reading, value, path, { most: LISTS.weekly }).flatMap((entry, index) =>
    readWeeklyEntry(reading, entry, `${path}[${index}]`),
  );
}

function readWeeklyEntry(reading: Reading, value: unknown, path: string): WeeklyWindow[] {
  const fields = readFields(reading, value, path, WEEKLY_FIELDS);
  if (fields === undefined) return [];
  const weekdays = readWeekdays(reading, fields.get('days'), within(path, 'days'));
  const window = readWindow(reading, fields, path);
  const validity = readValidity(reading, fields, path);
  return window === undefined ? [] : weekdays.map((weekday) => ({ weekday, ...window, ...validity }));
}

/** Reads `validFrom` and `validTo`. */
export function readValidity(
  reading: Reading,
  fields: ReadonlyMap<string, unknown>,
  path: string,
): { readonly validFromDay?: EpochDay; readonly validToDay?: EpochDay } {
  const validFromDay = readDate(reading, fields.get('validFrom'), within(path, 'validFrom'));
  const validToDay = readDate(reading, fields.get('validTo'), within(path, 'validTo'));
  if (validFromDay !== undefined && validToDay !== undefined && validToDay < validFromDay) {
    refuse(reading, within(path, 'validTo'), 'must not be before validFrom');
  }
  return present({ validFromDay, validToDay });
}

/** Reads what replaces the windows of single dates. */
export function readOverrides(
  reading: Reading,
  value: unknown,
  path: string,
): ReadonlyMap<EpochDay, readonly DayWindow[]> {
  const overrides = new Map<EpochDay, readonly DayWindow[]>();
  readList(reading, value, path, { most: LISTS.overrides }).forEach((entry, index) => {
    const here = `${path}[${index}]`;
    const fields = readFields(reading, entry, here, OVERRIDE_FIELDS);
    if (fields === undefined) return;
    const date = readRequiredDate(reading, fields.get('date'), within(here, 'date'));
    const windowsPath = within(here, 'windows');
    const windows = readList(reading, fields.get('windows'), windowsPath, { least: 0, most: LISTS.windows });
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

/** Reads `from` and `to`. */
export function readWindow(
  reading: Reading,
  fields: ReadonlyMap<string, unknown>,
  path: string,
): DayWindow | undefined {
  const fromMinute = readTime(reading, fields.get('from'), within(path, 'from'));
  const toMinute = readEndTime(reading, fields.get('to'), within(path, 'to'));
  return fromMinute === undefined || toMinute === undefined ? undefined : { fromMinute, toMinute };
}
