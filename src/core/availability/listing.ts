import type { ResourceId } from '../model/ids.ts';
import type { Slot } from '../model/slot.ts';
import { endMsAt, resourceIdsAt, type FoundSlots } from '../slots/found.ts';
import type { Bookable } from './catalog.ts';
import type { Candidates } from './wish.ts';

/** The slot of a start that the candidates could serve. */
export function toSlot(
  { offering, bookables }: Candidates,
  resourceIds: readonly string[],
  startMs: number,
  endMs: number,
): Slot | undefined {
  const first = bookables.find(({ resource }) => resource.id === resourceIds[0]);
  return first === undefined ? undefined : slotOf(offering.service.id, first, resourceIds, startMs, endMs);
}

/** Found slots in columns as slots of the model, formatted in the zone of whoever serves. */
export function listed(candidates: Candidates, found: FoundSlots): Slot[] {
  const slots: Slot[] = [];
  const { bookables, offering } = candidates;
  for (let index = 0; index < found.count; index++) {
    const first = bookables[found.picks[index * found.picksPerSlot] ?? -1];
    if (first === undefined) continue;
    const ids = found.picksPerSlot === 1 ? first.resourceIds : resourceIdsAt(found, index);
    slots.push(slotOf(offering.service.id, first, ids, found.startsMs[index] ?? NaN, endMsAt(found, index)));
  }
  return slots;
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
