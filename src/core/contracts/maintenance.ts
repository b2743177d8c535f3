import type { DomainEvent } from '../events.ts';
import { token } from '../kernel/token.ts';
import type { CompanyId, EventId } from '../model/ids.ts';

/** An event lent to one relay for a while. */
export interface LeasedEvent {
  readonly event: DomainEvent;
  /** How often it was lent before. */
  readonly attempts: number;
  /** Handlers that have already succeeded and must not run again. */
  readonly delivered: readonly string[];
}

/** How old and how many the events are that nobody has delivered. */
export interface OutboxBacklog {
  readonly unsent: number;
  /** When the oldest of them occurred; null when there is none. */
  readonly oldestMs: number | null;
}

/** A call that nobody has ended, in the version that was looked at. */
export interface StaleCall {
  readonly companyId: CompanyId;
  readonly provider: string;
  readonly providerCallId: string;
  readonly version: number;
}

/** What a sweep took away. */
export interface SweepReport {
  readonly expiredHolds: number;
  /** Occupied times that are over for long enough, each with all its claims. */
  readonly pastSpans: number;
  /** Units and seats that have lapsed, or whose period or session is over for long enough. */
  readonly units: number;
  /** Sessions that nobody takes part in any more, or that are over for long enough. */
  readonly sessions: number;
  readonly sentEvents: number;
  readonly idempotencyRecords: number;
}

/** How long things are kept. */
export interface Retention {
  readonly sentEventsMs: number;
  readonly idempotencyMs: number;
  /** An expired hold is still known for this long, so that who comes with it hears that it has run out. */
  readonly expiredHoldsMs: number;
  /** Claims, units and sessions whose time is over for this long are needed by nobody. */
  readonly pastClaimsMs: number;
}

/**
 * Work over all companies: one of the two contracts without a company in front.
 * Leases are judged by the storage's own clock.
 */
export interface Maintenance {
  /**
   * Lends up to `limit` undelivered events that are due, of each aggregate only the undelivered one
   * that was written first.
   * Nobody else is lent them until the lease runs out.
   */
  leaseEvents(leaseOwner: string, leaseMs: number, limit: number): Promise<readonly LeasedEvent[]>;
  /** Notes that one handler is done with an event; false when the lease was lost. */
  markDelivered(leaseOwner: string, event: EventId, handler: string): Promise<boolean>;
  /** Ends an event for good; false when the lease was lost. */
  markSent(leaseOwner: string, event: EventId): Promise<boolean>;
  /** Gives an event back, to be lent again after the delay; false when the lease was lost. */
  postpone(leaseOwner: string, event: EventId, delayMs: number, error: string): Promise<boolean>;
  backlog(): Promise<OutboxBacklog>;
  /**
   * Calls `inbound` or `ongoing` of which nothing has changed for so long, up to `limit`: of each status those first that have
   * been silent longest.
   */
  staleCalls(silentMs: number, limit: number): Promise<readonly StaleCall[]>;
  /**
   * Deletes what nobody needs any more, the oldest first: at most `limit` of each kind, and of long occupied times fewer.
   * Each kind is a transaction of its own. Nothing is left of a kind when none of it was taken.
   */
  sweep(retention: Retention, limit: number): Promise<SweepReport>;
  /** Counts what sweeps would delete as things stand, and deletes nothing. */
  due(retention: Retention): Promise<SweepReport>;
}

/** The maintenance side of the engine's storage. */
export const Maintenance = token<Maintenance>()('askpro/maintenance');
