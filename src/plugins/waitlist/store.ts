import {
  announce,
  EngineError,
  type Announcement,
  type CompanyId,
  type DocumentQuery,
  type DocumentStore,
  type EventType,
  type Json,
  type Publisher,
  type StoredDocument,
} from '../../plugin.ts';
import type { EntryState, StoredEntry } from './entry.ts';
import type { Line } from './line.ts';
import { whoIndex } from './who.ts';

const ENTRIES = 'waitlist.entries';
const LINES = 'waitlist.lines';
const KEYS = 'waitlist.keys';
/** The one document of its collection. */
const LINE = 'line';
const PAGE = 200;
/** Attempts to change a line that others change at the same time. */
const MAX_ATTEMPTS = 50;

/** What an idempotency key was first used for. */
export interface KeyRecord {
  readonly entryId: string;
  readonly fingerprint: string;
}

interface Deps {
  readonly documents: DocumentStore;
  readonly publisher: Publisher;
}

/** Keeps those who wait. An entry decides what it is, the line who comes before whom. */
export class WaitlistStore {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async line(company: CompanyId): Promise<Line> {
    return (await this.#line(company)).line;
  }

  /** Changes the line by compare-and-set; the same line given back changes nothing. */
  async changeLine(company: CompanyId, change: (line: Line) => Line): Promise<void> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const { line, version } = await this.#line(company);
      const next = change(line);
      if (next === line) return;
      const value = next as unknown as Json;
      const write = { collection: LINES, id: LINE, value, indexes: {}, expectedVersion: version };
      if ((await this.#deps.documents.put(company, write)) !== undefined) return;
    }
    throw new EngineError('STORAGE_BUSY', 'The line of those who wait kept changing while it was changed.');
  }

  async entry(company: CompanyId, id: string): Promise<StoredEntry | undefined> {
    const stored = await this.#deps.documents.get(company, ENTRIES, id);
    return stored === undefined ? undefined : entryOf(stored);
  }

  /** A page of entries in the order in which they joined, by one index at most. */
  async entries(company: CompanyId, query: Omit<DocumentQuery, 'collection'>): Promise<readonly StoredEntry[]> {
    return (await this.#deps.documents.list(company, { collection: ENTRIES, ...query })).map(entryOf);
  }

  /** All entries of somebody. */
  async of(company: CompanyId, who: string): Promise<readonly StoredEntry[]> {
    const [name, value] = whoIndex(who);
    return this.all(company, name, value);
  }

  /** All entries that an index names. */
  async all(company: CompanyId, name: string, value: string): Promise<readonly StoredEntry[]> {
    const found: StoredEntry[] = [];
    for (;;) {
      const page = await this.entries(company, { index: { name, value }, after: found.at(-1)?.id, limit: PAGE });
      found.push(...page);
      if (page.length < PAGE) return found;
    }
  }

  /** Stores an entry with the event that tells of it; undefined when somebody else was faster. */
  async put(
    company: CompanyId,
    { id, version, state }: StoredEntry,
    ...told: readonly Announcement[]
  ): Promise<StoredEntry | undefined> {
    const write = {
      collection: ENTRIES,
      id,
      value: { ...state } as unknown as Json,
      indexes: indexesOf(state),
      expectedVersion: version,
    };
    const next = await this.#deps.publisher.put(company, write, ...told);
    return next === undefined ? undefined : { id, version: next, state };
  }

  delete(company: CompanyId, id: string): Promise<boolean> {
    return this.#deps.documents.delete(company, ENTRIES, id);
  }

  /** What a key stands for: what it was first used for, or from now on this. */
  async keyed(company: CompanyId, key: string, record: KeyRecord): Promise<KeyRecord> {
    const { documents } = this.#deps;
    const write = { collection: KEYS, id: key, value: { ...record }, indexes: {}, expectedVersion: 0 };
    if ((await documents.put(company, write)) !== undefined) return record;
    return (await this.key(company, key)) ?? record;
  }

  async key(company: CompanyId, key: string): Promise<KeyRecord | undefined> {
    const stored = await this.#deps.documents.get(company, KEYS, key);
    return stored === undefined ? undefined : (stored.value as unknown as KeyRecord);
  }

  async #line(company: CompanyId): Promise<{ readonly line: Line; readonly version: number }> {
    const stored = await this.#deps.documents.get(company, LINES, LINE);
    return { line: (stored?.value ?? []) as unknown as Line, version: stored?.version ?? 0 };
  }
}

/** Says what happened to an entry; what happens to one is told in order. */
export const tell = <P>(event: EventType<P>, id: string, payload: NoInfer<P>): Announcement =>
  announce(event, `waitlist:${id}`, payload);

/** This plugin alone writes its collections, so what is in them has the form it was given. */
const entryOf = ({ id, version, value }: StoredDocument): StoredEntry => ({
  id,
  version,
  state: value as unknown as EntryState,
});

/** By what entries are found. */
function indexesOf({ status, wish: { serviceId }, who }: EntryState): Readonly<Record<string, string>> {
  return {
    status,
    service: serviceId,
    serviceStatus: `${serviceId} ${status}`,
    ...Object.fromEntries(who.map(whoIndex)),
  };
}
