import { NO_INTERVALS, type Intervals } from '../../time/interval.ts';
import { readFields, readList, refuse, refuseLength, within, type Reading } from './fields.ts';
import { LISTS } from './maxima.ts';
import { readInstant } from './moments.ts';
import type { PackedBusy } from './packBusy.ts';
import { readText } from './values.ts';

/** The fields of an interval. */
export const INTERVAL_FIELDS = ['start', 'end'] as const;
/** The fields of an entry of `busy`. */
export const BUSY_FIELDS = [...INTERVAL_FIELDS, 'kind'] as const;

/** Reads a list of intervals into pairs, as they stand. */
export function readIntervals(reading: Reading, value: unknown, path: string): Intervals {
  return readPairs(reading, value, path, INTERVAL_FIELDS).pairs;
}

/** Reads occupied time: pairs as they stand, and what occupies them where any entry says so (else it is empty). */
export function readBusy(reading: Reading, value: unknown, path: string): PackedBusy {
  const ahead = typeof value === 'string' ? reading.packed?.get(value) : undefined;
  if (ahead === undefined) return readPairs(reading, value, path, BUSY_FIELDS);
  refuseLength(reading, path, ahead.pairs.length / 2, LISTS.intervals);
  return ahead;
}

function readPairs(reading: Reading, value: unknown, path: string, known: readonly string[]): PackedBusy {
  const list = readList(reading, value, path, { most: LISTS.intervals });
  if (list.length === 0) return { pairs: NO_INTERVALS, kinds: undefined };
  const pairs = new Float64Array(list.length * 2);
  let kinds: string[] | undefined;
  list.forEach((entry, index) => {
    const here = `${path}[${index}]`;
    const fields = readFields(reading, entry, here, known);
    if (fields === undefined) return;
    const start = readInstant(reading, fields.get('start'), within(here, 'start'));
    const end = readInstant(reading, fields.get('end'), within(here, 'end'));
    if (fields.has('kind')) {
      kinds ??= new Array<string>(list.length).fill('');
      kinds[index] = readText(reading, fields.get('kind'), within(here, 'kind')) ?? '';
    }
    if (start === undefined || end === undefined) return;
    if (end < start) refuse(reading, within(here, 'end'), 'must not be before start');
    pairs[index * 2] = start;
    pairs[index * 2 + 1] = end;
  });
  return { pairs, kinds };
}
