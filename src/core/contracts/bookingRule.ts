import { contributionPoint } from '../kernel/contribution.ts';
import type { BranchId, CompanyId, CustomerId, ResourceId, ServiceId } from '../model/ids.ts';

/** One time that somebody asks for or that is about to be listed. */
export interface RuleRequest {
  /** Of a visit: the service done first. */
  readonly serviceId: ServiceId;
  /** Of a visit: all of its services, in the order in which they are done. */
  readonly visitIds?: readonly ServiceId[];
  readonly branchId: BranchId;
  readonly resourceIds: readonly ResourceId[];
  readonly startMs: number;
  readonly endMs: number;
  /** How many people it is for. */
  readonly partySize: number;
  /** Null while nobody knows who it is for. */
  readonly customerId: CustomerId | null;
}

/** Why a rule says no, in words that may be told to the caller. */
export interface RuleVerdict {
  readonly message: string;
}

/**
 * A rule that a plugin adds to the one predicate: listing, holding and booking ask it alike, in batches.
 * It is advice before the write, not a guard against races.
 */
export interface BookingRule {
  readonly name: string;
  /** One verdict for each request, in order; undefined where the rule has nothing against it. */
  check(
    company: CompanyId,
    requests: readonly RuleRequest[],
  ): readonly (RuleVerdict | undefined)[] | Promise<readonly (RuleVerdict | undefined)[]>;
}

/** Rules that plugins contribute. */
export const BookingRule = contributionPoint<BookingRule>()('askpro/booking-rule');
