import type { InstantInput, Replacing, WishInput } from '../availability/query.ts';
import type { Appointment, Hold } from '../model/appointment.ts';
import type { CallId, CustomerId, HoldId } from '../model/ids.ts';
import type { Slot } from '../model/slot.ts';
import type { FirstStatus } from '../model/status.ts';

/** A slot made promisable: the token proves what was offered and to which company, not that it is still free. */
export interface Offer {
  readonly slot: Slot;
  /** Signed and URL-safe. Never spoken: a voice agent gives its caller the number of the offer instead. */
  readonly token: string;
}

/** A start asked for without an offer. It is judged by the same predicate that lists slots. */
export interface StartWish extends WishInput {
  readonly start: InstantInput;
}

/** Where an appointment shall move to: what is left out stays as it is, and so does who does it if he is free then. */
export interface MoveWish extends Partial<StartWish> {
  readonly start: InstantInput;
}

/** Where an appointment shall move to: an offer, its token, a hold or a wish. */
export type MoveTarget = Offer | string | Hold | HoldRef | MoveWish;

/** A time to be taken: an offer, its token, or a start. */
export type TimeTarget = Offer | string | StartWish;

/** A hold by its id, and the owner it was made for. */
export interface HoldRef {
  readonly hold: HoldId;
  readonly owner: string;
}

/** What every write accepts. */
export interface WriteOptions {
  /** At most 255 characters. The same key with the same request gives the first committed answer again. */
  readonly idempotencyKey?: string | undefined;
}

/** How to hold. */
export interface HoldOptions extends WriteOptions {
  /** Who may book or release it: a call id or a session, at most 128 characters. */
  readonly owner: string;
  /** 10 to 3,600; left out: the company's. */
  readonly ttlSeconds?: number | undefined;
  /**
   * An earlier hold that is given up for this one, in the same transaction. An appointment cannot be replaced by a hold,
   * because it would be lost if the hold ran out: reschedule it, to a time or to a hold.
   */
  readonly replacing?: HoldRef | undefined;
}

/** Who the appointment is for; all of it may be left out. */
export interface CustomerInput {
  readonly id?: CustomerId | undefined;
  /** E.164, or a national form of the company's country. An anonymous caller's marker counts as none. */
  readonly phone?: string | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly locale?: string | undefined;
  /** What is known of him stays, and only what is missing is filled in: where nobody has shown that it is he who speaks. */
  readonly fillOnly?: boolean | undefined;
}

/** How to book. */
export interface BookOptions extends WriteOptions {
  readonly customer?: CustomerInput | undefined;
  /** Where it comes from: `retell`, `http` … Left out: `api`. */
  readonly source?: string | undefined;
  /** A call of the company, as `calls.record` has answered it. */
  readonly callId?: CallId | undefined;
  readonly notes?: string | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /**
   * `pending` waits for a confirmation and occupies its time; left out: `confirmed`. Where confirmation is required, what a
   * customer books is pending whatever stands here.
   */
  readonly status?: FirstStatus | undefined;
  /** For a time only; a hold already stands for itself. */
  readonly replacing?: Replacing | undefined;
  /** Whose wish it is: policies bind customers only; left out: `customer`. */
  readonly by?: 'customer' | 'company' | undefined;
}

/** How to change an appointment. */
export interface ChangeOptions extends WriteOptions {
  /** The version the caller has seen; left out: whatever is stored. */
  readonly version?: number | undefined;
  /** Whose wish it is: policies bind customers only; left out: `customer`. */
  readonly by?: 'customer' | 'company' | undefined;
}

/** How to cancel. */
export interface CancelOptions extends ChangeOptions {
  readonly reason?: string | undefined;
  /** False: rather than to owe a fee for being late, leave it as it is; the refusal names the fee. Left out: true. */
  readonly acceptFee?: boolean | undefined;
}

/** A hold, made now or earlier under the same key. */
export interface Held {
  readonly hold: Hold;
  readonly replayed: boolean;
}

/** An appointment in its current state, written now or earlier under the same key. */
export interface Booking {
  readonly appointment: Appointment;
  readonly replayed: boolean;
}
