import type { Intervals } from '../time/interval.ts';
import { coveredBy } from './coverage.ts';

/** Where at least `capacity` of some intervals overlap, normal: there nothing more can be taken. */
export function saturated(busy: Intervals, capacity: number): Intervals {
  const kept = new Float64Array(busy.length);
  let length = 0;
  for (let index = 0; index < busy.length; index += 2) {
    const start = busy[index] ?? NaN;
    const end = busy[index + 1] ?? NaN;
    if (!(start < end)) continue;
    kept[length++] = start;
    kept[length++] = end;
  }
  return coveredBy([kept.subarray(0, length)], capacity);
}
