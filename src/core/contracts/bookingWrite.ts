import type { DomainEvent } from '../events.ts';
import type { Appointment, Hold, Span } from '../model/appointment.ts';
import type { Customer } from '../model/customer.ts';
import type {
  AppointmentId,
  ClaimOwner,
  CustomerId,
  GroupId,
  HoldId,
  ResourceId,
  ServiceId,
  SessionId,
} from '../model/ids.ts';

/** Time of one resource to be claimed. */
export interface ClaimedSpan extends Span {
  /**
   * How many may occupy the resource side by side, 1 to 1000; 1 unless given. In each cell by itself the claim takes the
   * lowest place that is free. Live claims beyond a capacity that was lowered count as well, unless it was lowered to 1.
   */
  readonly capacity?: number | undefined;
}

/** Time to be claimed. The key on (resource, cell, place) in the database decides who gets it. */
export interface ClaimRequest {
  readonly owner: ClaimOwner;
  /** None longer than 24 hours, and no two of one resource that begin together. */
  readonly spans: readonly ClaimedSpan[];
  /** The unit of cells; spans are multiples of it. */
  readonly grainMs: number;
  /** From this moment on the claim has lapsed by itself; null: it stays. */
  readonly expiresMs: number | null;
}

/** Some of what is scarce within a period: bookings of a customer in a week, of a service on a day. */
export interface UnitClaim {
  readonly owner: ClaimOwner;
  /** What is scarce, at most 200 characters: `day:resource:<id>`. Told apart to the last character. */
  readonly scope: string;
  /** Which day or week, as an integer of the caller's counting. */
  readonly period: number;
  /** How many there are. All that are taken and live count, also where there were more before. */
  readonly most: number;
  /** How many of them to take, at least 1. */
  readonly take: number;
  /** From this moment on they are free again by themselves; null: they stay taken. */
  readonly expiresMs: number | null;
  /** When the period is over: a sweep takes them away later. Left out, they stay until they are released. */
  readonly endMs?: number | undefined;
  /** Of a hold: given back when it is converted, instead of kept with what it books. */
  readonly untilBooked?: boolean | undefined;
}

/**
 * Seats in a group session. Whoever comes first opens it and claims its time, once; the session keeps that time for as
 * long as one of its participants is live.
 */
export interface SeatClaim {
  /** Who takes part. */
  readonly owner: ClaimOwner;
  /** An id that the service, the start and the resources determine, so that all who book it name the same. */
  readonly session: SessionId;
  readonly serviceId: ServiceId;
  /** The participants' time, at most a week. */
  readonly startMs: number;
  readonly endMs: number;
  readonly resourceIds: readonly ResourceId[];
  /** What the session occupies. One that is open keeps the spans with which it was opened. */
  readonly spans: readonly ClaimedSpan[];
  readonly grainMs: number;
  /** How many seats the session has, 1 to 1000. */
  readonly seats: number;
  /** How many of them to take, at least 1. */
  readonly take: number;
  /** From this moment on the seats are free again by themselves; null: they stay taken. */
  readonly expiresMs: number | null;
  /**
   * What the session takes of limits: once, by whoever opens it, or `limit-reached`. Joining takes none of it, and it goes
   * back with the session's time.
   */
  readonly units?: readonly Omit<UnitClaim, 'owner' | 'expiresMs' | 'untilBooked'>[] | undefined;
}

/** A row as it shall be afterwards, its own `version` included. */
export interface AppointmentWrite {
  readonly row: Appointment;
  /** 0 inserts; any other updates the row where it has that version, else the outcome is `version-conflict`. */
  readonly expectedVersion: number;
}

/**
 * Everything that one booking operation changes, as data, so that a storage may run it as it is fastest: statement by
 * statement, in one round trip, or together with others in one commit. Applied in the order of the fields; the first
 * part that cannot be had undoes all.
 */
export interface BookingWrite {
  /** A key used before makes the whole write a no-op that answers `replayed` or `key-reused`. */
  readonly idempotency?:
    { readonly key: string; readonly fingerprint: string; readonly resultId: ClaimOwner | GroupId } | undefined;
  /** A hold that must be live and of this owner, else `hold-expired`. */
  readonly requireHold?: { readonly id: HoldId; readonly owner: string } | undefined;
  /**
   * Owners whose spans, claims, units, seats and hold row are deleted before anything is claimed. Unknown ones are
   * ignored. A session that nobody is left in gives its time back.
   */
  readonly release?: readonly ClaimOwner[] | undefined;
  /** A live hold of this owner string becomes permanent with all it holds, and its row goes; else `hold-expired`. */
  readonly convert?: { readonly id: HoldId; readonly owner: string } | undefined;
  /** All of them or `taken`. Expired claims of others are taken over. */
  readonly claims?: readonly ClaimRequest[] | undefined;
  /** All of them or `limit-reached`. */
  readonly units?: readonly UnitClaim[] | undefined;
  /** `session-full` where too few seats are left, `taken` where the session's time belongs to somebody else. */
  readonly seats?: readonly SeatClaim[] | undefined;
  /**
   * Known customers whom this write names or changes: each is there until it is committed, else `customer-raced`. Who is
   * taken away at the same time is so before it, or finds himself named by it.
   */
  readonly requireCustomers?: readonly CustomerId[] | undefined;
  /**
   * Stored where their phone numbers are still free in the company, else `customer-raced`. Of those who are stored already
   * all is updated but how often they did not come.
   */
  readonly customers?: readonly Customer[] | undefined;
  /** Counts customers who did not come up, or down where they did; never below none. Unknown ones are ignored. */
  readonly missed?: readonly { readonly customerId: CustomerId; readonly by: 1 | -1 }[] | undefined;
  /** A new hold row. */
  readonly hold?: Hold | undefined;
  readonly appointments?: readonly AppointmentWrite[] | undefined;
  /** Rows for the outbox, in order. */
  readonly events: readonly DomainEvent[];
}

/** What a write came to. Anything but `committed` has changed nothing. */
export type WriteOutcome =
  | { readonly kind: 'committed' }
  | { readonly kind: 'replayed'; readonly resultId: ClaimOwner | GroupId }
  | { readonly kind: 'key-reused' }
  | { readonly kind: 'taken' }
  /** Too few units were left of that scope and period. */
  | { readonly kind: 'limit-reached'; readonly scope: string; readonly period: number }
  /** `left` is how many seats can still be had. */
  | { readonly kind: 'session-full'; readonly session: SessionId; readonly left: number }
  | { readonly kind: 'hold-expired' }
  | { readonly kind: 'customer-raced' }
  /** `version` is the stored one; 0 when there is none. */
  | { readonly kind: 'version-conflict'; readonly version: number; readonly id: AppointmentId };
