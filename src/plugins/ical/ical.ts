import { BusySource, Clock, Companies, definePlugin, Directory, Documents, Route, type Plugin } from '../../plugin.ts';
import { loadParser, type Parser } from './calendar/parser.ts';
import { Calendars, storedCalendars } from './calendars.ts';
import { Feeds } from './feed/feeds.ts';
import { readOptions, type IcalOptions } from './options.ts';
import { Refresher } from './subscription/refresher.ts';
import { CalendarSource } from './subscription/source.ts';
import { SubscriptionStore } from './subscription/store.ts';

/**
 * Calendars by iCalendar (RFC 5545): resources are subscribed to calendars elsewhere, whose times then are occupied here,
 * and appointments are published at `/calendars/:token`. Needs the package ical.js.
 * Throws OPTION_INVALID for options that cannot be used; the engine does not start without ical.js (DEPENDENCY_MISSING).
 * @example
 * ```ts
 * import { createEngine } from 'askpro';
 * import { sqlite } from 'askpro/adapters/sequelize';
 * import { Calendars, ical } from 'askpro/plugins/ical';
 *
 * const engine = await createEngine({ storage: sqlite('askpro.db'), plugins: [ical()] });
 * const id = await engine.get(Directory).companyByKey('salon');
 * if (id !== undefined)
 *   await engine.get(Calendars).subscribe(id, { resource: 'anna', url: 'https://calendar.example/anna.ics' });
 * ```
 */
export function ical(options: IcalOptions = {}): Plugin {
  const settings = readOptions(options);
  return definePlugin({
    name: 'ical',
    apiVersion: 1,
    requires: { documents: Documents, companies: Companies, directory: Directory, clock: Clock },
    provides: [Calendars],
    async setup({ provide, contribute }, { documents, companies, directory, clock }) {
      const parse: Parser = await loadParser();
      const store = new SubscriptionStore(documents, clock);
      const refresher = new Refresher({ store, directory, clock, settings, place: { settings, clock, parse } });
      const feeds = new Feeds({ documents, companies, clock });
      provide(Calendars, storedCalendars({ companies, store, refresher, feeds, clock }));
      contribute(BusySource, new CalendarSource({ store, refresher, clock, settings }));
      contribute(Route, feeds.route());
      return { start: () => refresher.start(), stop: () => refresher.stop() };
    },
  });
}
