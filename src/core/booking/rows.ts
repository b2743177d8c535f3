import type { Judged } from '../availability/judgeIn.ts';
import { sessionIdOf } from '../availability/sessionId.ts';
import type { Appointment, Booked, BookedPart } from '../model/appointment.ts';
import type { ServiceId } from '../model/ids.ts';
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
export function bookedOf({ slot, spans, candidates }: Judged): Booked {
  const { service } = candidates.offering;
  const { serviceId, startMs, resourceIds } = slot;
  return {
    branchId: slot.branchId,
    serviceId,
    resourceIds,
    startMs,
    endMs: slot.endMs,
    spans,
    parts: slot.segments === undefined ? NO_PARTS : slot.segments.map((part) => partOf(serviceId, part)),
    partySize: candidates.partySize,
    sessionId: service.seats === 1 ? null : sessionIdOf(serviceId, startMs, resourceIds),
    bufferBeforeMinutes: service.bufferBeforeMinutes,
    bufferAfterMinutes: service.bufferAfterMinutes,
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

const NO_PARTS: readonly BookedPart[] = [];

const partOf = (serviceId: ServiceId, { key, startMs, endMs, resourceIds }: SlotPart): BookedPart => ({
  serviceId,
  key,
  startMs,
  endMs,
  resourceIds,
});
