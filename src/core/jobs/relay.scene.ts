import { fakeClock, type FakeClock } from '../contracts/fakeClock.ts';
import type { Maintenance } from '../contracts/maintenance.ts';
import type { DomainEvent } from '../events.ts';
import type { Events } from '../kernel/domainEvents.ts';
import { EventBus } from '../kernel/events.ts';
import type { CompanyId, EventId } from '../model/ids.ts';
import { OutboxRelay, type RelayOptions } from './relay.ts';

interface Row {
  readonly event: DomainEvent;
  dueMs: number;
  leaseOwner: string | undefined;
  attempts: number;
  delivered: string[];
  sent: boolean;
  postponed: { readonly delayMs: number; readonly error: string }[];
}

/** An outbox in memory, by the letter of its contract. */
class MemoryOutbox implements Pick<Maintenance, 'leaseEvents' | 'markDelivered' | 'markSent' | 'postpone'> {
  readonly rows: Row[] = [];
  /** Called before each lease; may throw. */
  onLease: () => void = () => undefined;
  /** Called before each end of an event; may throw. */
  onEnd: () => void = () => undefined;
  leases = 0;
  readonly #clock: FakeClock;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  /** Puts an event in. */
  add(aggregate: string, id = `${aggregate}-${this.rows.length}`): DomainEvent {
    const event = {
      id: id as EventId,
      companyId: 'salon' as CompanyId,
      name: 'company.changed',
      aggregate,
      occurredMs: this.#clock.now(),
      payload: { revision: this.rows.length },
    } as const satisfies DomainEvent<'company.changed'>;
    this.rows.push({ event, dueMs: 0, leaseOwner: undefined, attempts: 0, delivered: [], sent: false, postponed: [] });
    return event;
  }

  async leaseEvents(leaseOwner: string, leaseMs: number, limit: number): ReturnType<Maintenance['leaseEvents']> {
    this.leases++;
    this.onLease();
    const nowMs = this.#clock.now();
    const oldest = this.rows.filter(
      (row, i) =>
        !row.sent && !this.rows.slice(0, i).some((one) => !one.sent && one.event.aggregate === row.event.aggregate),
    );
    const due = oldest.filter((row) => row.dueMs <= nowMs).slice(0, limit);
    return due.map((row) => {
      Object.assign(row, { leaseOwner, dueMs: nowMs + leaseMs });
      return { event: row.event, attempts: row.attempts++, delivered: [...row.delivered] };
    });
  }

  async markDelivered(leaseOwner: string, event: EventId, handler: string): Promise<boolean> {
    const row = this.#lent(leaseOwner, event);
    row?.delivered.push(handler);
    return row !== undefined;
  }

  async markSent(leaseOwner: string, event: EventId): Promise<boolean> {
    this.onEnd();
    const row = this.#lent(leaseOwner, event);
    if (row !== undefined) row.sent = true;
    return row !== undefined;
  }

  async postpone(leaseOwner: string, event: EventId, delayMs: number, error: string): Promise<boolean> {
    const row = this.#lent(leaseOwner, event);
    if (row === undefined) return false;
    row.postponed.push({ delayMs, error });
    Object.assign(row, { leaseOwner: undefined, dueMs: this.#clock.now() + delayMs });
    return true;
  }

  /** How many events are not yet delivered. */
  unsent(): number {
    return this.rows.filter(({ sent }) => !sent).length;
  }

  #lent(leaseOwner: string, event: EventId): Row | undefined {
    const row = this.rows.find((one) => one.event.id === event);
    return row?.leaseOwner === leaseOwner && row.dueMs > this.#clock.now() && !row.sent ? row : undefined;
  }
}

/** Lets everything run that is not waiting for the clock. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
};

/** An error a relay reported: what, of which event, in which handler. */
export interface Reported {
  readonly error: unknown;
  readonly event: string | undefined;
  readonly handler: string | undefined;
}

/** An outbox, handlers that note what they run, and relays on one clock. */
export function scene() {
  const clock = fakeClock(Date.UTC(2026, 10, 23, 8));
  const outbox = new MemoryOutbox(clock);
  const events: Events = new EventBus(() => undefined);
  const ran: string[] = [];
  const reported: Reported[] = [];
  let relays = 0;
  return {
    clock,
    outbox,
    ran,
    reported,
    /** Adds a handler; what `run` does happens after it was noted. */
    handler(name: string, run: (event: DomainEvent) => unknown = () => undefined): void {
      events.handle('company.changed', name, (_, event) => {
        ran.push(`${name} ${event.id}`);
        return run(event);
      });
    },
    relay(options: RelayOptions = {}, random = 0.5): OutboxRelay {
      return new OutboxRelay(
        {
          maintenance: outbox as Pick<Maintenance, keyof MemoryOutbox & keyof Maintenance> as Maintenance,
          events,
          clock,
          leaseOwner: `relay-${++relays}`,
          random: () => random,
          onError: (error, event, handler) => reported.push({ error, event: event?.id, handler }),
        },
        options,
      );
    },
    /** Lets time pass, in steps, each of which runs to its end. */
    async pass(byMs: number, stepMs = byMs): Promise<void> {
      for (let passedMs = 0; passedMs < byMs; passedMs += stepMs) {
        clock.advance(Math.min(stepMs, byMs - passedMs));
        await settle();
      }
    },
  };
}
