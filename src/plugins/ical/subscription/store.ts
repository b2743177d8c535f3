import type { Clock, CompanyId, DocumentStore } from '../../../plugin.ts';
import { asJson, storedSubscription, SUBSCRIPTIONS, type StoredSubscription, type SubscriptionState } from './state.ts';

/** For so long what was read serves further questions: other processes write too, and callers ask several times a call. */
const KEPT_MS = 15_000;
const MAX_KEPT = 5_000;
const PAGE = 200;

interface Kept {
  readonly atMs: number;
  readonly reading: Promise<readonly StoredSubscription[]>;
}

/** The subscriptions of companies, kept for a moment. */
export class SubscriptionStore {
  readonly #documents: DocumentStore;
  readonly #clock: Clock;
  readonly #kept = new Map<CompanyId, Kept>();

  constructor(documents: DocumentStore, clock: Clock) {
    this.#documents = documents;
    this.#clock = clock;
  }

  /** All of a company, as they were a moment ago at the earliest. */
  async list(company: CompanyId): Promise<readonly StoredSubscription[]> {
    const nowMs = this.#clock.now();
    const kept = this.#kept.get(company);
    if (kept !== undefined && nowMs - kept.atMs < KEPT_MS && nowMs >= kept.atMs) return kept.reading;
    const reading = this.read(company);
    if (this.#kept.size >= MAX_KEPT) this.#kept.clear();
    this.#kept.set(company, { atMs: nowMs, reading });
    // A fault is nothing to keep.
    reading.catch(() => this.#kept.delete(company));
    return reading;
  }

  /** All of a company as they are stored now. */
  async read(company: CompanyId): Promise<readonly StoredSubscription[]> {
    const found: StoredSubscription[] = [];
    for (;;) {
      const query = { collection: SUBSCRIPTIONS, after: found.at(-1)?.id, limit: PAGE };
      const page = await this.#documents.list(company, query);
      found.push(...page.map(storedSubscription));
      if (page.length < PAGE) return found;
    }
  }

  async get(company: CompanyId, id: string): Promise<StoredSubscription | undefined> {
    const stored = await this.#documents.get(company, SUBSCRIPTIONS, id);
    return stored === undefined ? undefined : storedSubscription(stored);
  }

  /** The new version; undefined when somebody else was faster. */
  async put(
    company: CompanyId,
    id: string,
    state: SubscriptionState,
    expectedVersion: number,
  ): Promise<number | undefined> {
    const write = { collection: SUBSCRIPTIONS, id, value: asJson(state), indexes: {}, expectedVersion };
    const version = await this.#documents.put(company, write);
    this.#kept.delete(company);
    return version;
  }

  async delete(company: CompanyId, id: string): Promise<boolean> {
    const wasThere = await this.#documents.delete(company, SUBSCRIPTIONS, id);
    this.#kept.delete(company);
    return wasThere;
  }
}
