import type { DomainEvent } from '../events.ts';
import type { AppointmentId, CallId, CustomerId } from '../model/ids.ts';

/** What is to be forgotten of a person, all of it in one transaction or none. Whoever is unknown is passed over. */
export interface Forgetting {
  /** They stay as they are but for customer, notes and metadata, and are of their next version. */
  readonly appointments?: readonly AppointmentId[] | undefined;
  /** They lose numbers, customer, transcript, summary, outcome and offers, and are of their next version. */
  readonly calls?: readonly CallId[] | undefined;
  /** The events of these aggregates, sent or not, get the payload that `redact` makes of theirs. */
  readonly aggregates?: readonly string[] | undefined;
  /** Pure: it may be asked again when the transaction is. */
  readonly redact?: ((payload: unknown) => unknown) | undefined;
  /** Deleted where no appointment and no call names him; else nothing of all this is done. */
  readonly customer?: CustomerId | undefined;
  /** Rows for the outbox, in order. */
  readonly events: readonly DomainEvent[];
}
