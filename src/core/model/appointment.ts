import type {
  AppointmentId,
  BranchId,
  CallId,
  CompanyId,
  CustomerId,
  GroupId,
  HoldId,
  ResourceId,
  ServiceId,
  SessionId,
} from './ids.ts';
import type { Money } from './money.ts';
import type { AppointmentStatus } from './status.ts';

/** Time that one resource is occupied, buffers included. Half-open, epoch milliseconds, multiples of the company's grain. */
export interface Span {
  readonly resourceId: ResourceId;
  readonly startMs: number;
  readonly endMs: number;
}

/** A part of a composite service, or of a visit of several services. */
export interface BookedPart {
  readonly serviceId: ServiceId;
  /** The key of the segment; of a service without segments: its own. */
  readonly key: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly resourceIds: readonly ResourceId[];
}

/** What was promised: fixed when it was booked, whatever the service becomes later. */
export interface Booked {
  readonly branchId: BranchId;
  /** Of a visit: the service done first. */
  readonly serviceId: ServiceId;
  /** In the order the slot named them; the first is the one the caller hears. */
  readonly resourceIds: readonly ResourceId[];
  /** The customer's time, without buffers. */
  readonly startMs: number;
  readonly endMs: number;
  /** What is occupied: one span a resource and segment. Of a group session its time, which all who take part share. */
  readonly spans: readonly Span[];
  /** In turn; none of a simple service. */
  readonly parts: readonly BookedPart[];
  /** How many people it is for. */
  readonly partySize: number;
  /** The group session whose seats it takes; null: it has its resources to itself. */
  readonly sessionId: SessionId | null;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
}

/** Where an appointment stands in a series that repeats (RFC 5545). */
export interface Recurrence {
  /** The rule in the words of RFC 5545, without the prefix: `FREQ=WEEKLY;COUNT=10`. */
  readonly rule: string;
  /** The start that the rule gave it, wherever it was moved since: its RECURRENCE-ID. */
  readonly startMs: number;
}

/** What the customer owes for something else than the service itself. */
export interface Fee {
  readonly reason: 'lateCancellation' | 'noShow';
  readonly price: Money;
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
  /** What was booked together with it: a series, or a batch; null: it stands alone. */
  readonly groupId: GroupId | null;
  readonly recurrence: Recurrence | null;
  readonly fee: Fee | null;
  /** How often its customer has moved it. */
  readonly moves: number;
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
