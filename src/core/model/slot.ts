import type { BranchId, ResourceId, ServiceId, SessionId } from './ids.ts';
import type { VisitTerms } from './visit.ts';

/** A part of a slot of a composite service, or of a visit of several services. */
export interface SlotPart {
  /** Of a visit: the service that it belongs to. */
  readonly serviceId?: ServiceId;
  /** The key of the segment; of a service without segments: its own. */
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
  /** Of a visit: the service done first. */
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
  /** Of a composite service or a visit: its parts, in order. Between them whoever serves is free for others. */
  readonly segments?: readonly SlotPart[];
  /** Of a visit: the services as they were asked for. */
  readonly visit?: VisitTerms<ServiceId>;
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
