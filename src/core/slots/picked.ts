/** Starts as one variant of a service finds them, and who was picked. */
export interface Picked {
  readonly count: number;
  /** Ascending. */
  readonly startsMs: Float64Array;
  /** Indices of the picks, need by need, as many for every start. */
  readonly picks: Int32Array;
  /** The start of each segment, start by start. */
  readonly segmentStartsMs: Float64Array;
  /** Who could serve each need of a start, the first to be picked first. */
  readonly freeAt: (index: number) => readonly (readonly number[])[];
}

const NOBODY = new Float64Array(0);

/** No start at all. */
export const NOTHING: Picked = {
  count: 0,
  startsMs: NOBODY,
  picks: new Int32Array(0),
  segmentStartsMs: NOBODY,
  freeAt: () => [],
};
