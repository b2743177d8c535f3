import { Committer } from '../booking/commit.ts';
import { Clock } from '../contracts/clock.ts';
import { NewId } from '../contracts/ids.ts';
import { Maintenance } from '../contracts/maintenance.ts';
import { Storage } from '../contracts/storage.ts';
import { Outbox } from '../jobs/outboxSignal.ts';
import { Upkeep } from '../jobs/upkeep.ts';
import { definePlugin, type Plugin } from '../kernel/definePlugin.ts';
import { Events } from '../kernel/domainEvents.ts';
import { report, type ErrorSink } from '../kernel/errorSink.ts';
import { Journal } from './journal.ts';
import { CallReaper } from './reaper.ts';

/** Settings of {@link reaperPlugin}. */
export interface ReaperSettings {
  readonly everyMs: number;
  readonly limit: number;
  readonly silentCallsMs: number;
}

/** Closes, again and again, calls whose end nobody has told. */
export const reaperPlugin = ({ everyMs, limit, silentCallsMs }: ReaperSettings, onError: ErrorSink): Plugin =>
  definePlugin({
    name: 'askpro/reaper',
    apiVersion: 1,
    requires: {
      storage: Storage,
      maintenance: Maintenance,
      clock: Clock,
      newId: NewId,
      events: Events,
      outbox: Outbox,
      journal: Journal,
    },
    setup({ contribute }, { storage, maintenance, clock, newId, events, outbox, journal }) {
      const now = (): number => clock.now();
      const committer = new Committer({ storage, events, newId, now, wakeRelay: () => outbox.raise() });
      const reaper = new CallReaper(
        {
          storage,
          maintenance,
          committer,
          journal,
          now,
          onError: (error) => report(onError, error, { phase: 'upkeep', plugin: 'askpro/reaper' }),
        },
        { silentMs: silentCallsMs, limit },
      );
      contribute(Upkeep, { name: 'askpro/reaper', everyMs, turn: () => reaper.turn() });
    },
  });
