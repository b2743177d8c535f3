import type { DomainEvent, EventName } from '../events.ts';
import type { EventBus } from './events.ts';
import { token } from './token.ts';

/** Every event of the domain by its name. */
export type DomainEvents = { readonly [N in EventName]: DomainEvent<N> };

/** The event bus of an engine. Each composition provides it, so any plugin may require it. */
export type Events = EventBus<DomainEvents>;

/** The token of {@link Events}; needed to emit events and to run durable handlers, not to observe them. */
export const Events = token<Events>()('askpro/events');
