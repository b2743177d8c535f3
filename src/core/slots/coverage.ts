import { appendInterval, bufferedIntervals, intersect, intervalBuffer, type Intervals } from '../time/interval.ts';

/** The instants that at least `least` intervals of several lists contain; none of them may be empty. */
export function coveredBy(lists: readonly Intervals[], least: number): Intervals {
  const total = lists.reduce((sum, list) => sum + list.length / 2, 0);
  const starts = new Float64Array(total);
  const ends = new Float64Array(total);
  let at = 0;
  for (const list of lists) {
    for (let index = 0; index < list.length; index += 2) {
      starts[at] = list[index] ?? NaN;
      ends[at++] = list[index + 1] ?? NaN;
    }
  }
  starts.sort();
  ends.sort();
  const out = intervalBuffer();
  let closed = 0;
  let enoughSince = NaN;
  for (let opened = 0; closed < total;) {
    if (opened < total && (starts[opened] ?? NaN) < (ends[closed] ?? NaN)) {
      opened++;
      if (opened - closed === least) enoughSince = starts[opened - 1] ?? NaN;
    } else {
      if (opened - closed === least) appendInterval(out, enoughSince, ends[closed] ?? NaN);
      closed++;
    }
  }
  return bufferedIntervals(out);
}

/** The instants that all of several normal lists contain; none if there is no list. */
export function coveredByAll(lists: readonly Intervals[]): Intervals {
  const [first, ...others] = lists;
  return others.reduce((common, list) => intersect(common, list), first ?? new Float64Array(0));
}
