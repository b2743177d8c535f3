import type { ResourceId } from '../model/ids.ts';
import type { Service } from '../model/service.ts';
import type { Slot, SlotPart } from '../model/slot.ts';
import {
  endMsAt,
  resourceIdsAt,
  seatsLeftAt,
  segmentsAt,
  type FoundSlots,
  type Slot as FreeSlot,
  type SlotSegment,
} from '../slots/found.ts';
import type { Bookable, Offering } from './catalog.ts';
import { sessionIdOf } from './sessionId.ts';
import type { Candidates, Group } from './wish.ts';

/** The slot of the model for a start that the candidates could serve. */
export function toSlot(
  candidates: Candidates,
  { resources, segments, startMs, endMs, seatsLeft }: FreeSlot,
): Slot | undefined {
  const { offering, bookables } = candidates;
  const first = bookables.find(({ resource }) => resource.id === resources[0]);
  if (first === undefined) return undefined;
  const slot = slotOf(doneFirst(offering, segments), first, resources, startMs, endMs);
  return { ...slot, ...parts(candidates, first, segments), ...seating(candidates, slot, seatsLeft) };
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
  const { lengthsMs, seats } = found.service;
  const isPlain = found.picksPerSlot === 1 && lengthsMs.length === 1 && seats === 1 && candidates.prefer.length === 0;
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
    const segments = segmentsAt(found, index);
    const slot = slotOf(doneFirst(candidates.offering, segments), first, ids, startMs, endMsAt(found, index));
    const seated = seating(candidates, slot, seatsLeftAt(found, index));
    slots.push({ ...slot, ...parts(candidates, first, segments), ...seated });
  }
  return slots;
}

/** What a slot of a service with seats, and where somebody is preferred, tells beside; nothing for all others. */
function seating(
  { offering: { service }, partySize, prefer }: Candidates,
  { startMs, resourceIds }: Slot,
  seatsLeft: number | undefined,
): Pick<Slot, 'partySize' | 'seatsLeft' | 'sessionId' | 'preferred'> {
  const preferred = prefer.length === 0 ? {} : { preferred: resourceIds.some((id) => prefer.includes(id)) };
  if (seatsLeft === undefined) return preferred;
  return {
    ...preferred,
    ...(partySize === 1 ? {} : { partySize }),
    seatsLeft,
    // A session exists while somebody is in it, so one in which all seats are left is a new one.
    ...(seatsLeft === service.seats ? {} : { sessionId: sessionIdOf(service.id, startMs, resourceIds) }),
  };
}

/** Of a visit the service that is done first. */
const doneFirst = ({ service, visit }: Offering, [first]: readonly SlotSegment[]): Slot['serviceId'] =>
  visit?.services.find(({ id }) => id === first?.service)?.id ?? service.id;

/** The segments of a composite service or a visit; a simple one has none to tell. */
function parts(
  { offering: { service, visit } }: Candidates,
  { format }: Bookable,
  segments: readonly SlotSegment[],
): Pick<Slot, 'segments' | 'visit'> {
  if (visit === undefined && service.composition.segments.length === 0) return {};
  const keys = visit === undefined ? undefined : visitedKeys(visit.services, segments);
  return {
    ...(visit === undefined ? {} : { visit: visit.terms }),
    segments: segments.map(({ startMs, endMs, resources }, index) => ({
      ...(keys?.[index] ?? { key: service.composition.segments[index]?.key ?? '' }),
      startMs,
      endMs,
      start: format(startMs),
      end: format(endMs),
      resourceIds: resources as readonly ResourceId[],
    })),
  };
}

/** Which part of which service each segment of a visit is. */
function visitedKeys(
  services: readonly Service[],
  segments: readonly SlotSegment[],
): readonly Pick<SlotPart, 'serviceId' | 'key'>[] {
  const done = new Map<Service, number>();
  return segments.flatMap((segment) => {
    const service = services.find(({ id }) => id === segment.service);
    if (service === undefined) return [];
    const at = done.get(service) ?? 0;
    done.set(service, at + 1);
    return [{ serviceId: service.id, key: service.composition.segments[at]?.key ?? service.key }];
  });
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
