import { firstEndingAfter, intervalBuffer, type IntervalBuffer, type Intervals } from '../time/interval.ts';
import { startsWithinHours } from './feasible.ts';
import type { FindQuestion, SlotResource } from './question.ts';
import type { Part } from './part.ts';

/** The starts of a grid within a range as numbered cells: cell n is the start `firstMs` + n × `stepMs`, for n < `count`. */
export interface Lattice {
  readonly firstMs: number;
  readonly stepMs: number;
  readonly count: number;
  /** How many words of 32 cells hold them all. */
  readonly words: number;
}

// Half a year of single minutes; beyond that a range is answered by sorted lists.
const MOST_CELLS = 1 << 18;

/**
 * The lattice that the grids of all these resources share. Undefined where they share none (grids that begin anew each
 * day or window, zones that differ by a part of the step, gaps with a choice) or the range has too many steps.
 */
export function latticeOf({ service, range }: FindQuestion, resources: readonly SlotResource[]): Lattice | undefined {
  const { stepMs } = service;
  if (service.grid !== 'clock' || service.flexible) return undefined;
  let origin: number | undefined;
  let known: unknown;
  for (const { schedule } of resources) {
    if (schedule.zone === known) continue;
    known = schedule.zone;
    for (let cursorMs = range.fromMs; cursorMs < range.toMs;) {
      const piece = schedule.zone.pieceAt(cursorMs);
      origin ??= -piece.offsetMs;
      if ((origin + piece.offsetMs) % stepMs !== 0) return undefined;
      cursorMs = piece.toMs;
    }
  }
  if (origin === undefined) return undefined;
  const firstMs = origin + Math.ceil((range.fromMs - origin) / stepMs) * stepMs;
  const count = Math.max(0, Math.ceil((range.toMs - firstMs) / stepMs));
  return count > MOST_CELLS ? undefined : { firstMs, stepMs, count, words: (count + 31) >> 5 };
}

// Reused by every question: nothing here awaits, so two questions never meet.
const within = intervalBuffer(256);

/**
 * Writes, a bit a cell, the starts at which an appointment lies in open time and meets nothing busy: hours set ranges
 * of bits, and busy time clears them, in any order. Says exactly what `feasibleStarts` says, for the starts of the lattice.
 * Busy time that is known to be `orderly` is read no further than it concerns the lattice.
 */
export function feasibleCells(
  part: Part,
  lattice: Lattice,
  open: Intervals,
  busy: Intervals,
  orderly: boolean,
  allowed: IntervalBuffer,
  cells: Int32Array,
): void {
  const { firstMs, stepMs, count } = lattice;
  const perMs = 1 / stepMs;
  // A start is put into the first cell at or after it. Instants are whole milliseconds, so half of one decides: truncating
  // the product then rounds up, and multiplying, which is quicker than dividing, is off by far less.
  const origin = firstMs - stepMs + 0.5;
  const endOfCells = count * stepMs + stepMs - 0.5;
  cells.fill(0, 0, lattice.words);
  startsWithinHours(part, open, allowed, within);
  for (let index = 0; index < within.length; index += 2) {
    const fromMs = (within.data[index] ?? NaN) - origin;
    const toMs = (within.data[index + 1] ?? NaN) - origin;
    const from = fromMs > 0 ? (fromMs * perMs) | 0 : 0;
    const to = toMs < endOfCells ? (toMs * perMs) | 0 : count;
    if (from < to) setCells(cells, from, to);
  }
  const last = part.lengthsMs.length - 1;
  for (let segment = 0; segment <= last; segment++) {
    const offsetMs = part.offsetsMs[segment] ?? 0;
    const beforeMs = segment === 0 ? part.bufferBeforeMs : 0;
    const afterMs = (part.lengthsMs[segment] ?? 0) + (segment === last ? part.bufferAfterMs : 0);
    // A start conflicts when busy.start < start + offset + after and start + offset − before < busy.end.
    const startShift = 1 - offsetMs - afterMs - origin;
    const endShift = beforeMs - offsetMs - origin;
    const first = orderly ? firstEndingAfter(busy, firstMs + offsetMs - beforeMs) : 0;
    for (let index = first; index < busy.length; index += 2) {
      const busyFrom = busy[index] ?? NaN;
      const busyTo = busy[index + 1] ?? NaN;
      const fromMs = busyFrom + startShift;
      const toMs = busyTo + endShift;
      if (fromMs >= endOfCells) {
        if (orderly) break;
        continue;
      }
      if (!(toMs > 0 && busyFrom < busyTo)) continue;
      const from = fromMs > 0 ? (fromMs * perMs) | 0 : 0;
      const to = toMs < endOfCells ? (toMs * perMs) | 0 : count;
      if (from < to) clearCells(cells, from, to);
    }
  }
}

function setCells(cells: Int32Array, from: number, to: number): void {
  const first = from >> 5;
  const last = (to - 1) >> 5;
  // A shift looks at the lowest five bits of its distance alone.
  const head = -1 << from;
  const tail = -1 >>> -to;
  if (first === last) {
    cells[first] = (cells[first] ?? 0) | (head & tail);
    return;
  }
  cells[first] = (cells[first] ?? 0) | head;
  for (let word = first + 1; word < last; word++) cells[word] = -1;
  cells[last] = (cells[last] ?? 0) | tail;
}

function clearCells(cells: Int32Array, from: number, to: number): void {
  const first = from >> 5;
  const last = (to - 1) >> 5;
  const head = -1 << from;
  const tail = -1 >>> -to;
  if (first === last) {
    cells[first] = (cells[first] ?? 0) & ~(head & tail);
    return;
  }
  cells[first] = (cells[first] ?? 0) & ~head;
  for (let word = first + 1; word < last; word++) cells[word] = 0;
  cells[last] = (cells[last] ?? 0) & ~tail;
}
