import type { Call, CallStatus } from '../model/call.ts';
import type { AppointmentId, BranchId, CustomerId } from '../model/ids.ts';
import type { Answer } from '../refusals.ts';

/** The outcome of a call that nobody ended. Any other outcome that is told later takes its place. */
export const REAPED = 'reaped';

/** What a provider's event tells about a call. Fields it does not know are left out and change nothing. */
export interface CallUpdate {
  readonly status?: CallStatus | undefined;
  readonly branchId?: BranchId | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly customerId?: CustomerId | undefined;
  readonly appointmentId?: AppointmentId | undefined;
  readonly startedMs?: number | undefined;
  readonly endedMs?: number | undefined;
  readonly transcript?: string | undefined;
  readonly summary?: string | undefined;
  readonly outcome?: string | undefined;
}

/** A call as it is stored now, or why nothing of it was recorded. */
export type RecordedCall = Answer<
  { readonly call: Call },
  'CALL_UNKNOWN' | 'BRANCH_UNKNOWN' | 'CUSTOMER_UNKNOWN' | 'APPOINTMENT_UNKNOWN' | 'INPUT_INVALID'
>;

/** Calls of one company, keyed by provider and provider's call id; events may come in any order, repeated, or never. */
export interface CallSessions {
  get(provider: string, providerCallId: string): Promise<Call | undefined>;
  /**
   * Merges what is known into the call, which is made when it is new. The same updates come to the same state in any order
   * and however often each is repeated. Refused with all that it tells: `CALL_UNKNOWN` when this provider's call belongs to
   * another company, and what the company has no branch, customer or appointment for. The store decides that with the write.
   */
  record(provider: string, providerCallId: string, update: CallUpdate): Promise<RecordedCall>;
  /**
   * Adds offers under the next numbers of the call, counted up from 1, and answers those numbers in the order of the tokens.
   * None when this provider's call belongs to another company.
   */
  addOffers(provider: string, providerCallId: string, tokens: readonly string[]): Promise<readonly number[]>;
  /**
   * Notes that a call goes on although nothing new is known of it, so that it is not closed as silent. Writes at most once
   * a minute, and nothing when the call is over.
   */
  heard(call: Call): Promise<void>;
}
