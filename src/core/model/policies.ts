import type { Money } from './money.ts';

/** What a customer shall owe: an amount, or so many hundredths of the price of what he booked. */
export type FeeTerms = Money | { readonly percent: number };

/**
 * What a company demands of its customers; itself it does not bind. Whatever is left out is decided further out: a resource
 * goes before its service, that before the branch, that before the company. Null, where it may be, lifts what is decided there.
 */
export interface PolicyRules {
  /** Least time between now and a start. */
  readonly noticeMinutes?: number;
  /** How many local dates after today may be booked; null: no end. */
  readonly horizonDays?: number | null;
  /** Least time before the start at which a customer may still cancel. */
  readonly cancelNoticeMinutes?: number;
  /** Least time before the start at which a customer may still move it. */
  readonly rescheduleNoticeMinutes?: number;
  /** How often a customer may move one appointment; null: as often as he likes. */
  readonly maxReschedules?: number | null;
  /** How many appointments a customer may cancel in a calendar month of the company's zone; null: as many as he likes. */
  readonly cancelQuota?: number | null;
  /** What it costs to cancel later than the notice; null: then it cannot be cancelled. */
  readonly lateCancelFee?: FeeTerms | null;
  /** What it costs not to come; null: nothing. */
  readonly noShowFee?: FeeTerms | null;
  /** Whether what a customer books or moves is pending until it is confirmed. It occupies its time all the same. */
  readonly requiresConfirmation?: boolean;
  /** How many holds one owner may have at a time; null: any number. */
  readonly maxHoldsPerOwner?: number | null;
  /** How long a hold lives. */
  readonly holdSeconds?: number;
  /** From how many times on that he did not come a customer may no longer book; null: he always may. */
  readonly maxNoShows?: number | null;
}

/** A name of a policy. */
export type PolicyName = keyof PolicyRules;

/** All policies, decided. */
export type DecidedPolicies = Required<PolicyRules>;

/** What holds where not even the company decides. */
export const undecidedPolicies: DecidedPolicies = {
  noticeMinutes: 0,
  horizonDays: 365,
  cancelNoticeMinutes: 0,
  rescheduleNoticeMinutes: 0,
  maxReschedules: null,
  cancelQuota: null,
  lateCancelFee: null,
  noShowFee: null,
  requiresConfirmation: false,
  maxHoldsPerOwner: null,
  holdSeconds: 300,
  maxNoShows: null,
};

/** Where a policy can be decided, the nearest first. */
export type PolicyLevel = 'resource' | 'service' | 'branch' | 'company';

/** Who decided a policy. */
export interface DecidedBy {
  readonly level: PolicyLevel;
  /** The key of the resource, service, branch or company. */
  readonly key: string;
}

/** A fee in money; null where there is none, and where a percentage has no price to be taken of. Half a unit is rounded up. */
export function feeOf(terms: FeeTerms | null, price: Money | null): Money | null {
  if (terms === null || !('percent' in terms)) return terms;
  return price === null ? null : { ...price, amountMinor: Math.round((price.amountMinor * terms.percent) / 100) };
}
