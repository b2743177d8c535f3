import type { Clock } from '../contracts/clock.ts';
import type { DocumentStore, Json } from '../contracts/documents.ts';
import { token } from '../kernel/token.ts';
import type { CallId, CompanyId } from '../model/ids.ts';
import type { Told } from './mask.ts';

/** One thing that happened in a call. */
export interface JournalEntry {
  readonly atMs: number;
  /** `webhook`, `function`, `offers`, `hold` … */
  readonly kind: string;
  /** Nothing of it is anyone's personal data: whoever notes it has masked it. */
  readonly told: Readonly<Record<string, Told>>;
}

/** What happened in calls, for whoever looks for a cause afterwards. */
export interface Journal {
  /**
   * Notes something. Answers at once and never throws: it is written a moment later, in the background, and what cannot be
   * written is lost and reported. Personal data must be masked before.
   */
  note(company: CompanyId, call: CallId, kind: string, told: JournalEntry['told'], atMs?: number): void;
  /** Whether this process has noted something of the call lately. */
  knows(company: CompanyId, call: string): boolean;
  /** All that is kept of a call, in order of time. */
  read(company: CompanyId, call: CallId): Promise<readonly JournalEntry[]>;
  /** Settles when all that was noted is written, or lost. */
  settled(): Promise<void>;
}

/** The journal of the engine, for plugins. */
export const Journal = token<Journal>()('askpro/journal');

/** A journal that keeps nothing. */
export const noJournal: Journal = {
  note: () => undefined,
  knows: () => false,
  read: async () => [],
  settled: async () => undefined,
};

/** Under this name the entries are stored, a few to a document. */
export const JOURNAL = 'calls.journal';
/** So many calls are remembered for their number of entries. */
const MOST_CALLS = 5_000;
const PAGE = 100;

interface Deps {
  readonly documents: DocumentStore;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Entries of one call; what comes after them is not kept. */
  readonly mostEntries: number;
  /** Told of what could not be written; must not throw. */
  readonly onError: (error: unknown) => void;
}

interface Waiting {
  readonly company: CompanyId;
  readonly call: CallId;
  readonly entries: JournalEntry[];
}

const keyOf = (company: CompanyId, call: string): string => `${company} ${call}`;

/**
 * The journal in documents that are only ever added, so that no two writers meet. What is noted while an earlier document of
 * the call is written goes into one further document.
 */
export class StoredJournal implements Journal {
  readonly #deps: Deps;
  readonly #waiting = new Map<string, Waiting>();
  readonly #writing = new Map<string, Promise<void>>();
  readonly #counts = new Map<string, number>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  note(company: CompanyId, call: CallId, kind: string, told: JournalEntry['told'], atMs?: number): void {
    const { clock, mostEntries } = this.#deps;
    // Whoever holds something names its owner himself, so an id alone may be that of a call of another company.
    const key = keyOf(company, call);
    const count = this.#count(key);
    if (count > mostEntries) return;
    const at = atMs ?? clock.now();
    const entry: JournalEntry = count === mostEntries ? { atMs: at, kind: 'cut', told: {} } : { atMs: at, kind, told };
    const waiting = this.#waiting.get(key);
    if (waiting !== undefined) waiting.entries.push(entry);
    else this.#waiting.set(key, { company, call, entries: [entry] });
    if (!this.#writing.has(key)) this.#begin(key);
  }

  knows(company: CompanyId, call: string): boolean {
    return this.#counts.has(keyOf(company, call));
  }

  async read(company: CompanyId, call: CallId): Promise<readonly JournalEntry[]> {
    const entries: JournalEntry[] = [];
    // Ids begin with the call's, and a text sorts before all that it begins.
    for (let after: string = call; ;) {
      const page = await this.#deps.documents.list(company, { collection: JOURNAL, after, limit: PAGE });
      const own = page.filter(({ id }) => id.startsWith(`${call}.`));
      for (const { value } of own) entries.push(...(value as unknown as readonly JournalEntry[]));
      const last = page.at(-1)?.id;
      if (own.length < PAGE || last === undefined) return entries.toSorted((a, b) => a.atMs - b.atMs);
      after = last;
    }
  }

  async settled(): Promise<void> {
    while (this.#writing.size > 0) await Promise.all(this.#writing.values());
  }

  /** How many entries the call had before; the call noted longest ago is forgotten first. */
  #count(key: string): number {
    const count = this.#counts.get(key) ?? 0;
    this.#counts.delete(key);
    this.#counts.set(key, count + 1);
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > MOST_CALLS && oldest !== undefined) this.#counts.delete(oldest);
    return count;
  }

  #begin(key: string): void {
    const writing = this.#write(key).finally(() => {
      this.#writing.delete(key);
      if (this.#waiting.has(key)) this.#begin(key);
    });
    this.#writing.set(key, writing);
  }

  async #write(key: string): Promise<void> {
    // Whoever waits for an answer gets it first.
    await new Promise(setImmediate);
    const waiting = this.#waiting.get(key);
    this.#waiting.delete(key);
    if (waiting === undefined) return;
    const { documents, newId, onError } = this.#deps;
    const value = waiting.entries as unknown as Json;
    try {
      const id = `${waiting.call}.${newId()}`;
      await documents.put(waiting.company, { collection: JOURNAL, id, value, indexes: {}, expectedVersion: 0 });
    } catch (error) {
      onError(error);
    }
  }
}
