import type { BranchId, ResourceId, ServiceId } from './ids.ts';

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
}
