import type { BranchId, CallId, CompanyId, CustomerId } from '../../plugin.ts';

/** Why somebody is to be called back. */
export const callbackReasons = ['nothing-fits', 'wants-person', 'other'] as const;
/** One of {@link callbackReasons}. */
export type CallbackReason = (typeof callbackReasons)[number];

/** What has become of a request: it waits, somebody called, or nobody will. */
export const callbackStatuses = ['open', 'done', 'dismissed'] as const;
/** One of {@link callbackStatuses}. */
export type CallbackStatus = (typeof callbackStatuses)[number];

/** Somebody who wants to be called back. */
export interface Callback {
  /** Those of later calls sort after those of earlier ones. */
  readonly id: string;
  readonly companyId: CompanyId;
  readonly status: CallbackStatus;
  readonly reason: CallbackReason;
  /** The call in which it was asked for. */
  readonly callId: CallId | null;
  readonly branchId: BranchId | null;
  readonly customerId: CustomerId | null;
  /** E.164; null: nobody knows it. */
  readonly phone: string | null;
  readonly name: string | null;
  /** When he would like to be called, in his own words. */
  readonly preferred: string | null;
  /** The same as an instant, where that is known. */
  readonly preferredMs: number | null;
  /** What it is about. */
  readonly note: string | null;
  /** What whoever closed it had to say. */
  readonly resolution: string | null;
  /** Who closed it. */
  readonly closedBy: string | null;
  readonly createdMs: number;
  readonly closedMs: number | null;
  /** Counts up with each change. */
  readonly version: number;
}

/** What is asked for. */
export interface CallbackRequest {
  readonly reason: CallbackReason;
  /** The call in which it is asked for: of each call and reason there is one open request. */
  readonly callId?: CallId | undefined;
  readonly branchId?: BranchId | undefined;
  readonly customerId?: CustomerId | undefined;
  /** As it was said or shown; a withheld one counts as none. */
  readonly phone?: string | undefined;
  readonly name?: string | undefined;
  readonly preferred?: string | undefined;
  readonly preferredMs?: number | undefined;
  readonly note?: string | undefined;
}

/** How a request is closed. */
export interface CallbackClosing {
  readonly by?: string | undefined;
  readonly note?: string | undefined;
  /** Only this version; left out: any. */
  readonly version?: number | undefined;
}
