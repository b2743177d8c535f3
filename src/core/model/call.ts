import type { AppointmentId, CallId, CompanyId, CustomerId, BranchId } from './ids.ts';

/** Every place where a call can stand, in order. */
export const callStatuses = ['inbound', 'ongoing', 'completed', 'analyzed'] as const;

/** Where a call stands; it only ever moves to the right. */
export type CallStatus = (typeof callStatuses)[number];

/** A phone call, put together from events in any order. */
export interface Call {
  readonly id: CallId;
  readonly companyId: CompanyId;
  readonly branchId: BranchId | null;
  /** `retell`, `vapi`, `twilio` … Unique together with {@link Call.providerCallId}, over all companies. */
  readonly provider: string;
  readonly providerCallId: string;
  /** E.164; null when the caller is anonymous. */
  readonly from: string | null;
  readonly to: string | null;
  readonly status: CallStatus;
  readonly customerId: CustomerId | null;
  readonly appointmentId: AppointmentId | null;
  readonly startedMs: number | null;
  readonly endedMs: number | null;
  readonly transcript: string | null;
  readonly summary: string | null;
  /** How it ended, in the provider's words. */
  readonly outcome: string | null;
  /** What was offered to the caller, by the number he heard it under. */
  readonly offers: Readonly<Record<string, string>>;
  readonly version: number;
  readonly updatedMs: number;
}
