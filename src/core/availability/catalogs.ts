import { LRUCache } from 'lru-cache';
import type { BusyQuery, BusyAnswer, Storage } from '../contracts/storage.ts';
import { EngineError } from '../errors.ts';
import type { CompanyId } from '../model/ids.ts';
import { compileCatalog, type Catalog } from './catalog.ts';
import type { Counted } from './limits.ts';

/** A catalog and what was occupied at the very moment it was valid. */
export interface Snapshot {
  readonly catalog: Catalog;
  readonly busy: BusyAnswer['busy'];
  /** What was counted, where it was asked for. */
  readonly units?: BusyAnswer['units'];
  /** The sessions that exist, where the service is held in sessions. */
  readonly sessions?: BusyAnswer['sessions'];
  /** The limits that count, with what has been booked of them. */
  readonly counted?: readonly Counted[];
  /** What occupies it, a word for each span; left out where all of it is stored here. */
  readonly busyKinds?: readonly (readonly string[])[];
  /** Whether of somebody it is not known what occupies him outside. */
  readonly isUnknown?: boolean;
}

/** Reads no occupied time, only the revision. */
const NOTHING: BusyQuery = { resourceIds: [], fromMs: 0, toMs: 0 };

const strictly = (query: BusyQuery): BusyQuery => ({ ...query, mayLag: false });

/** A company that keeps changing faster than it can be read is not worth waiting for. */
const MAX_ATTEMPTS = 8;

/**
 * Compiled configurations by company. Every read of occupied time tells the revision it was made under, so a catalog that
 * another process has outdated is noticed before anything is answered from it.
 */
export class Catalogs {
  readonly #storage: Pick<Storage, 'config' | 'busy'>;
  readonly #compiled: LRUCache<CompanyId, Catalog>;

  constructor(storage: Pick<Storage, 'config' | 'busy'>, maxCompanies: number) {
    this.#storage = storage;
    this.#compiled = new LRUCache({ max: maxCompanies });
  }

  /** The catalog as it was when last seen, or read now; undefined for a company that is unknown or switched off. */
  async get(company: CompanyId): Promise<Catalog | undefined> {
    return this.#compiled.get(company) ?? this.refresh(company);
  }

  /** The catalog as it is valid now. Who has just read the revision says so, and it is not read again. */
  async current(company: CompanyId, seenRevision?: number): Promise<Catalog | undefined> {
    const known = this.#compiled.get(company);
    if (known === undefined) return this.refresh(company);
    if (seenRevision !== undefined && known.config.revision >= seenRevision) return known;
    const { revision } = await this.#storage.busy(company, NOTHING);
    return revision === known.config.revision ? known : this.refresh(company);
  }

  /** The catalog as it is stored now. */
  async refresh(company: CompanyId): Promise<Catalog | undefined> {
    const config = await this.#storage.config(company);
    if (config?.company.active !== true) {
      this.#compiled.delete(company);
      return undefined;
    }
    const known = this.#compiled.get(company);
    // A read that was overtaken by a newer one must not bring the older catalog back.
    if (known !== undefined && known.config.revision >= config.revision) return known;
    const catalog = compileCatalog(config);
    this.#compiled.set(company, catalog);
    return catalog;
  }

  /** Asks for occupied time until catalog and answer are of one revision. `query` says what to read under a catalog. */
  async read<R>(
    company: CompanyId,
    query: (
      catalog: Catalog,
    ) => { readonly ok: true; readonly busy: BusyQuery } | { readonly ok: false; readonly answer: R },
  ): Promise<
    { readonly ok: true; readonly snapshot: Snapshot } | { readonly ok: false; readonly answer: R } | undefined
  > {
    let catalog = await this.get(company);
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      if (catalog === undefined) return undefined;
      const wanted = query(catalog);
      if (!wanted.ok) {
        // What an outdated catalog does not know may have come since: refuse only from a valid one.
        const { revision } = await this.#storage.busy(company, NOTHING);
        if (revision === catalog.config.revision) return wanted;
        catalog = revision === null ? undefined : await this.refresh(company);
        continue;
      }
      const mayLag = wanted.busy.mayLag === true && attempt === 0;
      const answer = await this.#storage.busy(company, attempt === 0 ? wanted.busy : strictly(wanted.busy));
      if (answer.revision === catalog.config.revision) {
        const { busy, units, sessions } = answer;
        const snapshot = { catalog, busy, ...(units === undefined ? {} : { units }) };
        return { ok: true, snapshot: sessions === undefined ? snapshot : { ...snapshot, sessions } };
      }
      // A copy may not have this configuration yet: the next attempt asks where it is.
      if (mayLag && (answer.revision ?? 0) < catalog.config.revision) continue;
      this.#compiled.delete(company);
      catalog = answer.revision === null ? undefined : await this.refresh(company);
    }
    throw new EngineError('STORAGE_BUSY', 'The configuration of the company kept changing while it was read.');
  }
}
