import { Clock } from '../contracts/clock.ts';
import { Documents } from '../contracts/documents.ts';
import { NewId } from '../contracts/ids.ts';
import { definePlugin, type Plugin } from '../kernel/definePlugin.ts';
import { Events } from '../kernel/domainEvents.ts';
import { Outbox } from './outboxSignal.ts';
import { documentPublisher, Publisher } from './publisher.ts';

/** Events of plugins as a part of the engine. */
export const publisherPlugin: Plugin = definePlugin({
  name: 'askpro/publisher',
  apiVersion: 1,
  requires: { documents: Documents, events: Events, clock: Clock, newId: NewId, outbox: Outbox },
  provides: [Publisher],
  setup({ provide }, deps) {
    provide(Publisher, documentPublisher(deps));
  },
});
