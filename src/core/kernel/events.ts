import { EventEmitter } from 'eventemitter3';
import { HOST, report, type ErrorSink } from './errorSink.ts';
import { DurableHandlers, type AnyEvent, type EventListener, type EventsByName } from './handlers.ts';

/** Ends a subscription; calling it again does nothing. */
export type Unsubscribe = () => void;

/**
 * The events of one engine. Observers run in process, at most once, in the order in which they subscribed, and what they
 * throw goes to the error sink, never to the emitter. Durable handlers are only registered here.
 */
export class EventBus<Events extends EventsByName<Events>> {
  /** What the outbox relay consults. */
  readonly handlers = new DurableHandlers<Events>();
  readonly #emitter = new EventEmitter();
  readonly #onError: ErrorSink;

  constructor(onError: ErrorSink) {
    this.#onError = onError;
  }

  /** Observes an event after its commit. A promise returned is not awaited; its rejection goes to the error sink. */
  on<N extends keyof Events & string>(event: N, observe: EventListener<Events[N]>, plugin = HOST): Unsubscribe {
    const onError = this.#onError;
    let subscribed = true;
    const deliver = (emitted: Events[N]): void => {
      // An observer may unsubscribe another while both are being called.
      if (subscribed) observeSafely(observe, emitted, plugin, onError);
    };
    this.#emitter.on(event, deliver);
    return () => {
      subscribed = false;
      this.#emitter.off(event, deliver);
    };
  }

  /**
   * Registers a durable handler, which the outbox relay runs at least once for each event and once in effect.
   * Throws HANDLER_NAME_TAKEN where the event already has a handler of that name.
   */
  handle<N extends keyof Events & string>(event: N, name: string, run: EventListener<Events[N]>, plugin = HOST): void {
    this.handlers.register(event, { event, name, plugin, run });
  }

  /** Calls every observer of the event. Never throws. */
  emit(event: Events[keyof Events]): void {
    this.#emitter.emit(event.name as string, event);
  }

  /** Ends every subscription. */
  close(): void {
    this.#emitter.removeAllListeners();
  }
}

const observeSafely = <Event extends AnyEvent>(
  observe: EventListener<Event>,
  event: Event,
  plugin: string,
  onError: ErrorSink,
): void => {
  const fail = (error: unknown): void => report(onError, error, { phase: 'observer', plugin, event: event.name });
  try {
    const result = observe(event.payload, event);
    if (typeof result === 'object' && result !== null && 'then' in result) Promise.resolve(result).catch(fail);
  } catch (error) {
    fail(error);
  }
};
