import { z } from 'zod';
import type { Slot, SlotPart } from '../../../adapter.ts';
import { epochMs, id, iso } from './fields.ts';

const partSchema = z
  .strictObject({
    serviceId: id.optional().meta({ description: 'Of a visit: the service that it belongs to.' }),
    key: z.string(),
    start: iso,
    end: iso,
    startMs: epochMs,
    endMs: epochMs,
    resourceIds: z.array(id),
  })
  .meta({ id: 'SlotPart' });

const seatFields = {
  preferred: z.boolean().optional().meta({ description: 'Where somebody is preferred: whether one of them serves.' }),
  unmet: z.array(z.string()).optional().meta({ description: 'Of a wish: what of it the slot does not meet.' }),
  partySize: z.int().optional().meta({ description: 'How many people it is for, where it is more than one.' }),
  seatsLeft: z.int().optional().meta({ description: 'Of a service with seats: how many are left for all who come.' }),
  sessionId: id.optional().meta({ description: 'The group session that it joins; left out where it would open one.' }),
};

/** A slot as it is answered. */
export const slotSchema = z
  .strictObject({
    start: iso,
    end: iso,
    startMs: epochMs,
    endMs: epochMs,
    segments: z.array(partSchema).optional().meta({
      description: 'Of a composite service or a visit: its parts; between them whoever serves is free for others.',
    }),
    ...seatFields,
    serviceId: id,
    branchId: id,
    resourceIds: z.array(id),
    timeZone: z.string(),
  })
  .meta({ id: 'Slot' });

/** A slot as a plain value. */
export const slotView = (slot: Slot): z.output<typeof slotSchema> => ({
  start: slot.start,
  end: slot.end,
  startMs: slot.startMs,
  endMs: slot.endMs,
  ...(slot.segments === undefined ? {} : { segments: slot.segments.map(partView) }),
  ...seatsView(slot),
  serviceId: slot.serviceId,
  branchId: slot.branchId,
  resourceIds: [...slot.resourceIds],
  timeZone: slot.timeZone,
});

type Seats = Omit<Pick<Slot, keyof typeof seatFields>, 'unmet'> & { unmet?: string[] };

const seatsView = ({ preferred, unmet, partySize, seatsLeft, sessionId }: Slot): Seats => ({
  ...(preferred === undefined ? {} : { preferred }),
  ...(unmet === undefined ? {} : { unmet: [...unmet] }),
  ...(partySize === undefined ? {} : { partySize }),
  ...(seatsLeft === undefined ? {} : { seatsLeft }),
  ...(sessionId === undefined ? {} : { sessionId }),
});

const partView = ({
  serviceId,
  key,
  start,
  end,
  startMs,
  endMs,
  resourceIds,
}: SlotPart): z.output<typeof partSchema> => ({
  ...(serviceId === undefined ? {} : { serviceId }),
  key,
  start,
  end,
  startMs,
  endMs,
  resourceIds: [...resourceIds],
});

/**
 * Writes slots as a JSON list, the same text as `JSON.stringify(slots.map(slotView))`. Lists are long and their slots
 * alike: what follows the times is quoted once for each set of resources instead of once for each slot. Start and end
 * are the engine's own ISO texts, in which nothing needs escaping. Ids, keys and names of zones are ASCII, and so is all of it.
 */
export function slotsJson(slots: readonly Slot[]): string {
  const tails = new Map<string, string>();
  let service: string | undefined;
  let branch: string | undefined;
  let zone: string | undefined;
  let resources: readonly string[] | undefined;
  let tail = '';
  let text = '[';
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i];
    if (slot === undefined) continue;
    const { serviceId, branchId, resourceIds, timeZone } = slot;
    if (serviceId !== service || branchId !== branch || timeZone !== zone) {
      tails.clear();
      resources = undefined;
      service = serviceId;
      branch = branchId;
      zone = timeZone;
    }
    if (resourceIds !== resources) {
      resources = resourceIds;
      const key = resourceIds.length === 1 ? (resourceIds[0] ?? '') : JSON.stringify(resourceIds);
      const known = tails.get(key);
      tail = known ?? tailOf(slot);
      if (known === undefined) tails.set(key, tail);
    }
    const parts = slot.segments === undefined ? '' : `"segments":${JSON.stringify(slot.segments.map(partView))},`;
    const isPlain = slot.seatsLeft === undefined && slot.preferred === undefined && slot.unmet === undefined;
    const seats = isPlain ? '' : `${JSON.stringify(seatsView(slot)).slice(1, -1)},`;
    text += `${i === 0 ? '' : ','}{"start":"${slot.start}","end":"${slot.end}","startMs":${slot.startMs},"endMs":${slot.endMs},${parts}${seats}${tail}`;
  }
  return `${text}]`;
}

const tailOf = ({ serviceId, branchId, resourceIds, timeZone }: Slot): string =>
  JSON.stringify({ serviceId, branchId, resourceIds, timeZone }).slice(1);
