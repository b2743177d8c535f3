import type { EventName, PluginEvent } from '../events.ts';
import type { DomainEvents, Events } from './domainEvents.ts';
import type { EventBus, Unsubscribe } from './events.ts';
import type { AnyEvent, EventListener } from './handlers.ts';

/** An event that a plugin declares: its name, and by its type what it carries. Compared by name, like tokens. */
export interface EventType<P, Name extends string = string> {
  readonly kind: 'event';
  readonly name: Name;
  /** Carries the type; never present at run time. */
  readonly '~payload'?: () => P;
}

/**
 * Declares an event of a plugin. Called twice, like {@link token}, so that the literal name is inferred. What it carries is
 * stored as JSON. The name is stored too: it stays the same for good, and begins with the plugin's own word.
 *
 * @example
 * const GiftSold = eventType<{ readonly giftId: string }>()('gift.sold');
 */
export const eventType =
  <P>() =>
  <const Name extends `${string}.${string}`>(name: Name): EventType<P, Name> =>
    Object.freeze({ kind: 'event', name });

/** Observes events of the domain by their names, and those of plugins by their types. */
export interface Observe {
  <N extends EventName>(event: N, observe: EventListener<DomainEvents[N]>): Unsubscribe;
  <P>(event: EventType<P>, observe: EventListener<PluginEvent<P>>): Unsubscribe;
}

/** Handles events of the domain by their names, and those of plugins by their types. */
export interface Handle {
  <N extends EventName>(event: N, name: string, run: EventListener<DomainEvents[N]>): void;
  <P>(event: EventType<P>, name: string, run: EventListener<PluginEvent<P>>): void;
}

/** Events of plugins travel on the bus as those of the domain do; the overloads check what the bus cannot know. */
type AnyBus = EventBus<Readonly<Record<string, AnyEvent>>>;
type AnyListener = (payload: never, event: never) => unknown;

const nameOf = (event: string | EventType<unknown>): string => (typeof event === 'string' ? event : event.name);

/** How a plugin, or the host, observes. */
export const observing =
  (events: Events, plugin?: string): Observe =>
  (event: string | EventType<unknown>, observe: AnyListener) =>
    (events as unknown as AnyBus).on(nameOf(event), observe as EventListener<AnyEvent>, plugin);

/** How a plugin handles durably. */
export const handling =
  (events: Events, plugin: string): Handle =>
  (event: string | EventType<unknown>, name: string, run: AnyListener) =>
    (events as unknown as AnyBus).handle(nameOf(event), name, run as EventListener<AnyEvent>, plugin);
