import { copiedColumn, indexColumn } from './columns.ts';

/** Ascending starts, and the indices of who was picked for each: as many for every start. */
export interface PickedStarts {
  readonly startsMs: Float64Array;
  readonly picks: Int32Array;
}

/**
 * Unites ascending lists laid out one after another in `data`, list n from `bounds[n]` to `bounds[n + 1]`. Picked is the
 * first list that has a start, by the index that `members` gives it.
 */
export function mergeInOrder(data: Float64Array, bounds: readonly number[], members: readonly number[]): PickedStarts {
  const total = bounds[bounds.length - 1] ?? 0;
  if (bounds.length === 2) {
    const alone = indexColumn(total);
    // Columns come as zeros.
    if (members[0] !== 0) alone.fill(members[0] ?? -1);
    return { startsMs: copiedColumn(data, total), picks: alone };
  }
  let startsMs = new Float64Array(total);
  let picks = new Int32Array(total);
  let nextStarts = new Float64Array(total);
  let nextPicks = new Int32Array(total);
  let count = 0;
  for (let list = 0; list + 1 < bounds.length; list++) {
    let mine = bounds[list] ?? 0;
    const end = bounds[list + 1] ?? 0;
    let at = 0;
    let written = 0;
    while (at < count || mine < end) {
      const known = at < count ? (startsMs[at] ?? NaN) : Infinity;
      const own = mine < end ? (data[mine] ?? NaN) : Infinity;
      if (known <= own) {
        nextStarts[written] = known;
        nextPicks[written++] = picks[at++] ?? 0;
        if (known === own) mine++;
      } else {
        nextStarts[written] = own;
        nextPicks[written++] = members[list] ?? -1;
        mine++;
      }
    }
    count = written;
    [startsMs, nextStarts] = [nextStarts, startsMs];
    [picks, nextPicks] = [nextPicks, picks];
  }
  return { startsMs: startsMs.slice(0, count), picks: picks.slice(0, count) };
}
