import type { FoundSlots } from './found.ts';

/** The first `limit` slots of several answers to one prepared question, each about later starts than the one before. */
export function joinFound(parts: readonly [FoundSlots, ...FoundSlots[]], limit: number): FoundSlots {
  const [first] = parts;
  if (parts.length === 1 && first.count <= limit) return first;
  const { picksPerSlot } = first;
  const segments = first.service.lengthsMs.length;
  const count = Math.min(
    limit,
    parts.reduce((sum, part) => sum + part.count, 0),
  );
  const startsMs = new Float64Array(count);
  const picks = new Int32Array(count * picksPerSlot);
  const segmentStartsMs = new Float64Array(count * segments);
  const variantAt = first.variantAt && new Uint16Array(count);
  const sessionAt = first.sessionAt && new Int32Array(count);
  let at = 0;
  for (const part of parts) {
    const taken = Math.min(part.count, count - at);
    startsMs.set(part.startsMs.subarray(0, taken), at);
    picks.set(part.picks.subarray(0, taken * picksPerSlot), at * picksPerSlot);
    segmentStartsMs.set(part.segmentStartsMs.subarray(0, taken * segments), at * segments);
    if (part.variantAt !== undefined) variantAt?.set(part.variantAt.subarray(0, taken), at);
    if (part.sessionAt !== undefined) sessionAt?.set(part.sessionAt.subarray(0, taken), at);
    at += taken;
  }
  const freeAt: FoundSlots['freeAt'] = (index) => {
    let within = index;
    for (const part of parts) {
      if (within < part.count) return part.freeAt(within);
      within -= part.count;
    }
    return [];
  };
  return { ...first, count, startsMs, picks, segmentStartsMs, variantAt, sessionAt, freeAt };
}
