import type { AppointmentId, GroupId } from '../model/ids.ts';

/** How many appointments a group can have: what twelve bits of an id can count. */
export const MOST_IN_GROUP = 4_096;

/**
 * The id of an appointment by its place in what was booked together, so that a repeated request knows which of its items
 * became which appointment. It is the group's id with the place in the twelve bits that count within a millisecond.
 */
export const memberId = (group: GroupId, place: number): AppointmentId =>
  `${group.slice(0, 15)}${place.toString(16).padStart(3, '0')}${group.slice(18)}` as AppointmentId;

/** The place of an appointment, as {@link memberId} wrote it. */
export const placeOf = (id: AppointmentId): number => parseInt(id.slice(15, 18), 16);
