/**
 * What an appointment takes of one of those who serve it: some of its segments, with the least gaps. Times are
 * milliseconds from the appointment's start.
 */
export interface Part {
  /** Per segment it serves: its length. */
  readonly lengthsMs: readonly number[];
  /** Per segment it serves: its start. */
  readonly offsetsMs: readonly number[];
  /** From the first of these segments to the end of the last: what must lie in open time. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Occupied before the first segment and after the last; 0 where those are not the appointment's own first and last. */
  readonly bufferBeforeMs: number;
  readonly bufferAfterMs: number;
  /** How much of these buffers must lie in open time as well. */
  readonly openBeforeMs: number;
  readonly openAfterMs: number;
}

/** How an appointment is laid out. */
export interface Layout {
  /** Per segment: its length. */
  readonly lengthsMs: readonly number[];
  /** Per segment but the last: the least and the greatest gap after it. */
  readonly minGapsMs: readonly number[];
  readonly maxGapsMs: readonly number[];
  readonly bufferBeforeMs: number;
  readonly bufferAfterMs: number;
  /** Keeps the buffers inside opening hours. */
  readonly buffersWithinHours: boolean;
}

/** The part that serves these segments of an appointment (ascending, at least one). */
export function partOf(layout: Layout, segments: readonly number[]): Part {
  const { lengthsMs, minGapsMs, buffersWithinHours } = layout;
  const starts: number[] = [];
  let endMs = 0;
  lengthsMs.forEach((lengthMs, index) => {
    starts.push(endMs);
    endMs += lengthMs + (minGapsMs[index] ?? 0);
  });
  const first = segments[0] ?? 0;
  const last = segments[segments.length - 1] ?? 0;
  const bufferBeforeMs = first === 0 ? layout.bufferBeforeMs : 0;
  const bufferAfterMs = last === lengthsMs.length - 1 ? layout.bufferAfterMs : 0;
  return {
    lengthsMs: segments.map((segment) => lengthsMs[segment] ?? 0),
    offsetsMs: segments.map((segment) => starts[segment] ?? 0),
    fromMs: starts[first] ?? 0,
    toMs: (starts[last] ?? 0) + (lengthsMs[last] ?? 0),
    bufferBeforeMs,
    bufferAfterMs,
    openBeforeMs: buffersWithinHours ? bufferBeforeMs : 0,
    openAfterMs: buffersWithinHours ? bufferAfterMs : 0,
  };
}
