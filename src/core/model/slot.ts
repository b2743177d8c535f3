import type { BranchId, ResourceId, ServiceId, SessionId } from './ids.ts';

/** A part of a slot of a composite service. */
export interface SlotPart {
  /** The key of the segment. */
  readonly key: string;
  readonly startMs: number;
  readonly endMs: number;
  /** ISO 8601 with the offset of the schedule's zone. */
  readonly start: string;
  readonly end: string;
  readonly resourceIds: readonly ResourceId[];
}

/** A start that can be booked: computed, never stored, unsigned. */
export interface Slot {
  readonly serviceId: ServiceId;
  readonly branchId: BranchId;
  /** Whom the appointment would occupy, in the order of the service's preference. */
  readonly resourceIds: readonly ResourceId[];
  /** Zone of the schedule, in which {@link Slot.start} is written. */
  readonly timeZone: string;
  readonly startMs: number;
  readonly endMs: number;
  /** ISO 8601 with the offset of the schedule's zone. */
  readonly start: string;
  readonly end: string;
  /** Of a composite service: its parts, in order. Between them whoever serves is free for others. */
  readonly segments?: readonly SlotPart[];
  /** Where somebody is preferred: whether one of them serves. */
  readonly preferred?: boolean;
  /** Of a wish: what of it this slot does not meet; none where all of it is met. */
  readonly unmet?: readonly ('weekdays' | 'partOfDay' | 'resources')[];
  /** How many people it is for, where it is more than one. */
  readonly partySize?: number;
  /** Of a service with seats: how many are left, before this party takes its own. */
  readonly seatsLeft?: number;
  /** The group session that it joins; left out where it would open one. */
  readonly sessionId?: SessionId;
}
