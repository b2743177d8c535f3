import { intervalBuffer } from '../time/interval.ts';
import { indexColumn, numberColumn } from './columns.ts';
import { feasibleStarts } from './feasible.ts';
import { allowedFor, hostOf } from './host.ts';
import type { MergedStarts } from './mergeInOrder.ts';
import type { FindQuestion } from './question.ts';

// Beyond this many steps a range is answered resource by resource and merged.
const MOST_CELLS = 1 << 16;
const NOBODY = -1;

// Reused by every question: nothing here awaits, so two questions never meet.
const owners = new Int32Array(MOST_CELLS);
const feasible = intervalBuffer(1_024);

/**
 * Unites the starts of resources that share one grid of the wall clock across the whole range: each one's are marked in
 * cells of a step, so that uniting costs nothing beyond the sweep. Undefined where they share none (grids that begin
 * anew each day or window, zones that differ by a part of the step, gaps with a choice) or the range has too many steps.
 */
export function sweepLattice(question: FindQuestion): MergedStarts | undefined {
  const { service, resources, range } = question;
  const { stepMs } = service;
  const origin = commonOrigin(question);
  if (origin === undefined) return undefined;
  const first = origin + Math.ceil((range.fromMs - origin) / stepMs) * stepMs;
  const cells = Math.max(0, Math.ceil((range.toMs - first) / stepMs));
  if (cells > MOST_CELLS) return undefined;
  owners.fill(NOBODY, 0, cells);
  let count = 0;
  for (let index = 0; index < resources.length; index++) {
    const resource = resources[index];
    if (resource === undefined) continue;
    const host = hostOf(question, resource);
    feasibleStarts(service, host.open, host.busy, allowedFor(question, resource), feasible);
    count += markCells(first, stepMs, index);
  }
  const startsMs = numberColumn(count);
  const picks = indexColumn(count);
  for (let cell = 0, written = 0; written < count; cell++) {
    const owner = owners[cell] ?? NOBODY;
    if (owner === NOBODY) continue;
    startsMs[written] = first + cell * stepMs;
    picks[written++] = owner;
  }
  return { startsMs, picks };
}

/** A start of the grid from which every other start of every resource is a whole number of steps away. */
function commonOrigin({ service, resources, range }: FindQuestion): number | undefined {
  if (service.grid !== 'clock' || service.flexible) return undefined;
  let origin: number | undefined;
  for (const { schedule } of resources) {
    for (let cursorMs = range.fromMs; cursorMs < range.toMs;) {
      const piece = schedule.zone.pieceAt(cursorMs);
      origin ??= -piece.offsetMs;
      if ((origin + piece.offsetMs) % service.stepMs !== 0) return undefined;
      cursorMs = piece.toMs;
    }
  }
  return origin;
}

/** Marks the cells of the feasible starts that belong to nobody yet; answers how many those were. */
function markCells(first: number, stepMs: number, owner: number): number {
  const perMs = 1 / stepMs;
  const { data, length } = feasible;
  let marked = 0;
  for (let index = 0; index < length; index += 2) {
    const start = (data[index] ?? NaN) - first;
    const end = (data[index + 1] ?? NaN) - first;
    // Multiplying is quicker than dividing, and off by far less than the millisecond that would make a difference.
    let cell = (start * perMs) | 0;
    if (cell * stepMs < start) cell++;
    for (; cell * stepMs < end; cell++) {
      if (owners[cell] === NOBODY) {
        owners[cell] = owner;
        marked++;
      }
    }
  }
  return marked;
}
