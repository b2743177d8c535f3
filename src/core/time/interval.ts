/**
 * Half-open intervals [start, end) of epoch milliseconds as pairs in one array: start, end, start, end …
 * A **normal** list is ascending, its intervals are not empty and neither overlap nor touch, so equal sets of instants
 * have equal lists.
 */
export type Intervals = Float64Array;

/** The list without an instant. */
export const NO_INTERVALS: Intervals = new Float64Array(0);

/** A list that is being written, grown as needed; `length` counts numbers, not pairs. */
export interface IntervalBuffer {
  data: Float64Array;
  length: number;
}

/** An empty buffer; one that is kept and reset (`length = 0`) saves the allocation of every later use. */
export function intervalBuffer(capacity = 64): IntervalBuffer {
  return { data: new Float64Array(capacity), length: 0 };
}

/** Appends one interval, or lengthens the last one when the two overlap or touch. Empty ones are left out. */
export function appendInterval(out: IntervalBuffer, start: number, end: number): void {
  if (!(start < end)) return;
  const { length } = out;
  if (length > 0 && start <= (out.data[length - 1] ?? NaN)) {
    if (end > (out.data[length - 1] ?? NaN)) out.data[length - 1] = end;
    return;
  }
  if (length + 2 > out.data.length) growBuffer(out, length + 2);
  out.data[length] = start;
  out.data[length + 1] = end;
  out.length = length + 2;
}

/** Makes room for at least `capacity` numbers, keeping what is written. */
export function growBuffer(out: { data: Float64Array; length: number }, capacity: number): void {
  const grown = new Float64Array(Math.max(capacity, out.data.length * 2));
  grown.set(out.data.subarray(0, out.length));
  out.data = grown;
}

/** A copy of what is written. */
export function bufferedIntervals(buffer: IntervalBuffer): Intervals {
  return buffer.data.slice(0, buffer.length);
}

/** Whether a list is normal. */
export function isNormal(list: Intervals): boolean {
  let previousEnd = -Infinity;
  for (let index = 0; index < list.length; index += 2) {
    const start = list[index] ?? NaN;
    const end = list[index + 1] ?? NaN;
    if (!(start > previousEnd && end > start)) return false;
    previousEnd = end;
  }
  return list.length % 2 === 0;
}

/** The normal list of the same instants: sorted, united, empty intervals left out. A list that is normal is returned as it is. */
export function normalise(list: Intervals): Intervals {
  if (isNormal(list)) return list;
  const count = list.length >> 1;
  const starts = new Float64Array(count);
  const ends = new Float64Array(count);
  let kept = 0;
  for (let index = 0; index < count; index++) {
    const start = list[index * 2] ?? NaN;
    const end = list[index * 2 + 1] ?? NaN;
    if (!(start < end)) continue;
    starts[kept] = start;
    ends[kept++] = end;
  }
  return unite(starts.subarray(0, kept).sort(), ends.subarray(0, kept).sort());
}

/** Unites intervals given by their sorted starts and, apart from them, sorted ends: which end belongs to which start does not change the union. */
function unite(starts: Float64Array, ends: Float64Array): Intervals {
  const out = intervalBuffer(Math.max(2, starts.length * 2));
  for (let index = 0, from = 0; index < starts.length; index++) {
    const next = index + 1 < starts.length ? (starts[index + 1] ?? NaN) : Infinity;
    const end = ends[index] ?? NaN;
    // Everything opened so far is closed before the next one opens.
    if (end < next) {
      appendInterval(out, starts[from] ?? NaN, end);
      from = index + 1;
    }
  }
  return bufferedIntervals(out);
}

/** The instants of either list. */
export function union(left: Intervals, right: Intervals): Intervals {
  const both = new Float64Array(left.length + right.length);
  both.set(left);
  both.set(right, left.length);
  return normalise(both);
}

