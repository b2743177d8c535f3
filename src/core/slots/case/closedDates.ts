import type { Intervals } from '../../time/interval.ts';
import type { EpochDay } from '../../time/localDate.ts';
import { readFields, readList, refuse, within, type Reading } from './fields.ts';
import { LISTS } from './maxima.ts';
import { readRequiredDate } from './moments.ts';

/** The fields of closed dates in a row. */
export const CLOSED_FIELDS = ['from', 'to'] as const;

/** Reads dates on which no window starts into [first, last + 1) pairs; undefined when there are none. */
export function readClosedDates(reading: Reading, value: unknown, path: string): Intervals | undefined {
  const list = readList(reading, value, path, { most: LISTS.closedDates });
  const pairs = list.flatMap((entry, index) => readClosed(reading, entry, `${path}[${index}]`));
  return pairs.length === 0 ? undefined : Float64Array.from(pairs);
}

function readClosed(reading: Reading, value: unknown, path: string): readonly EpochDay[] {
  if (typeof value !== 'object' || value === null) {
    const day = readRequiredDate(reading, value, path);
    return day === undefined ? [] : [day, day + 1];
  }
  const fields = readFields(reading, value, path, CLOSED_FIELDS);
  if (fields === undefined) return [];
  const fromDay = readRequiredDate(reading, fields.get('from'), within(path, 'from'));
  const toDay = readRequiredDate(reading, fields.get('to'), within(path, 'to'));
  if (fromDay === undefined || toDay === undefined) return [];
  if (toDay < fromDay) refuse(reading, within(path, 'to'), 'must not be before from');
  return [fromDay, toDay + 1];
}
