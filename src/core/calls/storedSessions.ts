import type { Directory } from '../contracts/directory.ts';
import type { Storage } from '../contracts/storage.ts';
import { EngineError } from '../errors.ts';
import type { Call } from '../model/call.ts';
import type { CallId, CompanyId } from '../model/ids.ts';
import { refuse, type Refused } from '../refusals.ts';
import type { Journal } from './journal.ts';
import { maskWord } from './mask.ts';
import { mergeCall } from './mergeCall.ts';
import { namedAnew, unknownName } from './names.ts';
import type { CallSessions, CallUpdate, RecordedCall } from './sessions.ts';
import { isCallKey, updateErrors } from './updateErrors.ts';

/** Racing events of one call are few; more losses in a row than this mean that something else is wrong. */
const MAX_ATTEMPTS = 50;
/** What is heard of a call sooner after its last change is not worth a write. */
const HEARD_EVERY_MS = 60_000;

interface Deps {
  readonly storage: Pick<Storage, 'call' | 'saveCall' | 'config' | 'customer' | 'appointment'> & {
    readonly directory: Pick<Directory, 'providerCall'>;
  };
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

  async get(provider: string, providerCallId: string): Promise<Call | undefined> {
    if (!isCallKey(provider, providerCallId)) return undefined;
    return this.#deps.storage.call(this.#company, provider, providerCallId);
  }

  async record(provider: string, providerCallId: string, update: CallUpdate): Promise<RecordedCall> {
    const wrong = updateErrors(provider, providerCallId, update);
    if (wrong !== undefined) return wrong;
    const changed = await this.#change(provider, providerCallId, (call) => mergeCall(call, update));
    if (changed === undefined) return refuse('CALL_UNKNOWN', {});
    return 'ok' in changed ? changed : { ok: true, call: changed };
  }

  async addOffers(provider: string, providerCallId: string, tokens: readonly string[]): Promise<readonly number[]> {
    if (tokens.length === 0 || !isCallKey(provider, providerCallId)) return [];
    const changed = await this.#change(provider, providerCallId, (call) => {
      const known = Object.keys(call.offers).length;
      const added = Object.fromEntries(tokens.map((token, index) => [String(known + index + 1), token]));
      return { ...call, offers: { ...call.offers, ...added } };
    });
    if (changed === undefined || 'ok' in changed) return [];
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

  /** The call as it is stored then; undefined when it is another company's. */
  async #change(
    provider: string,
    providerCallId: string,
    change: (call: Call) => Call,
  ): Promise<Call | Refused<'BRANCH_UNKNOWN' | 'CUSTOMER_UNKNOWN' | 'APPOINTMENT_UNKNOWN'> | undefined> {
    const { storage, now } = this.#deps;
    let lostAt: number | undefined;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const stored = await storage.call(this.#company, provider, providerCallId);
      const changed = change(stored ?? this.#blank(provider, providerCallId));
      if (changed === stored) return stored;
      const version = stored?.version ?? 0;
      const names = namedAnew(stored, changed);
      // Nobody else has written since this was not stored, so it is what it names.
      const unknown = version === lostAt ? await unknownName(storage, this.#company, names) : undefined;
      if (unknown !== undefined) return unknown;
      const next = { ...changed, version: version + 1, updatedMs: now() };
      if (await storage.saveCall(this.#company, next, version, names)) {
        this.#note(stored, next);
        return next;
      }
      lostAt = version;
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
