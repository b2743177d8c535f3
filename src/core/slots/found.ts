import type { SlotResource } from './question.ts';
import type { CompiledService } from './service.ts';

/** Found slots in columns; {@link slotAt} reads one as an object. */
export interface FoundSlots {
  readonly count: number;
  /** Ascending starts in epoch milliseconds. */
  readonly startsMs: Float64Array;
  /** Indices of the chosen resources in the question's list, `picksPerSlot` for each slot, in input order. */
  readonly picks: Int32Array;
  readonly picksPerSlot: number;
  /** The start of each segment, as many for each slot as the service has segments. */
  readonly segmentStartsMs: Float64Array;
  /** Indices of every resource that could serve a slot, the chosen ones included, in input order. */
  readonly freeAt: (index: number) => readonly number[];
  readonly service: CompiledService;
  readonly resources: readonly SlotResource[];
}

/** A start at which an appointment can be made. */
export interface Slot {
  readonly startMs: number;
  /** The appointment's end: the last segment's, buffers left out. */
  readonly endMs: number;
  /** Ids of the resources that serve it, in input order. */
  readonly resources: readonly string[];
  /** Ids of every resource that could serve it, in input order. */
  readonly free: readonly string[];
  /** When its resources are needed; between segments they are free for others. */
  readonly segments: readonly { readonly startMs: number; readonly endMs: number }[];
}

/** When a found slot ends, in epoch milliseconds: the end of its last segment. */
export function endMsAt(found: FoundSlots, index: number): number {
  const { lengthsMs } = found.service;
  const last = lengthsMs.length - 1;
  return (found.segmentStartsMs[index * lengthsMs.length + last] ?? NaN) + (lengthsMs[last] ?? NaN);
}

/** Ids of the resources that serve a found slot, in input order. */
export function resourceIdsAt(found: FoundSlots, index: number): string[] {
  const ids: string[] = [];
  for (let pick = index * found.picksPerSlot; pick < (index + 1) * found.picksPerSlot; pick++) {
    ids.push(found.resources[found.picks[pick] ?? -1]?.id ?? '');
  }
  return ids;
}

/** One found slot as an object; undefined beyond the last. */
export function slotAt(found: FoundSlots, index: number): Slot | undefined {
  const startMs = found.startsMs[index];
  if (startMs === undefined) return undefined;
  const { lengthsMs } = found.service;
  return {
    startMs,
    endMs: endMsAt(found, index),
    resources: resourceIdsAt(found, index),
    free: found.freeAt(index).map((resource) => found.resources[resource]?.id ?? ''),
    segments: lengthsMs.map((lengthMs, segment) => {
      const segmentStartMs = found.segmentStartsMs[index * lengthsMs.length + segment] ?? NaN;
      return { startMs: segmentStartMs, endMs: segmentStartMs + lengthMs };
    }),
  };
}

/** All found slots as objects. */
export function slotsOf(found: FoundSlots): Slot[] {
  const slots: Slot[] = [];
  for (let index = 0; index < found.count; index++) {
    const slot = slotAt(found, index);
    if (slot !== undefined) slots.push(slot);
  }
  return slots;
}

/** The starts of segments for slots without a choice of gaps. */
export function fixedSegmentStarts(service: CompiledService, startsMs: Float64Array): Float64Array {
  const { offsetsMs } = service;
  if (offsetsMs.length === 1) return startsMs;
  const segmentStartsMs = new Float64Array(startsMs.length * offsetsMs.length);
  let at = 0;
  for (const startMs of startsMs) for (const offsetMs of offsetsMs) segmentStartsMs[at++] = startMs + offsetMs;
  return segmentStartsMs;
}

/** The first `limit` slots of several answers to one question, each about later starts than the one before. */
export function joinFound(parts: readonly [FoundSlots, ...FoundSlots[]], limit: number): FoundSlots {
  const [first] = parts;
  if (parts.length === 1 && first.count <= limit) return first;
  const segments = first.service.lengthsMs.length;
  const count = Math.min(
    limit,
    parts.reduce((sum, part) => sum + part.count, 0),
  );
  const picksPerSlot = Math.max(...parts.map((part) => part.picksPerSlot));
  const startsMs = new Float64Array(count);
  const picks = new Int32Array(count * picksPerSlot);
  const segmentStartsMs = new Float64Array(count * segments);
  const counts: number[] = [];
  let at = 0;
  for (const part of parts) {
    const taken = Math.min(part.count, count - at);
    startsMs.set(part.startsMs.subarray(0, taken), at);
    picks.set(part.picks.subarray(0, taken * picksPerSlot), at * picksPerSlot);
    segmentStartsMs.set(part.segmentStartsMs.subarray(0, taken * segments), at * segments);
    counts.push(taken);
    at += taken;
  }
  const freeAt = (index: number): readonly number[] => {
    let within = index;
    for (const [number, part] of parts.entries()) {
      const taken = counts[number] ?? 0;
      if (within < taken) return part.freeAt(within);
      within -= taken;
    }
    return [];
  };
  return { ...first, count, startsMs, picks, picksPerSlot, segmentStartsMs, freeAt };
}
