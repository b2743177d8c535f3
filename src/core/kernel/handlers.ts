import { EngineError } from '../errors.ts';

/** Any event: a name and what it carries. */
export interface AnyEvent {
  readonly name: string;
  readonly payload: unknown;
}

/** The events of a bus by name. */
export type EventsByName<Events> = { readonly [N in keyof Events]: AnyEvent & { readonly name: N } };

/** Called with what an event carries, and with the whole event beside it. */
export type EventListener<Event extends AnyEvent> = (payload: Event['payload'], event: Event) => void | Promise<void>;

/** A durable handler: the outbox relay runs it at least once per event, once in effect by (name, event id). */
export interface DurableHandler<Event extends AnyEvent> {
  readonly event: Event['name'];
  /** Unique in a composition and never changed between releases: it is stored beside the id of each event it handled. */
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
  readonly #owners = new Map<string, string>();

  /** Remembers a handler of `event`. Throws HANDLER_NAME_TAKEN where the name is in use. */
  register<N extends keyof Events>(event: N, handler: DurableHandler<Events[N]>): void {
    const owner = this.#owners.get(handler.name);
    if (owner !== undefined) {
      throw new EngineError(
        'HANDLER_NAME_TAKEN',
        `Plugin "${handler.plugin}" names a handler "${handler.name}"; plugin "${owner}" already has one of that name.`,
      );
    }
    this.#owners.set(handler.name, handler.plugin);
    this.#byEvent[event] = Object.freeze([...this.of(event), Object.freeze(handler)]);
  }

  /** The handlers of one event, in the order in which they were registered. */
  of<N extends keyof Events>(event: N): readonly DurableHandler<Events[N]>[] {
    return this.#byEvent[event] ?? none;
  }

  /** The names of all handlers, in the order in which they were registered. */
  names(): readonly string[] {
    return [...this.#owners.keys()];
  }
}
