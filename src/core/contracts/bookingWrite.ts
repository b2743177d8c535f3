import type { DomainEvent } from '../events.ts';
import type { Appointment, Hold, Span } from '../model/appointment.ts';
import type { Customer } from '../model/customer.ts';
import type { AppointmentId, ClaimOwner, HoldId } from '../model/ids.ts';

/** Time to be claimed. The key on (resource, cell) in the database decides who gets it. */
export interface ClaimRequest {
  readonly owner: ClaimOwner;
  /** None longer than 24 hours. */
  readonly spans: readonly Span[];
  /** The unit of cells; spans are multiples of it. */
  readonly grainMs: number;
  /** From this moment on the claim has lapsed by itself; null: it stays. */
  readonly expiresMs: number | null;
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
    { readonly key: string; readonly fingerprint: string; readonly resultId: ClaimOwner } | undefined;
  /** A hold that must be live and of this owner, else `hold-expired`. */
  readonly requireHold?: { readonly id: HoldId; readonly owner: string } | undefined;
  /** Owners whose spans, claims and hold row are deleted before anything is claimed. Unknown ones are ignored. */
  readonly release?: readonly ClaimOwner[] | undefined;
  /** A live hold of this owner string becomes permanent and its hold row goes; else `hold-expired`. */
  readonly convert?: { readonly id: HoldId; readonly owner: string } | undefined;
  /** All of them or `taken`. Expired claims of others are taken over. */
  readonly claims?: readonly ClaimRequest[] | undefined;
  /** Stored where the phone number is still free in the company, else `customer-raced`; an existing id is updated. */
  readonly customer?: Customer | undefined;
  /** A new hold row. */
  readonly hold?: Hold | undefined;
  readonly appointments?: readonly AppointmentWrite[] | undefined;
  /** Rows for the outbox, in order. */
  readonly events: readonly DomainEvent[];
}

/** What a write came to. Anything but `committed` has changed nothing. */
export type WriteOutcome =
  | { readonly kind: 'committed' }
  | { readonly kind: 'replayed'; readonly resultId: ClaimOwner }
  | { readonly kind: 'key-reused' }
  | { readonly kind: 'taken' }
  | { readonly kind: 'hold-expired' }
  | { readonly kind: 'customer-raced' }
  /** `version` is the stored one; 0 when there is none. */
  | { readonly kind: 'version-conflict'; readonly version: number; readonly id: AppointmentId };
