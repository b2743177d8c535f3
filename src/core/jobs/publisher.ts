import type { Clock } from '../contracts/clock.ts';
import type { DocumentStore, DocumentWrite } from '../contracts/documents.ts';
import type { PluginEvent } from '../events.ts';
import type { EventType } from '../kernel/eventType.ts';
import type { Events } from '../kernel/domainEvents.ts';
import { token } from '../kernel/token.ts';
import type { CompanyId, EventId } from '../model/ids.ts';
import type { OutboxSignal } from './outboxSignal.ts';

/** An event that is about to be published. */
export interface Announcement {
  readonly name: string;
  /** What it is about, at most 191 characters; events of one aggregate are delivered in order. */
  readonly aggregate: string;
  readonly payload: unknown;
}

/** Says that something happened, in the type of its event. */
export const announce = <P>({ name }: EventType<P>, aggregate: string, payload: NoInfer<P>): Announcement => ({
  name,
  aggregate,
  payload,
});

/** Publishes events of plugins. */
export interface Publisher {
  /**
   * Puts a document and its events in one transaction: whatever happens, either both are there or neither. Then observers of
   * this process are told, and the outbox brings the events to their handlers. Undefined when `expectedVersion` did not hold.
   */
  put(
    company: CompanyId,
    write: Omit<DocumentWrite, 'events'>,
    ...events: readonly Announcement[]
  ): Promise<number | undefined>;
}

/** The publisher of the engine, for plugins. */
export const Publisher = token<Publisher>()('askpro/publisher');

interface Deps {
  readonly documents: DocumentStore;
  readonly events: Events;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly outbox: OutboxSignal;
}

/** The publisher over documents and the outbox. */
export const documentPublisher = ({ documents, events, clock, newId, outbox }: Deps): Publisher => ({
  async put(company, write, ...announced) {
    const made = announced.map((event): PluginEvent => ({
      ...event,
      id: newId() as EventId,
      companyId: company,
      occurredMs: clock.now(),
    }));
    const version = await documents.put(company, { ...write, events: made });
    if (version === undefined || made.length === 0) return version;
    // What a plugin declared travels on the same bus; its name is all that the bus looks at.
    for (const event of made) events.emit(event as never);
    outbox.raise();
    return version;
  },
});
