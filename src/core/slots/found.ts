import type { Session, SlotResource } from './question.ts';
import type { CompiledService } from './service.ts';
import type { Variant } from './variant.ts';

/** Found slots in columns; {@link slotAt} reads one as an object. */
export interface FoundSlots {
  readonly count: number;
  /** Ascending starts in epoch milliseconds. */
  readonly startsMs: Float64Array;
  /** Indices of the chosen resources in the question's list, `picksPerSlot` for each slot, need by need; −1 is nobody. */
  readonly picks: Int32Array;
  readonly picksPerSlot: number;
  /** The start of each segment, as many for each slot as the service has segments. */
  readonly segmentStartsMs: Float64Array;
  /** The ways to carry out the service, and which one each slot is (the first, where there is no column). */
  readonly variants: readonly Variant[];
  readonly variantAt: Uint16Array | undefined;
  /** Of a service with seats: the session that a slot joins (an index, −1 for a new one). */
  readonly sessionAt: Int32Array | undefined;
  readonly sessions: readonly Session[];
  /** Indices of every resource that could serve a slot, the chosen ones included, in input order. */
  readonly freeAt: (index: number) => readonly number[];
  readonly service: CompiledService;
  readonly resources: readonly SlotResource[];
}

/** When and by whom a segment is served. */
export interface SlotSegment {
  readonly startMs: number;
  readonly endMs: number;
  /** Ids, in input order. */
  readonly resources: readonly string[];
  /** The service of a visit that it belongs to. */
  readonly service?: string;
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
  readonly segments: readonly SlotSegment[];
  /** Of a service with seats: how many are left before this party takes its own. */
  readonly seatsLeft?: number;
}

/** The way in which a slot is carried out. */
function variantOf(found: FoundSlots, index: number): Variant | undefined {
  return found.variants[found.variantAt?.[index] ?? 0];
}

/** When a found slot ends, in epoch milliseconds: the end of its last segment. */
export function endMsAt(found: FoundSlots, index: number): number {
  const lengthsMs = variantOf(found, index)?.service.lengthsMs ?? found.service.lengthsMs;
  const last = lengthsMs.length - 1;
  return (found.segmentStartsMs[index * lengthsMs.length + last] ?? NaN) + (lengthsMs[last] ?? NaN);
}

/** Ids of the resources that serve a found slot, in input order. */
export function resourceIdsAt(found: FoundSlots, index: number): string[] {
  const { picks, picksPerSlot, resources } = found;
  const first = index * picksPerSlot;
  // By far the most: one pick, or several that are in order already.
  if (picksPerSlot === 1 && found.sessionAt === undefined) return [resources[picks[first] ?? -1]?.id ?? ''];
  const session = sessionOf(found, index);
  if (session === undefined) return idsInOrder(found, picks.subarray(first, first + picksPerSlot));
  return idsInOrder(
    found,
    session.resources.map((id) => resources.findIndex((resource) => resource.id === id)),
  );
}

/** The session that a slot joins; undefined for a new one, and for services without seats. */
function sessionOf(found: FoundSlots, index: number): Session | undefined {
  return found.sessionAt && found.sessions[found.sessionAt[index] ?? -1];
}

/** How many seats of a slot are left, before the party takes its own; undefined for services without seats. */
export function seatsLeftAt(found: FoundSlots, index: number): number | undefined {
  if (found.service.seats === 1) return undefined;
  return found.service.seats - (sessionOf(found, index)?.taken ?? 0);
}

/** When and by whom each segment of a found slot is served. */
export function segmentsAt(found: FoundSlots, index: number): SlotSegment[] {
  const variant = variantOf(found, index);
  if (variant === undefined) return [];
  const { lengthsMs, segments } = variant.service;
  // A session is held, and a single need is served, by the same in all segments.
  const everyone = variant.needs.length === 1 || sessionOf(found, index) ? resourceIdsAt(found, index) : undefined;
  return lengthsMs.map((lengthMs, segment) => {
    const startMs = found.segmentStartsMs[index * lengthsMs.length + segment] ?? NaN;
    const service = segments[segment]?.serviceId;
    return {
      startMs,
      endMs: startMs + lengthMs,
      resources: everyone ?? idsInOrder(found, picksOf(found, variant, index, segment)),
      ...(service === undefined ? {} : { service }),
    };
  });
}

/** The picks of a found slot that serve one of its segments, need by need. */
function picksOf(found: FoundSlots, variant: Variant, index: number, segment: number): number[] {
  let at = index * found.picksPerSlot;
  return variant.needs.flatMap(({ needed, segments }) => {
    const own = segments.includes(segment) ? [...found.picks.subarray(at, at + needed)] : [];
    at += needed;
    return own;
  });
}

function idsInOrder({ resources }: FoundSlots, indices: ArrayLike<number> & Iterable<number>): string[] {
  const sorted = [...new Set(indices)].filter((index) => index >= 0).sort((left, right) => left - right);
  return sorted.map((index) => resources[index]?.id ?? '');
}

/** One found slot as an object; undefined beyond the last. */
export function slotAt(found: FoundSlots, index: number): Slot | undefined {
  const startMs = found.startsMs[index];
  if (startMs === undefined) return undefined;
  const resources = resourceIdsAt(found, index);
  const seatsLeft = seatsLeftAt(found, index);
  return {
    startMs,
    endMs: endMsAt(found, index),
    resources,
    free: sessionOf(found, index) ? resources : found.freeAt(index).map((each) => found.resources[each]?.id ?? ''),
    segments: segmentsAt(found, index),
    ...(seatsLeft === undefined ? {} : { seatsLeft }),
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
