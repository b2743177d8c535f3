import type { ResourceId } from '../model/ids.ts';
import type { Slot } from '../model/slot.ts';
import {
  endMsAt,
  resourceIdsAt,
  segmentsAt,
  type FoundSlots,
  type Slot as FreeSlot,
  type SlotSegment,
} from '../slots/found.ts';
import type { Bookable } from './catalog.ts';
import type { Candidates, Group } from './wish.ts';

/** The slot of the model for a start that the candidates could serve. */
export function toSlot(candidates: Candidates, { resources, segments, startMs, endMs }: FreeSlot): Slot | undefined {
  const { offering, bookables } = candidates;
  const first = bookables.find(({ resource }) => resource.id === resources[0]);
  if (first === undefined) return undefined;
  return { ...slotOf(offering.service.id, first, resources, startMs, endMs), ...parts(candidates, first, segments) };
}

/** What is found in each group as slots of the model, ascending by start, formatted in the zone of whoever serves. */
export function listed(candidates: Candidates, find: (group: Group) => FoundSlots): readonly Slot[] {
  const [first, ...others] = candidates.groups.map((group) => listedIn(candidates, group, find(group)));
  if (first === undefined || others.length === 0) return first ?? [];
  // Sorting keeps those of the first group first; one start is listed once.
  const all = [first, ...others].flat().sort((left, right) => left.startMs - right.startMs);
  return all.filter(({ startMs }, index) => startMs !== all[index - 1]?.startMs);
}

function listedIn(candidates: Candidates, { bookables }: Group, found: FoundSlots): Slot[] {
  const slots: Slot[] = [];
  const { id } = candidates.offering.service;
  const isPlain = found.picksPerSlot === 1 && found.service.lengthsMs.length === 1;
  for (let index = 0; index < found.count; index++) {
    const startMs = found.startsMs[index] ?? NaN;
    const picked = bookables[found.picks[index * found.picksPerSlot] ?? -1];
    if (isPlain && picked !== undefined) {
      slots.push(slotOf(id, picked, picked.resourceIds, startMs, endMsAt(found, index)));
      continue;
    }
    const ids = resourceIdsAt(found, index);
    const first = bookables.find(({ resource }) => resource.id === ids[0]);
    if (first === undefined) continue;
    const slot = slotOf(id, first, ids, startMs, endMsAt(found, index));
    slots.push({ ...slot, ...parts(candidates, first, segmentsAt(found, index)) });
  }
  return slots;
}

/** The segments of a composite service; a simple one has none to tell. */
function parts(
  { offering }: Candidates,
  { format }: Bookable,
  segments: readonly SlotSegment[],
): Pick<Slot, 'segments'> {
  const { segments: rules } = offering.service.composition;
  if (rules.length === 0) return {};
  return {
    segments: segments.map(({ startMs, endMs, resources }, index) => ({
      key: rules[index]?.key ?? '',
      startMs,
      endMs,
      start: format(startMs),
      end: format(endMs),
      resourceIds: resources as readonly ResourceId[],
    })),
  };
}

const slotOf = (
  serviceId: Slot['serviceId'],
  { branchId, timeZone, format }: Bookable,
  resourceIds: readonly string[],
  startMs: number,
  endMs: number,
): Slot => ({
  serviceId,
  branchId,
  resourceIds: resourceIds as readonly ResourceId[],
  timeZone,
  startMs,
  endMs,
  start: format(startMs),
  end: format(endMs),
});
