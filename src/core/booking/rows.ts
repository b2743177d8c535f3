import type { Judged } from '../availability/availability.ts';
import type { Appointment, Booked } from '../model/appointment.ts';
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

/** What a judged start books. */
export const bookedOf = ({ slot, spans }: Judged): Booked => ({
  branchId: slot.branchId,
  serviceId: slot.serviceId,
  resourceIds: slot.resourceIds,
  startMs: slot.startMs,
  endMs: slot.endMs,
  spans,
});
