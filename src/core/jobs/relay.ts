import type { Clock } from '../contracts/clock.ts';
import type { LeasedEvent, Maintenance } from '../contracts/maintenance.ts';
import { EngineError } from '../errors.ts';
import type { DomainEvent } from '../events.ts';
import type { Events } from '../kernel/domainEvents.ts';
import type { DurableHandler } from '../kernel/handlers.ts';

/** How the relay works. */
export interface RelayOptions {
  /** How often to look without being woken. Jittered by a fifth. Left out: 1,000. */
  readonly pollMs?: number;
  /** How long an event is lent; a handler that takes longer may run twice. Left out: 30,000. */
  readonly leaseMs?: number;
  /** Events lent at a time. Left out: 100. */
  readonly batchSize?: number;
  /** Delay before the second try; it doubles up to 5 minutes. Left out: 1,000. */
  readonly backoffMs?: number;
}

interface Deps {
  readonly maintenance: Maintenance;
  readonly events: Pick<Events, 'handlers'>;
  readonly clock: Clock;
  /** Names this relay among all processes. */
  readonly leaseOwner: string;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly onError: (error: unknown, event: DomainEvent | undefined, handler: string | undefined) => void;
}

const MAX_BACKOFF_MS = 300_000;

/**
 * Delivers the outbox to the durable handlers of this process, at least once and in order of each aggregate. A handler
 * that has succeeded is noted and does not run again when another one of the same event must be retried.
 */
export class OutboxRelay {
  readonly #deps: Deps;
  readonly #options: Required<RelayOptions>;
  #running = false;
  #cancelPoll: (() => void) | undefined;
  #pass: Promise<void> | undefined;
  #again = false;

  constructor(deps: Deps, options: RelayOptions = {}) {
    this.#deps = deps;
    this.#options = { pollMs: 1000, leaseMs: 30_000, batchSize: 100, backoffMs: 1000, ...options };
  }

  /** Begins to deliver. */
  start(): void {
    this.#running = true;
    this.wake();
  }

  /** Delivers what is being delivered, then nothing more. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#cancelPoll?.();
    await this.#pass;
  }

  /** A hint that there is something to deliver. Never throws. */
  wake(): void {
    if (!this.#running) return;
    if (this.#pass !== undefined) {
      this.#again = true;
      return;
    }
    this.#cancelPoll?.();
    this.#pass = this.#drain().finally(() => {
      this.#pass = undefined;
      if (!this.#running) return;
      if (this.#again) this.wake();
      else this.#cancelPoll = this.#deps.clock.after(this.#pollDelayMs(), () => this.wake());
    });
  }

  #pollDelayMs(): number {
    return this.#options.pollMs * (0.8 + 0.4 * this.#deps.random());
  }

  async #drain(): Promise<void> {
    this.#again = false;
    try {
      for (;;) {
        const { leaseMs, batchSize } = this.#options;
        const leased = await this.#deps.maintenance.leaseEvents(this.#deps.leaseOwner, leaseMs, batchSize);
        // Together, so that the storage may write their ends in one commit.
        await Promise.all(leased.map((one) => this.#deliver(one)));
        if (leased.length === 0 || !this.#running) return;
      }
    } catch (error) {
      this.#deps.onError(error, undefined, undefined);
    }
  }

  async #deliver({ event, attempts, delivered }: LeasedEvent): Promise<void> {
    const { maintenance, events, leaseOwner, onError } = this.#deps;
    const handlers = events.handlers.of(event.name) as readonly DurableHandler<DomainEvent>[];
    const open = handlers.filter((handler) => !delivered.includes(handler.name));
    for (const handler of open) {
      try {
        await handler.run(event.payload, event);
      } catch (error) {
        onError(error, event, handler.name);
        const delayMs = Math.min(this.#options.backoffMs * 2 ** Math.min(attempts, 20), MAX_BACKOFF_MS);
        await maintenance.postpone(leaseOwner, event.id, delayMs, describe(error));
        return;
      }
      if (open.length > 1 && !(await maintenance.markDelivered(leaseOwner, event.id, handler.name))) return;
    }
    await maintenance.markSent(leaseOwner, event.id);
  }
}

const describe = (error: unknown): string =>
  error instanceof EngineError ? error.code : error instanceof Error ? error.name : typeof error;
