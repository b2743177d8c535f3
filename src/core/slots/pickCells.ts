import { indexColumn, numberColumn } from './columns.ts';
import { allowedFor, openingFor } from './host.ts';
import { feasibleCells, type Lattice } from './lattice.ts';
import type { PickedStarts } from './mergeInOrder.ts';
import type { Need } from './need.ts';
import type { AskedQuestion } from './orderly.ts';

// Reused by every question: nothing here awaits, so two questions never meet.
let free = new Int32Array(256);
let enough = new Int32Array(256);
// A cell is in layer n when n + 1 of a need's members so far are free in it.
let layers = new Int32Array(256);
let picked = new Int32Array(4_096);

const roomFor = (buffer: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> =>
  buffer.length >= length ? buffer : new Int32Array(length * 2);

/**
 * The cells of a lattice in which each need finds as many free members as it has to, and the first of them in
 * order; no more than `limit` cells. A member costs a few operations per busy interval and per 32 cells, however many of the cells are free.
 */
export function pickCells(
  question: AskedQuestion,
  lattice: Lattice,
  needs: readonly Need[],
  limit: number,
): PickedStarts {
  const { orderly = false } = question;
  const { count, words } = lattice;
  let picksPerSlot = 0;
  for (const { needed } of needs) picksPerSlot += needed;
  free = roomFor(free, words);
  enough = roomFor(enough, words).fill(-1, 0, words);
  picked = roomFor(picked, count * picksPerSlot);
  let place = 0;
  for (const { needed, members, part } of needs) {
    layers = roomFor(layers, words * needed).fill(0, 0, words * needed);
    for (const member of members) {
      const resource = question.resources[member];
      if (resource === undefined) continue;
      const { open } = openingFor(question, resource);
      feasibleCells(part, lattice, open, resource.busy, orderly, allowedFor(question, resource), free);
      pickMember(member, needed, words, count, place * count);
    }
    const top = (needed - 1) * words;
    for (let word = 0; word < words; word++) enough[word] = (enough[word] ?? 0) & (layers[top + word] ?? 0);
    place += needed;
  }
  return written(lattice, picksPerSlot, limit);
}

/** Picks a member for the cells in which it is free and one more is needed. */
function pickMember(member: number, needed: number, words: number, count: number, firstPick: number): void {
  // Variables of a module are read anew each time, local ones are not.
  const isFree = free;
  const isEnough = enough;
  const isKnown = layers;
  const picks = picked;
  for (let word = 0; word < words; word++) {
    let rest = (isFree[word] ?? 0) & (isEnough[word] ?? 0);
    for (let layer = 0; layer < needed && rest !== 0; layer++) {
      const at = layer * words + word;
      const known = isKnown[at] ?? 0;
      const firstCell = firstPick + layer * count + (word << 5);
      for (let fresh = rest & ~known; fresh !== 0; fresh &= fresh - 1) {
        picks[firstCell + lowestBit(fresh)] = member;
      }
      isKnown[at] = known | rest;
      rest &= known;
    }
  }
}

function written({ firstMs, stepMs, count, words }: Lattice, picksPerSlot: number, limit: number): PickedStarts {
  const isEnough = enough;
  const memberAt = picked;
  let found = 0;
  for (let word = 0; word < words; word++) found += bitCount(isEnough[word] ?? 0);
  if (found > limit) found = limit;
  const startsMs = numberColumn(found);
  const picks = indexColumn(found * picksPerSlot);
  let at = 0;
  for (let word = 0; at < found; word++) {
    for (let rest = isEnough[word] ?? 0; rest !== 0 && at < found; rest &= rest - 1) {
      const cell = (word << 5) + lowestBit(rest);
      const first = at * picksPerSlot;
      for (let place = 0; place < picksPerSlot; place++) {
        picks[first + place] = memberAt[place * count + cell] ?? 0;
      }
      startsMs[at++] = firstMs + cell * stepMs;
    }
  }
  return { startsMs, picks };
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

function bitCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555_5555);
  const fours = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
