import type { Judged } from '../availability/judgeIn.ts';
import { sessionIdOf } from '../availability/sessionId.ts';
import type { Appointment, Booked, BookedPart } from '../model/appointment.ts';
import type { ServiceId } from '../model/ids.ts';
import type { Service } from '../model/service.ts';
import type { SlotPart } from '../model/slot.ts';
import type { AppointmentStatus } from '../model/status.ts';

/** An appointment in another status, its version counted up. */
export const inStatus = (appointment: Appointment, status: AppointmentStatus, nowMs: number): Appointment => ({
  ...appointment,
  status,
  version: appointment.version + 1,
  updatedMs: nowMs,
});

/** A cancelled appointment. Its spans stay in the row as history; they no longer occupy anything. */
export const cancelled = (appointment: Appointment, nowMs: number): Appointment =>
  inStatus(appointment, 'cancelled', nowMs);

/** What a judged start books, with the buffers as they are today. */
export function bookedOf(judged: Judged): Booked {
  const { slot, spans, candidates } = judged;
  const { service } = candidates.offering;
  const { serviceId, startMs, resourceIds, segments } = slot;
  const { bufferBeforeMinutes, bufferAfterMinutes } = buffersIn(judged);
  return {
    branchId: slot.branchId,
    serviceId,
    resourceIds,
    startMs,
    endMs: slot.endMs,
    spans,
    parts: segments === undefined ? NO_PARTS : segments.map((part) => partOf(serviceId, part)),
    partySize: candidates.partySize,
    sessionId: service.seats === 1 ? null : sessionIdOf(serviceId, startMs, resourceIds),
    bufferBeforeMinutes,
    bufferAfterMinutes,
  };
}

/** What a hold or an appointment has booked, without whose it is. */
export const bookedIn = (of: Booked): Booked => ({
  branchId: of.branchId,
  serviceId: of.serviceId,
  resourceIds: of.resourceIds,
  startMs: of.startMs,
  endMs: of.endMs,
  spans: of.spans,
  parts: of.parts,
  partySize: of.partySize,
  sessionId: of.sessionId,
  bufferBeforeMinutes: of.bufferBeforeMinutes,
  bufferAfterMinutes: of.bufferAfterMinutes,
});

/** Of a visit the buffer before of the service done first, and the one after of the service done last. */
function buffersIn({
  slot,
  candidates: { offering },
}: Judged): Pick<Booked, 'bufferBeforeMinutes' | 'bufferAfterMinutes'> {
  const { service, visit } = offering;
  if (visit === undefined) return service;
  const of = (id: ServiceId | undefined): Service => visit.services.find((each) => each.id === id) ?? service;
  return {
    bufferBeforeMinutes: of(slot.serviceId).bufferBeforeMinutes,
    bufferAfterMinutes: of(slot.segments?.at(-1)?.serviceId).bufferAfterMinutes,
  };
}

const NO_PARTS: readonly BookedPart[] = [];

const partOf = (whole: ServiceId, { serviceId = whole, key, startMs, endMs, resourceIds }: SlotPart): BookedPart => ({
  serviceId,
  key,
  startMs,
  endMs,
  resourceIds,
});
