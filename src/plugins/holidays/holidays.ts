import { BusySource, Clock, Companies, definePlugin, type Plugin } from '../../plugin.ts';
import { Closures } from './closures.ts';
import { loadLibrary, placeOf } from './library.ts';
import { readOptions, type HolidayOptions } from './options.ts';
import { HolidaySource } from './source.ts';

/**
 * Public holidays as closed time of companies, branches or resources. Needs the package date-holidays, which is loaded when
 * an engine starts. Holidays are outside time and no overrides of schedules: schedules belong to whoever applies the setup,
 * and what the plugin wrote there would be taken back by the next one. So a holiday closes its whole local date, the end of
 * a shift from the evening before included.
 * Throws OPTION_INVALID; for a country, state or region that date-holidays does not know when the engine starts.
 * @example
 * ```ts
 * import { createEngine } from 'askpro';
 * import { sqlite } from 'askpro/adapters/sequelize';
 * import { holidays } from 'askpro/plugins/holidays';
 *
 * const berlin = { company: 'salon', country: 'DE', state: 'BE', open: ['2026-03-08'], closed: ['2026-12-28'] };
 * const engine = await createEngine({ storage: sqlite('askpro.db'), plugins: [holidays({ calendars: [berlin] })] });
 * ```
 */
export function holidays(options: HolidayOptions): Plugin {
  const calendars = readOptions(options);
  return definePlugin({
    name: 'holidays',
    apiVersion: 1,
    requires: { companies: Companies, clock: Clock },
    async setup({ contribute }, { companies, clock }) {
      if (calendars.length === 0) return;
      const library = await loadLibrary();
      const kept = calendars.map((calendar, index) => ({
        calendar,
        closures: new Closures(calendar, placeOf(calendar, index, library)),
      }));
      contribute(BusySource, new HolidaySource(kept, companies, clock));
    },
  });
}
