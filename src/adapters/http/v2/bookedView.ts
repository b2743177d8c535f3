import { z } from 'zod';
import type { Appointment, CompanyDoor } from '../../../adapter.ts';
import { isoIn } from '../isoIn.ts';
import { epochMs, id, iso } from './fields.ts';

/** What holds and appointments have in common: whose time it is, in the zone of its branch. */
export const bookedFields = {
  serviceId: id,
  branchId: id,
  resourceIds: z.array(id),
  start: iso,
  end: iso,
  startMs: epochMs,
  endMs: epochMs,
  timeZone: z.string(),
  partySize: z.int().meta({ description: 'How many people it is for.' }),
  parts: z
    .array(
      z.strictObject({ serviceId: id, key: z.string(), startMs: epochMs, endMs: epochMs, resourceIds: z.array(id) }),
    )
    .optional()
    .meta({ description: 'Of a composite service or a visit: its parts, in order.' }),
  sessionId: id.nullable().meta({ description: 'The group session whose seats it takes.' }),
};

interface BookedTime {
  readonly serviceId: string;
  readonly branchId: string;
  readonly resourceIds: readonly string[];
  readonly startMs: number;
  readonly endMs: number;
  readonly partySize: number;
  readonly parts: Appointment['parts'];
  readonly sessionId: string | null;
}

/** Zones of the company's branches by their ids. */
export async function branchZones({ company, branches }: CompanyDoor): Promise<(branchId: string) => string> {
  const zones = new Map<string, string>((await branches()).map((branch) => [branch.id, branch.timeZone]));
  return (branchId) => zones.get(branchId) ?? company.timeZone;
}

/** The common fields of a hold or an appointment; the spans it occupies stay inside. */
export function bookedView(booked: BookedTime, zoneOf: (branchId: string) => string) {
  const timeZone = zoneOf(booked.branchId);
  const format = isoIn(timeZone);
  return {
    serviceId: booked.serviceId,
    branchId: booked.branchId,
    resourceIds: [...booked.resourceIds],
    start: format(booked.startMs),
    end: format(booked.endMs),
    startMs: booked.startMs,
    endMs: booked.endMs,
    timeZone,
    partySize: booked.partySize,
    ...(booked.parts.length === 0
      ? {}
      : { parts: booked.parts.map((part) => ({ ...part, resourceIds: [...part.resourceIds] })) }),
    sessionId: booked.sessionId,
  };
}
