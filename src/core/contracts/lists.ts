import type { Call, CallStatus } from '../model/call.ts';
import type {
  AppointmentId,
  BranchId,
  CallId,
  CustomerId,
  GroupId,
  HoldId,
  ResourceId,
  ServiceId,
} from '../model/ids.ts';
import type { AppointmentStatus } from '../model/status.ts';

/**
 * In what order to list appointments: by start, by when they came to be (the order of their ids), or by their last change;
 * with a minus the latest first. Equal ones by id, in the same direction.
 */
export type AppointmentSort = 'start' | '-start' | 'created' | '-created' | 'updated' | '-updated';

/** Which appointments to list, ordered by start and then by id unless `sort` says otherwise. */
export interface AppointmentQuery {
  /** The earliest start. */
  readonly fromMs?: number | undefined;
  /** The first start that is too late. */
  readonly toMs?: number | undefined;
  readonly branchId?: string | undefined;
  readonly resourceId?: string | undefined;
  readonly serviceId?: string | undefined;
  readonly customerId?: CustomerId | undefined;
  /** Of one series or batch. */
  readonly groupId?: GroupId | undefined;
  readonly statuses?: readonly AppointmentStatus[] | undefined;
  /** The earliest last change. */
  readonly updatedFromMs?: number | undefined;
  /** The first last change that is too late. */
  readonly updatedToMs?: number | undefined;
  readonly sort?: AppointmentSort | undefined;
  /** Only what comes after this position: the id, and the moment that the sort goes by. An appointment is one. */
  readonly after?: { readonly startMs?: number; readonly updatedMs?: number; readonly id: AppointmentId } | undefined;
  readonly limit: number;
  /** As of `BusyQuery`. */
  readonly mayLag?: boolean | undefined;
}

/** What of a branch's time to list, ordered by start and then by id. */
export interface AgendaQuery {
  readonly branchId: BranchId;
  /** The earliest start. */
  readonly fromMs: number;
  /** The first start that is too late. */
  readonly toMs: number;
  readonly statuses?: readonly AppointmentStatus[] | undefined;
  /** Only what comes after this position. */
  readonly after?: { readonly startMs: number; readonly id: AppointmentId } | undefined;
  readonly limit: number;
  /** As of `BusyQuery`. */
  readonly mayLag?: boolean | undefined;
}

/** An appointment as a day view shows it: what one look at an index tells. */
export interface AgendaEntry {
  readonly id: AppointmentId;
  readonly startMs: number;
  readonly endMs: number;
  readonly status: AppointmentStatus;
  readonly serviceId: ServiceId;
  /** The first of its resources, the one the customer was told; null where it has none. */
  readonly resourceId: ResourceId | null;
  readonly customerId: CustomerId | null;
}

/** Which customers to list, ordered by id. */
export interface CustomerQuery {
  readonly after?: CustomerId | undefined;
  readonly limit: number;
  /** As of `BusyQuery`. */
  readonly mayLag?: boolean | undefined;
}

/** Which customers to find by how their name or their number begins. */
export interface CustomerSearch {
  /** By name, without regard to case and accents and ordered so; or by number, ordered by it. */
  readonly by: 'name' | 'phone';
  /** At least one character. */
  readonly prefix: string;
  /** Only who comes after this position: the name as it is compared (`nameKey`) or the number, and the id. */
  readonly after?: { readonly key: string; readonly id: CustomerId } | undefined;
  readonly limit: number;
  /** As of `BusyQuery`. */
  readonly mayLag?: boolean | undefined;
}

/** A call in a list: without what was said and offered in it. */
export type ListedCall = Omit<Call, 'transcript' | 'offers'>;

/** Which calls to list, the latest first unless `sort` says otherwise; equal ones by id, in the same direction. */
export interface CallQuery {
  /** The earliest {@link callTime}. */
  readonly fromMs?: number | undefined;
  /** The first that is too late. */
  readonly toMs?: number | undefined;
  readonly statuses?: readonly CallStatus[] | undefined;
  /** The caller's number, E.164. */
  readonly caller?: string | undefined;
  readonly sort?: 'time' | '-time' | undefined;
  /** Only what comes after this position. */
  readonly after?: { readonly timeMs: number; readonly id: CallId } | undefined;
  readonly limit: number;
}

/** When a call was: its start, or as long as that is unknown when it was last heard of. */
export const callTime = ({ startedMs, updatedMs }: Pick<Call, 'startedMs' | 'updatedMs'>): number =>
  startedMs ?? updatedMs;

/** Which live holds of a company to list, ordered by id. */
export interface HoldQuery {
  readonly after?: HoldId | undefined;
  readonly limit: number;
  /** As of `BusyQuery`. */
  readonly mayLag?: boolean | undefined;
}
