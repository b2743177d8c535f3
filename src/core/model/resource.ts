import type { BranchId, ResourceId, ScheduleId } from './ids.ts';
import type { Limits } from './limits.ts';
import type { PolicyRules } from './policies.ts';
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
  /** Whether it is open only while its branch is. */
  readonly withinBranch: boolean;
  /** What it can do, in words that services ask for. */
  readonly skills: readonly string[];
  /** Higher serves first where a service goes by it. */
  readonly priority: number;
  /** How many of its appointments may start on a date of its schedule's zone. */
  readonly limits: Limits;
  /** Appointments side by side. */
  readonly capacity: number;
  /** What it decides otherwise than the service, the branch and the company. */
  readonly policies?: PolicyRules;
  readonly active: boolean;
}
