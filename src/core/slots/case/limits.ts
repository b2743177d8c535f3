import type { Limits } from '../limits.ts';
import { present, readFields, readList, refuse, within, type Reading } from './fields.ts';
import { LISTS, NUMBERS } from './maxima.ts';
import { readInstant } from './moments.ts';
import { readWhole } from './values.ts';

/** The fields of limits. */
export const LIMITS_FIELDS = ['perDay', 'perWeek', 'booked'] as const;

/** Reads how many appointments may start on a date or in a week; undefined when it is absent. */
export function readLimits(reading: Reading, value: unknown, path: string): Limits | undefined {
  if (value === undefined) return undefined;
  const fields = readFields(reading, value, path, LIMITS_FIELDS);
  if (fields === undefined) return undefined;
  if (!fields.has('perDay') && !fields.has('perWeek')) refuse(reading, path, 'must have perDay, perWeek or both');
  const whole = (name: 'perDay' | 'perWeek'): number | undefined =>
    fields.has(name) ? readWhole(reading, fields.get(name), within(path, name), NUMBERS.limit) : undefined;
  const perDay = whole('perDay');
  const perWeek = whole('perWeek');
  const bookedPath = within(path, 'booked');
  const booked = readList(reading, fields.get('booked'), bookedPath, { most: LISTS.booked });
  return {
    ...present({ perDay, perWeek }),
    booked: Float64Array.from(booked, (start, index) => readInstant(reading, start, `${bookedPath}[${index}]`) ?? NaN),
  };
}
