import type { AppointmentId, BranchId, CallId, CompanyId, CustomerId, HoldId, ResourceId, ServiceId } from './ids.ts';
import type { Money } from './money.ts';
import type { AppointmentStatus } from './status.ts';

/** Time that one resource is occupied, buffers included. Half-open, epoch milliseconds, multiples of the company's grain. */
export interface Span {
  readonly resourceId: ResourceId;
  readonly startMs: number;
  readonly endMs: number;
}

/** What was promised: fixed when it was booked, whatever the service becomes later. */
export interface Booked {
  readonly branchId: BranchId;
  readonly serviceId: ServiceId;
  /** In the order the slot named them; the first is the one the caller hears. */
  readonly resourceIds: readonly ResourceId[];
  /** The customer's time, without buffers. */
  readonly startMs: number;
  readonly endMs: number;
  /** What is occupied: one span a resource and segment. */
  readonly spans: readonly Span[];
}

/** A booked span. */
export interface Appointment extends Booked {
  readonly id: AppointmentId;
  readonly companyId: CompanyId;
  readonly customerId: CustomerId | null;
  readonly status: AppointmentStatus;
  /** Counts up with each change; a writer names the version it has seen. */
  readonly version: number;
  /** Where it came from: `retell`, `http`, `import` … */
  readonly source: string;
  readonly callId: CallId | null;
  readonly price: Money | null;
  readonly notes: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdMs: number;
  readonly updatedMs: number;
}

/** An expiring claim, bound to its owner. Books into an appointment of the same id. */
export interface Hold extends Booked {
  readonly id: HoldId;
  readonly companyId: CompanyId;
  /** Who may use it: a call id or a session. */
  readonly owner: string;
  readonly expiresMs: number;
}
