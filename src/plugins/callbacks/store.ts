import {
  announce,
  EngineError,
  refuse,
  type Announcement,
  type Answer,
  type Clock,
  type Companies,
  type CompanyId,
  type DocumentStore,
  type Journal,
  type Json,
  type Publisher,
  type StoredDocument,
} from '../../plugin.ts';
import {
  callbackStatuses,
  type Callback,
  type CallbackClosing,
  type CallbackRequest,
  type CallbackStatus,
} from './callback.ts';
import { CallbackChanged, CallbackRequested } from './events.ts';
import { readClosing, readRequest, type Asked } from './read.ts';

/** Which requests to list, those of earlier calls first. */
export interface CallbackQuery {
  /** Left out: of any. */
  readonly status?: CallbackStatus | undefined;
  /** The `next` of the page before. */
  readonly cursor?: string | undefined;
  /** 1 to 200; left out: 50. */
  readonly limit?: number | undefined;
}

/** One page of requests. */
export interface CallbackPage {
  readonly items: readonly Callback[];
  /** Give it as `cursor` to get the next page; null at the end. */
  readonly next: string | null;
}

/** The collection of the requests. */
export const REQUESTS = 'callbacks.requests';
/** Racing writers of one request are few; more losses in a row mean that something else is wrong. */
const MAX_ATTEMPTS = 20;
/** So often somebody can ask anew in one call after he was called back. */
const MAX_REPEATS = 100;

interface Deps {
  readonly documents: DocumentStore;
  readonly publisher: Publisher;
  readonly companies: Companies;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly journal: Journal;
}

type Stored = Omit<Callback, 'version'>;

const callbackOf = ({ value, version }: StoredDocument): Callback => ({ ...(value as unknown as Stored), version });

/**
 * Requests as documents. The id of one that was asked for in a call is made of the call, the reason and how often that was
 * closed before, so the database lets one writer make it, whoever asks at the same time.
 */
export class StoredCallbacks {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async create(
    company: CompanyId,
    request: CallbackRequest,
  ): Promise<Answer<{ readonly callback: Callback; readonly replayed: boolean }>> {
    const door = await this.#deps.companies.open(company);
    if (!door.ok) return door;
    const asked = readRequest(request, door.company.country);
    if (!asked.ok) return asked;
    const { callId, reason } = request;
    const base = callId === undefined ? this.#deps.newId() : callId;
    for (let repeat = 1, attempt = 0; repeat <= MAX_REPEATS && attempt < MAX_ATTEMPTS;) {
      const id = `${base}.${reason}.${repeat}`;
      const present = await this.#deps.documents.get(company, REQUESTS, id);
      if (present === undefined) {
        const made = await this.#make(company, id, request, asked);
        if (made !== undefined) return { ok: true, callback: made, replayed: false };
        attempt++;
        continue;
      }
      const known = callbackOf(present);
      if (known.status !== 'open') {
        repeat++;
        continue;
      }
      const told = await this.#tell(known, asked);
      if (told !== undefined) return { ok: true, callback: told, replayed: true };
      attempt++;
    }
    throw new EngineError('STORAGE_BUSY', 'A callback request kept changing under its writer.');
  }

