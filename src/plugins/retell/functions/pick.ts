/** At least so long lies between two of the next free times that are told. */
const APART_MS = 3_600_000;

interface Start {
  readonly startMs: number;
}

/** The earliest, then such as lie apart from those already picked, filled up with the earliest others; ascending. */
export function pickNext<T extends Start>(slots: readonly T[], count: number): readonly T[] {
  const picked: T[] = [];
  for (const slot of slots) {
    if (picked.length === count) break;
    if (picked.every(({ startMs }) => Math.abs(slot.startMs - startMs) >= APART_MS)) picked.push(slot);
  }
  const rest = slots.filter((slot) => !picked.includes(slot)).slice(0, count - picked.length);
  return [...picked, ...rest].toSorted((a, b) => a.startMs - b.startMs);
}

/** Spread evenly over the whole: the first, the last, and what lies between. */
export function pickSpread<T extends Start>(slots: readonly T[], count: number): readonly T[] {
  if (slots.length <= count) return slots;
  const step = count === 1 ? 0 : (slots.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, index) => slots[Math.round(index * step)]).filter(
    (slot) => slot !== undefined,
  );
}

/** Those with the least distance, of two alike the earlier; ascending by start. */
export function pickNearest<T extends Start>(
  slots: readonly T[],
  count: number,
  distanceOf: (slot: T) => number,
): readonly T[] {
  return slots
    .map((slot) => ({ slot, distance: distanceOf(slot) }))
    .toSorted((a, b) => a.distance - b.distance || a.slot.startMs - b.slot.startMs)
    .slice(0, count)
    .map(({ slot }) => slot)
    .toSorted((a, b) => a.startMs - b.startMs);
}
