import { DAY_MS } from '../../time/localDate.ts';
import type { FindQuestion } from '../question.ts';
import { readFields, refuse, type Reading } from './fields.ts';
import { RANGE_DAYS } from './maxima.ts';
import { readInstant } from './moments.ts';

/** The fields of a range. */
export const RANGE_FIELDS = ['from', 'to'] as const;

const EARLIEST_MS = Date.UTC(1970, 0, 1);
const LATEST_MS = Date.UTC(2200, 0, 1);

/** Reads a required instant of the years that the zones are known for. */
export function readYear(reading: Reading, value: unknown, path: string): number | undefined {
  const instantMs = readInstant(reading, value, path);
  if (instantMs === undefined) return undefined;
  if (instantMs >= EARLIEST_MS && instantMs < LATEST_MS) return instantMs;
  return refuse(reading, path, 'must lie in the years 1970 to 2199');
}

/** Reads the range; who asks for the next few may leave its end out. */
export function readRange(reading: Reading, value: unknown, mayBeOpen: boolean): FindQuestion['range'] | undefined {
  if (value === undefined) return refuse(reading, 'range', 'is required');
  const fields = readFields(reading, value, 'range', RANGE_FIELDS);
  if (fields === undefined) return undefined;
  const fromMs = readYear(reading, fields.get('from'), 'range.from');
  if (mayBeOpen && !fields.has('to')) {
    return fromMs === undefined ? undefined : { fromMs, toMs: fromMs + RANGE_DAYS * DAY_MS };
  }
  const toMs = readYear(reading, fields.get('to'), 'range.to');
  if (fromMs === undefined || toMs === undefined) return undefined;
  if (toMs < fromMs) return refuse(reading, 'range.to', 'must not be before range.from');
  if (toMs - fromMs > RANGE_DAYS * DAY_MS) {
    return refuse(reading, 'range', `spans more than ${RANGE_DAYS} days; ask in parts`);
  }
  return { fromMs, toMs };
}
