import type { BookingWrite, WriteOutcome } from '../contracts/bookingWrite.ts';
import type { Storage } from '../contracts/storage.ts';
import type { DomainEvent, EventMap, EventName } from '../events.ts';
import type { Events } from '../kernel/domainEvents.ts';
import type { ClaimOwner, CompanyId, EventId, GroupId } from '../model/ids.ts';
import { refuse, type Refused } from '../refusals.ts';

/** Attempts of one operation against others that write at the same time, before it gives up. */
export const MAX_ATTEMPTS = 20;

interface Deps {
  readonly storage: Pick<Storage, 'write' | 'idempotency'>;
  readonly events: Pick<Events, 'emit'>;
  readonly newId: () => string;
  readonly now: () => number;
  /** Tells the relay that there is something to deliver. */
  readonly wakeRelay: () => void;
}

/** A key as a write carries it. */
export type WriteKey = { readonly key: string; readonly fingerprint: string } | undefined;

/** Writes, and tells observers what was committed: nothing is told that was not, and nothing committed is not told. */
export class Committer {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** An event as the outbox stores it. */
  event<N extends EventName>(company: CompanyId, name: N, aggregate: string, payload: EventMap[N]): DomainEvent<N> {
    const { newId, now } = this.#deps;
    return { id: newId() as EventId, companyId: company, name, aggregate, occurredMs: now(), payload };
  }

  /** What a key was used for before; a refusal when it was used for something else. */
  async earlier(company: CompanyId, key: WriteKey): Promise<ClaimOwner | GroupId | Refused<'KEY_REUSED'> | undefined> {
    if (key === undefined) return undefined;
    const record = await this.#deps.storage.idempotency(company, key.key);
    if (record === undefined) return undefined;
    return record.fingerprint === key.fingerprint ? record.resultId : refuse('KEY_REUSED', { key: key.key });
  }

  async commit(company: CompanyId, write: BookingWrite): Promise<WriteOutcome> {
    const outcome = await this.#deps.storage.write(company, write);
    if (outcome.kind === 'committed') this.announce(write.events);
    return outcome;
  }

  /** Tells observers, and the relay that there is something to deliver, of events that were just committed. */
  announce(events: readonly DomainEvent[]): void {
    if (events.length === 0) return;
    for (const event of events) this.#deps.events.emit(event as DomainEvent<never>);
    this.#deps.wakeRelay();
  }
}
