import type { CompanyId, CustomerId } from './ids.ts';

/** A person who books with one company. The same person at another company is another customer. */
export interface Customer {
  readonly id: CustomerId;
  readonly companyId: CompanyId;
  /** E.164, unique within the company; null for anonymous callers. */
  readonly phone: string | null;
  readonly name: string | null;
  readonly email: string | null;
  /** BCP 47; null: the company's. */
  readonly locale: string | null;
  readonly noShows: number;
}
