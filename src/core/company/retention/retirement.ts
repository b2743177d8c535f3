import type { CompanyFace, Directory } from '../../contracts/directory.ts';
import type { RetiredKind, RetiringCursor } from '../../contracts/retiring.ts';
import type { Storage } from '../../contracts/storage.ts';
import { EngineError } from '../../errors.ts';
import { token } from '../../kernel/token.ts';
import type { RetentionDays } from '../../model/company.ts';
import type { CompanyId, CustomerId } from '../../model/ids.ts';
import type { CustomerData } from '../person/customerData.ts';
import type { PersonalData } from '../person/personalData.ts';

/** How retirement goes about it. */
export interface RetireOptions {
  /** Rows that one transaction looks at. */
  readonly limit: number;
  /** Where a company decides nothing; left out: everything is kept. */
  readonly byDefault?: RetentionDays | undefined;
  /** Keys of repeated calls are remembered for so long, and appointments that they stand for are kept meanwhile. */
  readonly idempotencyMs: number;
  /** Only counts what would go. */
  readonly dryRun?: boolean | undefined;
}

/** One piece of work that was done. */
export interface RetiredPiece {
  readonly company: { readonly id: CompanyId; readonly key: string };
  readonly kind: RetiredKind | 'customers';
  readonly taken: number;
}

/** Work that failed: the rest of what it belongs to is left for the next time. */
export interface FailedPiece {
  readonly company: RetiredPiece['company'];
  /** Left out: the company's policies could not be read, so nothing of it was taken away. */
  readonly kind?: RetiredPiece['kind'];
  readonly failure: unknown;
}

/** Takes away what companies have kept for as long as they want to. */
export interface Retirement {
  /**
   * One company after the other, a piece at a time. Whoever ends it early, or dies, begins anew and comes to the same. What
   * fails is one of the pieces, and other customers, kinds and companies have their turn all the same.
   */
  pieces(options: RetireOptions): AsyncGenerator<RetiredPiece | FailedPiece>;
}

/** The retirement of the engine. */
export const RetirementToken = token<Retirement>()('askpro/retirement');

/** What retirement works with. */
export interface RetirementDeps {
  readonly storage: Pick<Storage, 'config' | 'retire' | 'idleCustomers' | 'customer'>;
  readonly directory: Pick<Directory, 'companies'>;
  /** The records of a company's customers; undefined while it is switched off. */
  readonly customersOf: (company: CompanyId) => Promise<Pick<CustomerData, 'erase'> | undefined>;
  readonly stores: readonly PersonalData[];
  /** By no clock that is ahead: what is taken away too early never comes back. */
  readonly now: () => Promise<number>;
}

const DAY_MS = 86_400_000;
/** A round takes long: no more companies than these are kept in mind. */
const COMPANIES_A_PAGE = 200;
/** What was said goes before the calls, and those before what they led to. */
const kinds = ['transcripts', 'calls', 'appointments', 'customers'] as const;
const daysOf = {
  transcripts: 'transcriptsDays',
  calls: 'callsDays',
  appointments: 'appointmentsDays',
  customers: 'customersDays',
} as const;

/** Retires by the policies that are stored. */
export class StoredRetirement implements Retirement {
  readonly #deps: RetirementDeps;

  constructor(deps: RetirementDeps) {
    this.#deps = deps;
  }

  async *pieces(options: RetireOptions): AsyncGenerator<RetiredPiece | FailedPiece> {
    for await (const { id, key } of this.#companies()) {
      const company = { id, key };
      try {
        const config = await this.#deps.storage.config(id);
        if (config !== undefined) yield* this.#company(company, config.company.policies.retention, options);
      } catch (failure) {
        yield { company, failure };
      }
    }
  }

  async *#companies(): AsyncGenerator<CompanyFace> {
    for (let after: string | undefined; ;) {
      const page = await this.#deps.directory.companies({ after, limit: COMPANIES_A_PAGE });
      yield* page;
      if (page.length < COMPANIES_A_PAGE) return;
      after = page.at(-1)?.key;
    }
  }

  async *#company(
    company: RetiredPiece['company'],
    own: RetentionDays | undefined,
    options: RetireOptions,
  ): AsyncGenerator<RetiredPiece | FailedPiece> {
    const days = { ...options.byDefault, ...own };
    for (const kind of kinds) {
      const kept = days[daysOf[kind]];
      if (kept === undefined || kept === null) continue;
      const { id } = company;
      const work = kind === 'customers' ? this.#customers(id, kept, options) : this.#rows(id, kind, kept, options);
      try {
        for await (const piece of work)
          yield typeof piece === 'number' ? { company, kind, taken: piece } : { company, kind, ...piece };
      } catch (failure) {
        yield { company, kind, failure };
      }
    }
  }

  async *#rows(company: CompanyId, kind: RetiredKind, days: number, options: RetireOptions): AsyncGenerator<number> {
    const { storage, now } = this.#deps;
    const { limit, dryRun, idempotencyMs } = options;
    const nowMs = await now();
    const beforeMs = nowMs - days * DAY_MS;
    const unchangedSinceMs = nowMs - idempotencyMs;
    for (let after: RetiringCursor | undefined; ;) {
      const { taken, next } = await storage.retire(company, { kind, beforeMs, unchangedSinceMs, after, limit, dryRun });
      yield taken;
      if (next === null) return;
      after = next;
    }
  }

  async *#customers(
    company: CompanyId,
    days: number,
    { limit, dryRun }: RetireOptions,
  ): AsyncGenerator<number | { readonly failure: unknown }> {
    const { storage, customersOf, now } = this.#deps;
    const beforeMs = (await now()) - days * DAY_MS;
    for (let after: CustomerId | undefined; ;) {
      const { ids, next } = await storage.idleCustomers(company, { beforeMs, after, limit });
      const records = ids.length === 0 ? undefined : await customersOf(company);
      let taken = 0;
      for (const id of records === undefined ? [] : ids) {
        try {
          if (await this.#isWaiting(company, id)) continue;
          if (dryRun === true || (await erased(records, id))) taken++;
        } catch (failure) {
          // One who cannot be erased must not keep those who come after him.
          yield { failure };
        }
      }
      yield taken;
      if (next === null) return;
      after = next;
    }
  }

  /** Whoever a plugin keeps something of, such as a place on a waiting list, is not idle. */
  async #isWaiting(company: CompanyId, id: CustomerId): Promise<boolean> {
    const customer = await this.#deps.storage.customer(company, id);
    if (customer === undefined) return true;
    const person = { id, phone: customer.phone, email: customer.email, calls: [] };
    for (const store of this.#deps.stores) if ((await store.read(company, person)).items.length > 0) return true;
    return false;
  }
}

/** False when he has booked again in the meantime, or is gone. */
async function erased(records: Pick<CustomerData, 'erase'> | undefined, id: CustomerId): Promise<boolean> {
  try {
    return (await records?.erase(id))?.ok === true;
  } catch (error) {
    // Bookings of his keep coming in: so he is not idle.
    if (error instanceof EngineError && error.code === 'STORAGE_BUSY') return false;
    throw error;
  }
}
