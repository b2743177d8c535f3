import type { Need } from './need.ts';
import type { Order } from './order.ts';
import type { Picked } from './picked.ts';
import type { Variant } from './variant.ts';

/** What one variant found. */
interface VariantFound {
  readonly variant: Variant;
  readonly found: Picked;
  readonly deciding: readonly number[];
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
export function unite(
  found: readonly Omit<VariantFound, 'deciding'>[],
  orderAt: (startMs: number) => Order,
  limit: number,
): United {
  const parts = found.map((each) => ({ ...each, deciding: decidingPicks(each.variant) }));
  const places = parts.map(() => 0);
  const taken: Taken[] = [];
  while (taken.length < limit) {
    const startMs = Math.min(...parts.map(({ found }, part) => found.startsMs[places[part] ?? 0] ?? Infinity));
    if (startMs === Infinity) break;
    const having = parts.flatMap(({ found, variant, deciding }, part) => {
      const at = places[part] ?? 0;
      if (found.startsMs[at] !== startMs) return [];
      places[part] = at + 1;
      const picks = found.picks.subarray(at * variant.picksPerSlot);
      return [{ part, at, rank: variant.rank, deciding: deciding.map((pick) => picks[pick] ?? -1) }];
    });
    const order = orderAt(startMs);
    const best = having.reduce((first, each) => (isBefore(each, first, order) ? each : first));
    taken.push({ part: best.part, at: best.at, others: having });
  }
  return written(parts, taken);
}

/** A way to carry out a start: its rank, and who decides how long it lasts. */
interface Way {
  readonly rank: number;
  readonly deciding: readonly number[];
}

function isBefore(left: Way, right: Way, order: Order): boolean {
  if (left.rank !== right.rank) return left.rank < right.rank;
  const at = left.deciding.findIndex((pick, index) => pick !== right.deciding[index]);
  return order.indexOf(left.deciding[at] ?? -1) < order.indexOf(right.deciding[at] ?? -1);
}

/** Which of the picks of a slot are those who decide how long it lasts, segment by segment. */
function decidingPicks({ needs, service }: Variant): number[] {
  const picks = needs.flatMap((need) => new Array<Need>(need.needed).fill(need));
  return service.lengthsMs.flatMap((_, segment) =>
    picks.flatMap(({ sized }, pick) => (sized.includes(segment) ? [pick] : [])),
  );
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
