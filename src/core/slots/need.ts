import type { Part } from './part.ts';

/** How many of some resources an appointment takes, and for what. */
export interface Need {
  /** The kind of these resources; undefined where any or all serve. */
  readonly kind: string | undefined;
  readonly needed: number;
  /** Those who may serve (indices in the list of resources), the first to be picked first. */
  readonly members: readonly number[];
  /** The segments that they serve, ascending. */
  readonly segments: readonly number[];
  /** What it takes of each of them. */
  readonly part: Part;
  /** Those of its segments for which somebody of its kind takes a time of his own, and so decides between variants. */
  readonly sized: readonly number[];
}

/** Whether there is a need, and enough members for each, whatever their calendars say. */
export function meetable(needs: readonly Need[]): boolean {
  return needs.length > 0 && needs.every(({ needed, members }) => needed > 0 && members.length >= needed);
}
