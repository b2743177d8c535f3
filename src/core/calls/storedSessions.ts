import type { Directory } from '../contracts/directory.ts';
import type { Storage } from '../contracts/storage.ts';
import { EngineError } from '../errors.ts';
import type { Call } from '../model/call.ts';
import type { CallId, CompanyId } from '../model/ids.ts';
import type { Journal } from './journal.ts';
import { maskWord } from './mask.ts';
import { mergeCall } from './mergeCall.ts';
import type { CallSessions, CallUpdate } from './sessions.ts';

/** Racing events of one call are few; more losses in a row than this mean that something else is wrong. */
const MAX_ATTEMPTS = 50;
/** What is heard of a call sooner after its last change is not worth a write. */
const HEARD_EVERY_MS = 60_000;

interface Deps {
  readonly storage: Pick<Storage, 'call' | 'saveCall'> & { readonly directory: Pick<Directory, 'providerCall'> };
  readonly journal: Pick<Journal, 'note'>;
  readonly newId: () => string;
  readonly now: () => number;
}

/** Call sessions of one company, kept in its storage by compare-and-set on the version. */
export class StoredCallSessions implements CallSessions {
  readonly #company: CompanyId;
  readonly #deps: Deps;

  constructor(company: CompanyId, deps: Deps) {
    this.#company = company;
    this.#deps = deps;
  }

  get(provider: string, providerCallId: string): Promise<Call | undefined> {
    return this.#deps.storage.call(this.#company, provider, providerCallId);
  }

  record(provider: string, providerCallId: string, update: CallUpdate): Promise<Call | undefined> {
    return this.#change(provider, providerCallId, (call) => mergeCall(call, update));
  }

  async addOffers(provider: string, providerCallId: string, tokens: readonly string[]): Promise<readonly number[]> {
    if (tokens.length === 0) return [];
    const changed = await this.#change(provider, providerCallId, (call) => {
      const known = Object.keys(call.offers).length;
      const added = Object.fromEntries(tokens.map((token, index) => [String(known + index + 1), token]));
      return { ...call, offers: { ...call.offers, ...added } };
    });
    if (changed === undefined) return [];
    const first = Object.keys(changed.offers).length - tokens.length + 1;
    const numbers = tokens.map((_, index) => first + index);
    this.#deps.journal.note(this.#company, changed.id, 'offers', { numbers: numbers.join(', ') });
    return numbers;
  }

  async heard({ provider, providerCallId, status, updatedMs }: Call): Promise<void> {
    const isDue = this.#deps.now() - updatedMs >= HEARD_EVERY_MS;
    if (!isDue || (status !== 'inbound' && status !== 'ongoing')) return;
    const call = await this.get(provider, providerCallId);
    if (call === undefined || call.updatedMs !== updatedMs) return;
    // Whoever is faster has heard of it too.
    const next = { ...call, version: call.version + 1, updatedMs: this.#deps.now() };
    await this.#deps.storage.saveCall(this.#company, next, call.version);
  }

  async #change(provider: string, providerCallId: string, change: (call: Call) => Call): Promise<Call | undefined> {
    const { storage, now } = this.#deps;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const stored = await storage.call(this.#company, provider, providerCallId);
      const changed = change(stored ?? this.#blank(provider, providerCallId));
      if (changed === stored) return stored;
      const next = { ...changed, version: (stored?.version ?? 0) + 1, updatedMs: now() };
      if (await storage.saveCall(this.#company, next, stored?.version ?? 0)) {
        this.#note(stored, next);
        return next;
      }
      if (stored === undefined) {
        const owner = await storage.directory.providerCall(provider, providerCallId);
        if (owner !== undefined && owner !== this.#company) return undefined;
      }
    }
    throw new EngineError('STORAGE_BUSY', `Call ${providerCallId} of ${provider} kept changing under its writer.`);
  }

  /** How far the call has come, where it has come further. */
  #note(before: Call | undefined, { id, status, outcome }: Call): void {
    if (before?.status === status && before.outcome === outcome) return;
    const told = { status, ...(outcome === null ? {} : { outcome: maskWord(outcome) }) };
    this.#deps.journal.note(this.#company, id, 'call', told);
  }

  #blank(provider: string, providerCallId: string): Call {
    return {
      id: this.#deps.newId() as CallId,
      companyId: this.#company,
      branchId: null,
      provider,
      providerCallId,
      from: null,
      to: null,
      status: 'inbound',
      customerId: null,
      appointmentId: null,
      startedMs: null,
      endedMs: null,
      transcript: null,
      summary: null,
      outcome: null,
      offers: {},
      version: 0,
      updatedMs: 0,
    };
  }
}
