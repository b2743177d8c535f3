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