  async list(
    company: CompanyId,
    { status, cursor, limit = 50 }: CallbackQuery,
  ): Promise<Answer<{ readonly page: CallbackPage }>> {
    const errors = [
      ...(status === undefined || callbackStatuses.includes(status)
        ? []
        : [{ path: 'status', message: `must be one of ${callbackStatuses.join(', ')}` }]),
      ...(Number.isInteger(limit) && limit >= 1 && limit <= 200
        ? []
        : [{ path: 'limit', message: 'must be a whole number from 1 to 200' }]),
      ...(cursor === undefined || /^[0-9a-f-]{36}\.[a-z-]+\.\d{1,3}$/.test(cursor)
        ? []
        : [{ path: 'cursor', message: 'must be the next of an earlier page' }]),
    ];
    if (errors.length > 0) return refuse('INPUT_INVALID', { errors });
    const index = status === undefined ? undefined : { name: 'status', value: status };
    // One more than asked for tells whether there is a next page.
    const query = { collection: REQUESTS, index, after: cursor, limit: limit + 1 };
    const found = (await this.#deps.documents.list(company, query)).map(callbackOf);
    const items = found.slice(0, limit);
    return { ok: true, page: { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null } };
  }

  async get(company: CompanyId, id: string): Promise<Answer<{ readonly callback: Callback }, 'CALLBACK_UNKNOWN'>> {
    const stored = id.length > 128 ? undefined : await this.#deps.documents.get(company, REQUESTS, id);
    return stored === undefined ? refuse('CALLBACK_UNKNOWN', {}) : { ok: true, callback: callbackOf(stored) };
  }

  /** Closing again in the same way answers what is there; in another way it is refused. */
  async close(
    company: CompanyId,
    id: string,
    status: 'done' | 'dismissed',
    closing: CallbackClosing,
  ): Promise<Answer<{ readonly callback: Callback; readonly replayed: boolean }>> {
    const read = readClosing(closing);
    if (!read.ok) return read;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const found = await this.get(company, id);
      if (!found.ok) return found;
      const { callback } = found;
      if (callback.status === status) return { ok: true, callback, replayed: true };
      if (callback.status !== 'open') return refuse('CALLBACK_CLOSED', { closedAs: callback.status });
      if (closing.version !== undefined && closing.version !== callback.version)
        return refuse('VERSION_CONFLICT', { version: callback.version });
      const closedMs = this.#deps.clock.now();
      const next = { ...callback, status, closedBy: read.by, resolution: read.note, closedMs };
      const closed = await this.#replace(next);
      if (closed !== undefined) {
        this.#note(closed);
        return { ok: true, callback: closed, replayed: false };
      }
    }
    throw new EngineError('STORAGE_BUSY', 'A callback request kept changing under its writer.');
  }

  async #make(
    companyId: CompanyId,
    id: string,
    { reason, callId, branchId, customerId }: CallbackRequest,
    { phone, name, preferred, preferredMs, note }: Asked,
  ): Promise<Callback | undefined> {
    const callback: Callback = {
      id,
      companyId,
      status: 'open',
      reason,
      callId: callId ?? null,
      branchId: branchId ?? null,
      customerId: customerId ?? null,
      phone,
      name,
      preferred,
      preferredMs,
      note,
      resolution: null,
      closedBy: null,
      createdMs: this.#deps.clock.now(),
      closedMs: null,
      version: 1,
    };
    const made = await this.#put(callback, 0, announce(CallbackRequested, id, { callback }));
    if (made) this.#note(callback);
    return made ? callback : undefined;
  }

  /** What was told before stays, unless something else is told now; undefined when somebody else was faster. */
  async #tell(known: Callback, told: Asked): Promise<Callback | undefined> {
    const { phone, name, preferred, preferredMs, note } = told;
    const next: Callback = {
      ...known,
      phone: phone ?? known.phone,
      name: name ?? known.name,
      preferred: preferred ?? known.preferred,
      preferredMs: preferredMs ?? known.preferredMs,
      note: note ?? known.note,
    };
    const fields = ['phone', 'name', 'preferred', 'preferredMs', 'note'] as const;
    return fields.every((field) => next[field] === known[field]) ? known : this.#replace(next);
  }

  async #replace(callback: Callback): Promise<Callback | undefined> {
    const next = { ...callback, version: callback.version + 1 };
    const put = await this.#put(next, callback.version, announce(CallbackChanged, callback.id, { callback: next }));
    return put ? next : undefined;
  }

  async #put(callback: Callback, expectedVersion: number, event: Announcement): Promise<boolean> {
    const { version: _, ...value } = callback;
    const { id, status, companyId } = callback;
    const indexes = { status };
    const write = { collection: REQUESTS, id, value: value as unknown as Json, indexes, expectedVersion };
    return (await this.#deps.publisher.put(companyId, write, event)) !== undefined;
  }

  #note({ companyId, callId, id, status, reason }: Callback): void {
    if (callId !== null) this.#deps.journal.note(companyId, callId, 'callback', { callback: id, status, reason });
  }
}
