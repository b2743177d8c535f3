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
  /** How long an event is lent. Its handlers have nine tenths of that together, and run again after it. Left out: 30,000. */
  readonly leaseMs?: number;
  /** Events in delivery at the same time. Left out: 100. */
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
  /** Told of everything that fails; must not throw. */
  readonly onError: (error: unknown, event: DomainEvent | undefined, handler: string | undefined) => void;
}

const MAX_BACKOFF_MS = 300_000;

/** What is left of a lease when handlers are given up, so that the event can still be given back. */
const HANDLER_SHARE = 0.9;

/**
 * Delivers the outbox to the durable handlers of this process, at least once and in order of each aggregate. A handler
 * that fails or hangs holds up its own aggregate alone: the other handlers of the event run, are noted, and do not run again
 * when it is retried.
 */
export class OutboxRelay {
  readonly #deps: Deps;
  readonly #options: Required<RelayOptions>;
  readonly #inFlight = new Set<Promise<void>>();
  #running = false;
  #cancelPoll: (() => void) | undefined;
  #look: Promise<void> | undefined;
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
    await this.#look;
    await Promise.all(this.#inFlight);
  }

  /** A hint that there is something to deliver. Never throws. */
  wake(): void {
    if (!this.#running) return;
    if (this.#look !== undefined) {
      this.#again = true;
      return;
    }
    this.#again = false;
    this.#cancelPoll?.();
    this.#look = this.#lend().finally(() => {
      this.#look = undefined;
      if (!this.#running) return;
      if (this.#again) this.wake();
      else this.#cancelPoll = this.#deps.clock.after(this.#pollDelayMs(), () => this.wake());
    });
  }

  #pollDelayMs(): number {
    return this.#options.pollMs * (0.8 + 0.4 * this.#deps.random());
  }

  /** Borrows what is due and begins to deliver it, without waiting for it: a slow handler must not hold up the others. */
  async #lend(): Promise<void> {
    const { leaseMs, batchSize } = this.#options;
    const free = batchSize - this.#inFlight.size;
    if (free <= 0) return;
    try {
      const leased = await this.#deps.maintenance.leaseEvents(this.#deps.leaseOwner, leaseMs, free);
      if (leased.length === 0) return;
      // Together, so that the storage may write their ends in one commit; then whatever became due behind them.
      void Promise.all(leased.map((one) => this.#track(this.#deliver(one)))).then(() => this.wake());
    } catch (error) {
      this.#deps.onError(error, undefined, undefined);
    }
  }

  #track(delivery: Promise<void>): Promise<void> {
    const tracked = delivery.finally(() => this.#inFlight.delete(tracked));
    this.#inFlight.add(tracked);
    return tracked;
  }

  async #deliver(leased: LeasedEvent): Promise<void> {
    try {
      await this.#handle(leased);
    } catch (error) {
      // The storage failed: the lease runs out, and the event is delivered again.
      this.#deps.onError(error, leased.event, undefined);
    }
  }

  async #handle({ event, attempts, delivered }: LeasedEvent): Promise<void> {
    const { maintenance, events, leaseOwner, clock, onError } = this.#deps;
    const handlers = events.handlers.of(event.name) as readonly DurableHandler<DomainEvent>[];
    const open = handlers.filter((handler) => !delivered.includes(handler.name));
    const timeUp = Promise.withResolvers<typeof TIME_UP>();
    const cancel = clock.after(this.#options.leaseMs * HANDLER_SHARE, () => timeUp.resolve(TIME_UP));
    let failed: string | undefined;
    try {
      for (const [index, handler] of open.entries()) {
        let ended: unknown;
        try {
          ended = await Promise.race([handler.run(event.payload, event), timeUp.promise]);
        } catch (error) {
          onError(error, event, handler.name);
          failed = describe(error);
          continue;
        }
        if (ended === TIME_UP) {
          const error = new EngineError('HANDLER_TIMEOUT', `"${handler.name}" of "${event.name}" took too long.`);
          onError(error, event, handler.name);
          failed = describe(error);
          break;
        }
        // After the last of them the event itself is ended, which says the same.
        if (index === open.length - 1 && failed === undefined) break;
        if (!(await maintenance.markDelivered(leaseOwner, event.id, handler.name))) return;
      }
    } finally {
      cancel();
    }
    if (failed === undefined) await maintenance.markSent(leaseOwner, event.id);
    else await maintenance.postpone(leaseOwner, event.id, this.#backoffMs(attempts), failed);
  }

  #backoffMs(attempts: number): number {
    return Math.min(this.#options.backoffMs * 2 ** Math.min(attempts, 20), MAX_BACKOFF_MS);
  }
}

const TIME_UP = Symbol('time is up');

const describe = (error: unknown): string =>
  error instanceof EngineError ? error.code : error instanceof Error ? error.name : typeof error;
