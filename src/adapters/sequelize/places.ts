import { bookingSql } from './bookingSql.ts';
import { int } from './cell.ts';
import { rows } from './program.ts';
import type { Program } from './program.ts';

/** A cell of a resource that somebody wants a place in. */
export interface Cell {
  readonly resourceId: string;
  readonly subject: Uint8Array;
  readonly cell: number;
  readonly owner: Uint8Array;
  readonly expiresMs: number | null;
  /** How many places it has. */
  readonly capacity: number;
}

/** Cells of one resource that follow each other: they are looked at in one statement. */
interface Run {
  readonly resourceId: string;
  readonly subject: Uint8Array;
  readonly first: number;
  end: number;
}

function runsOf(cells: readonly Cell[]): readonly Run[] {
  const runs: Run[] = [];
  for (const { resourceId, subject, cell } of cells) {
    const run = runs.at(-1);
    if (run?.resourceId === resourceId && cell >= run.first && cell <= run.end) run.end = Math.max(run.end, cell + 1);
    else runs.push({ resourceId, subject, first: cell, end: cell + 1 });
  }
  return runs;
}

/** The lowest numbers that are not among those taken, in order. */
export function lowestFree(taken: readonly number[], count: number): number[] {
  const known = new Set(taken);
  const free: number[] = [];
  for (let ordinal = 0; free.length < count; ordinal++) if (!known.has(ordinal)) free.push(ordinal);
  return free;
}

/**
 * Chooses the lowest free place in each cell; undefined when one of them is full. What cells of a single place hold is
 * looked at only with `all`, because the key alone tells.
 */
export function* choosePlaces(
  company: Uint8Array,
  cells: readonly Cell[],
  all: boolean,
  nowMs: number,
): Program<readonly number[] | undefined> {
  const taken = new Map<string, number[]>();
  const takenIn = (resourceId: string, cell: number): number[] => {
    const key = `${resourceId} ${cell}`;
    const known = taken.get(key) ?? [];
    taken.set(key, known);
    return known;
  };
  const looked = all ? cells : cells.filter(({ capacity }) => capacity > 1);
  for (const { resourceId, subject, first, end } of runsOf(looked)) {
    const found = yield* rows(bookingSql.livePlaces, [company, subject, first, end, nowMs]);
    for (const row of found) takenIn(resourceId, int(row[0])).push(int(row[1]));
  }
  const chosen: number[] = [];
  for (const { resourceId, cell, capacity } of cells) {
    if (!all && capacity === 1) {
      chosen.push(0);
      continue;
    }
    const others = takenIn(resourceId, cell);
    if (others.length >= capacity) return undefined;
    const [place = 0] = lowestFree(others, 1);
    others.push(place);
    chosen.push(place);
  }
  return chosen;
}
