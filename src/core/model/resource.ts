import type { BranchId, ResourceId, ScheduleId } from './ids.ts';
import type { TimeOff } from './schedule.ts';

/** What kind of thing a resource is. */
export type ResourceKind = 'staff' | 'room' | 'equipment';

/** Something an appointment occupies. */
export interface Resource {
  readonly id: ResourceId;
  readonly key: string;
  readonly name: string;
  readonly kind: ResourceKind;
  readonly branchId: BranchId;
  /** Null: the opening hours of its branch. */
  readonly scheduleId: ScheduleId | null;
  readonly timeOff: readonly TimeOff[];
  /** Appointments side by side. */
  readonly capacity: number;
  readonly active: boolean;
}
