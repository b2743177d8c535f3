import type { Appointment } from '../model/appointment.ts';
import type { Call } from '../model/call.ts';
import type { Customer } from '../model/customer.ts';
import type { CustomerId } from '../model/ids.ts';

/** What can be walked through from the first row to the last, by its kind. */
export interface WalkedRows {
  readonly appointments: Appointment;
  readonly customers: Customer;
  readonly calls: Call;
}

/** A kind of rows that can be walked through. */
export type WalkedKind = keyof WalkedRows;

/** Which page of a walk. */
export interface WalkQuery {
  /** Only what comes after the row with this id. */
  readonly after?: string | undefined;
  readonly limit: number;
  /** Calls alone: only those that name this customer, or came from or went to this number. */
  readonly of?: { readonly customerId: CustomerId; readonly phone: string | null } | undefined;
  /** Whether a copy may answer that has what was written for the company here. */
  readonly mayLag?: boolean | undefined;
}
