import { EngineError } from '../errors.ts';

/** Any event: a name and what it carries. */
export interface AnyEvent {
  readonly name: string;
  readonly payload: unknown;
}

/** The events of a bus by name. */
export type EventsByName<Events> = { readonly [N in keyof Events]: AnyEvent & { readonly name: N } };

/** Called with what an event carries, and with the whole event beside it. Of what it returns, only a promise counts. */
export type EventListener<Event extends AnyEvent> = (payload: Event['payload'], event: Event) => unknown;

/** A durable handler: the outbox relay runs it at least once per event, once in effect by (name, event id). */
export interface DurableHandler<Event extends AnyEvent> {
  readonly event: Event['name'];
  /** Unique for its event, and the same in every release: it is stored beside the id of each event it handled. */
  readonly name: string;
  /** The plugin that registered it, or `host`. */
  readonly plugin: string;
  readonly run: EventListener<Event>;
}

type Registered<Events extends EventsByName<Events>> = {
  [N in keyof Events]?: readonly DurableHandler<Events[N]>[];
};

const none: readonly never[] = Object.freeze([]);

/** Which durable handlers there are. It only remembers them; the outbox relay asks it and runs them. */
export class DurableHandlers<Events extends EventsByName<Events>> {
  readonly #byEvent: Registered<Events> = Object.create(null) as Registered<Events>;

  /** Remembers a handler of `event`. Throws HANDLER_NAME_TAKEN where the event already has one of that name. */
  register<N extends keyof Events & string>(event: N, handler: DurableHandler<Events[N]>): void {
    const twin = this.of(event).find(({ name }) => name === handler.name);
    if (twin) {
      throw new EngineError(
        'HANDLER_NAME_TAKEN',
        `Plugin "${handler.plugin}" handles "${event}" as "${handler.name}", as plugin "${twin.plugin}" already does.`,
      );
    }
    this.#byEvent[event] = Object.freeze([...this.of(event), Object.freeze(handler)]);
  }

  /** The handlers of one event, in the order in which they were registered. */
  of<N extends keyof Events>(event: N): readonly DurableHandler<Events[N]>[] {
    return this.#byEvent[event] ?? none;
  }
}