/** The instants of both normal lists. */
export function intersect(left: Intervals, right: Intervals): Intervals {
  const out = intervalBuffer(Math.max(2, left.length + right.length));
  appendCommon(left, left.length, right, right.length, out);
  return bufferedIntervals(out);
}

/** Appends the instants that two normal lists have in common, of which it reads so many numbers. */
export function appendCommon(
  left: Float64Array,
  leftLength: number,
  right: Float64Array,
  rightLength: number,
  out: IntervalBuffer,
): void {
  let l = 0;
  let r = 0;
  while (l < leftLength && r < rightLength) {
    const leftStart = left[l] ?? NaN;
    const leftEnd = left[l + 1] ?? NaN;
    const rightStart = right[r] ?? NaN;
    const rightEnd = right[r + 1] ?? NaN;
    appendInterval(out, leftStart > rightStart ? leftStart : rightStart, leftEnd < rightEnd ? leftEnd : rightEnd);
    if (leftEnd < rightEnd) l += 2;
    else r += 2;
  }
}

/** The instants of one normal list that are not in the other. */
export function subtract(from: Intervals, removed: Intervals): Intervals {
  if (removed.length === 0) return from;
  const out = intervalBuffer(Math.max(2, from.length + removed.length));
  subtractShifted(from, from.length, removed, 0, 0, out);
  return bufferedIntervals(out);
}

/**
 * Appends to `out` what is left of a normal list after taking away another whose starts and ends are first moved by
 * `startShift` and `endShift`: so widened, the intervals to remove may overlap. Reads `fromLength` numbers of `from`.
 */
export function subtractShifted(
  from: Float64Array,
  fromLength: number,
  removed: Intervals,
  startShift: number,
  endShift: number,
  out: IntervalBuffer,
): void {
  if (fromLength === 0) return;
  // Each removed interval and each interval of the list can begin one piece of the rest.
  const first = firstEndingAfter(removed, (from[0] ?? NaN) - endShift);
  const last = Math.min(removed.length, firstEndingAfter(removed, (from[fromLength - 1] ?? NaN) - startShift) + 2);
  const room = out.length + fromLength + last - first;
  if (room > out.data.length) growBuffer(out, room);
  const { data } = out;
  let { length } = out;
  let r = first;
  for (let index = 0; index < fromLength; index += 2) {
    let cursor = from[index] ?? NaN;
    const end = from[index + 1] ?? NaN;
    while (r < last && (removed[r + 1] ?? NaN) + endShift <= cursor) r += 2;
    // Removed intervals that reach beyond this one are looked at again for the next.
    for (let next = r; next < last; next += 2) {
      const removedStart = (removed[next] ?? NaN) + startShift;
      if (removedStart >= end) break;
      if (removedStart > cursor) {
        data[length] = cursor;
        data[length + 1] = removedStart;
        length += 2;
      }
      const removedEnd = (removed[next + 1] ?? NaN) + endShift;
      if (removedEnd > cursor) cursor = removedEnd;
    }
    if (cursor < end) {
      data[length] = cursor;
      data[length + 1] = end;
      length += 2;
    }
  }
  out.length = length;
}

/** The index (of a start, so even) of the first interval of a normal list that ends after an instant; the list's length if none does. */
export function firstEndingAfter(list: Intervals, instant: number): number {
  let low = 0;
  let high = list.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle * 2 + 1] ?? NaN) > instant) high = middle;
    else low = middle + 1;
  }
  return low * 2;
}

/** Whether one interval of a normal list contains all of [start, end). */
export function covers(list: Intervals, start: number, end: number): boolean {
  const index = firstEndingAfter(list, start);
  return index < list.length && (list[index] ?? NaN) <= start && end <= (list[index + 1] ?? NaN);
}

/** Whether a normal list shares an instant with [start, end). */
export function overlaps(list: Intervals, start: number, end: number): boolean {
  const index = firstEndingAfter(list, start);
  return index < list.length && start < end && (list[index] ?? NaN) < end;
}
