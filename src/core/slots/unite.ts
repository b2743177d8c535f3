import type { Order } from './order.ts';
import type { Picked } from './picked.ts';
import type { Variant } from './variant.ts';

/** What one variant found. */
export interface VariantFound {
  readonly variant: Variant;
  readonly found: Picked;
}

/** Starts of several variants as one list; where several have a start, one of them is chosen. */
export interface United extends Omit<Picked, 'freeAt'> {
  readonly picksPerSlot: number;
  readonly variantAt: Uint16Array;
  /** Whoever could serve a start in one of the variants, in no order. */
  readonly freeAt: (index: number) => readonly number[];
}

/** A start, the variant chosen for it, and where each variant that has it does. */
interface Taken {
  readonly part: number;
  readonly at: number;
  readonly others: readonly { readonly part: number; readonly at: number }[];
}

/**
 * Unites what variants found. Of several that have a start those of the least rank count (keeping before changing,
 * orders of services as they come); among equals the one whose picks, of those who decide how long it lasts, come first in order, segment by segment.
 */
export function unite(parts: readonly VariantFound[], orderAt: (startMs: number) => Order, limit: number): United {
  const places = parts.map(() => 0);
  const taken: Taken[] = [];
  while (taken.length < limit) {
    let startMs = Infinity;
    parts.forEach(({ found }, part) => {
      startMs = Math.min(startMs, found.startsMs[places[part] ?? 0] ?? Infinity);
    });
    if (startMs === Infinity) break;
    let best = -1;
    parts.forEach(({ found }, part) => {
      if (found.startsMs[places[part] ?? 0] !== startMs) return;
      if (best < 0 || isBefore(parts, places, part, best, orderAt(startMs))) best = part;
    });
    const at = places[best] ?? 0;
    const others = parts.flatMap(({ found }, part) => {
      const place = places[part] ?? 0;
      if (found.startsMs[place] !== startMs) return [];
      places[part] = place + 1;
      return [{ part, at: place }];
    });
    taken.push({ part: best, at, others });
  }
  return written(parts, taken);
}

function isBefore(
  parts: readonly VariantFound[],
  places: readonly number[],
  part: number,
  other: number,
  order: Order,
): boolean {
  const difference = (parts[part]?.variant.rank ?? 0) - (parts[other]?.variant.rank ?? 0);
  if (difference !== 0) return difference < 0;
  const [left, right] = [part, other].map((each) => placesInOrder(parts[each], places[each] ?? 0, order));
  for (let segment = 0; left !== undefined && right !== undefined && segment < left.length; segment++) {
    for (let need = 0; need < (left[segment]?.length ?? 0); need++) {
      const by = (left[segment]?.[need] ?? 0) - (right[segment]?.[need] ?? 0);
      if (by !== 0) return by < 0;
    }
  }
  return false;
}

/** For each segment, the places in order of those who decide how long it lasts. */
function placesInOrder(part: VariantFound | undefined, index: number, order: Order): number[][] {
  if (part === undefined) return [];
  const { found, variant } = part;
  return variant.service.lengthsMs.map((_, segment) => {
    let at = index * variant.picksPerSlot;
    return variant.needs.flatMap(({ needed, segments, sized }) => {
      const picks = found.picks.subarray(at, (at += needed));
      return sized && segments.includes(segment) ? Array.from(picks, (pick) => order.indexOf(pick)) : [];
    });
  });
}

function written(parts: readonly VariantFound[], taken: readonly Taken[]): United {
  const picksPerSlot = Math.max(0, ...parts.map(({ variant }) => variant.picksPerSlot));
  const segments = parts[0]?.variant.service.lengthsMs.length ?? 0;
  const count = taken.length;
  const startsMs = new Float64Array(count);
  const picks = new Int32Array(count * picksPerSlot).fill(-1);
  const segmentStartsMs = new Float64Array(count * segments);
  const variantAt = new Uint16Array(count);
  taken.forEach(({ part, at }, index) => {
    const { found, variant } = parts[part] ?? {};
    if (found === undefined || variant === undefined) return;
    startsMs[index] = found.startsMs[at] ?? NaN;
    picks.set(found.picks.subarray(at * variant.picksPerSlot, (at + 1) * variant.picksPerSlot), index * picksPerSlot);
    segmentStartsMs.set(found.segmentStartsMs.subarray(at * segments, (at + 1) * segments), index * segments);
    variantAt[index] = part;
  });
  return {
    count,
    startsMs,
    picks,
    picksPerSlot,
    segmentStartsMs,
    variantAt,
    freeAt: (index) =>
      (taken[index]?.others ?? []).flatMap(({ part, at }) => parts[part]?.found.freeAt(at).flat() ?? []),
  };
}
