import { randomUUID } from 'node:crypto';
import { Clock } from '../contracts/clock.ts';
import { Maintenance } from '../contracts/maintenance.ts';
import { definePlugin, type Plugin } from '../kernel/definePlugin.ts';
import { Events } from '../kernel/domainEvents.ts';
import { report, type ErrorSink } from '../kernel/errorSink.ts';
import { Outbox } from './outboxSignal.ts';
import { OutboxRelay, type RelayOptions } from './relay.ts';

/** Delivers the outbox while the engine runs. It starts last, when every handler is ready, and stops first. */
export const relayPlugin = (options: RelayOptions, onError: ErrorSink): Plugin =>
  definePlugin({
    name: 'askpro/relay',
    apiVersion: 1,
    requires: { maintenance: Maintenance, events: Events, clock: Clock, outbox: Outbox },
    setup(_, { maintenance, events, clock, outbox }) {
      const relay = new OutboxRelay(
        {
          maintenance,
          events,
          clock,
          leaseOwner: randomUUID(),
          random: Math.random,
          onError: (error, event, handler) =>
            report(onError, error, {
              phase: 'handler',
              plugin: handler ?? 'askpro/relay',
              ...(event === undefined ? {} : { event: event.name }),
            }),
        },
        options,
      );
      outbox.listen(() => relay.wake());
      return { start: () => relay.start(), stop: () => relay.stop() };
    },
  });
