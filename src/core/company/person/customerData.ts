import type { Json } from '../../contracts/documents.ts';
import type { StoredEvent } from '../../contracts/storage.ts';
import type { JournalEntry } from '../../calls/journal.ts';
import type { Appointment } from '../../model/appointment.ts';
import type { Call } from '../../model/call.ts';
import type { Customer } from '../../model/customer.ts';
import type { CustomerId } from '../../model/ids.ts';
import type { Answer } from '../../refusals.ts';

/** Everything that is stored of one person (GDPR, article 15). */
export interface CustomerExport {
  readonly exportedMs: number;
  readonly customer: Customer;
  readonly appointments: readonly Appointment[];
  readonly calls: readonly Call[];
  /** What was noted of his calls, masked as it was noted. */
  readonly journal: readonly JournalEntry[];
  /** What was told of his appointments, as long as it is kept. */
  readonly events: readonly StoredEvent[];
  /** What plugins keep of him, by their names. */
  readonly plugins: Readonly<Record<string, readonly Json[]>>;
}

/** How to erase. */
export interface EraseOptions {
  /** Whether open appointments to come are cancelled first. Left out: they are a reason to refuse. */
  readonly cancelUpcoming?: boolean | undefined;
}

/** What was erased. */
export interface Erased {
  /** Appointments that nobody can be named for any more. They stay, so that time and figures do. */
  readonly appointments: number;
  readonly calls: number;
  /** What plugins have deleted. */
  readonly others: number;
}

/** What is stored of single customers. */
export interface CustomerData {
  /** All of it in one document. */
  exportData(id: CustomerId): Promise<Answer<{ readonly data: CustomerExport }, 'CUSTOMER_UNKNOWN'>>;
  /**
   * Takes a person out of all that is stored (GDPR, article 17), a few rows in each transaction: appointments stay without
   * him, calls without what was said, events without what they told of him; the customer himself is deleted last. What was
   * interrupted is finished by asking again. Publishes `customer.erased`.
   */
  erase(id: CustomerId, options?: EraseOptions): Promise<Answer<{ readonly erased: Erased }>>;
}
