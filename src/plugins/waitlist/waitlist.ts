import {
  ApiKeys,
  Clock,
  Companies,
  definePlugin,
  Directory,
  Documents,
  NewId,
  PersonalData,
  Publisher,
  Route,
  Upkeep,
  type CompanyDoor,
  type CompanyId,
  type Plugin,
} from '../../plugin.ts';
import { Waitlist } from './contract.ts';
import { waitlistRoutes } from './http/routes.ts';
import { WaitlistDeclined, WaitlistExpired } from './events.ts';
import { Keeper } from './keeper.ts';
import { Offering } from './offering.ts';
import { readOptions, type WaitlistOptions } from './options.ts';
import { waitlistData } from './personalData.ts';
import { WaitlistStore } from './store.ts';
import { storedWaitlist } from './storedWaitlist.ts';

/**
 * A line of those who wait for a start or for anything in a window. When something becomes free, the first in line who can
 * use it gets it held and `waitlist.offered` is published; if he does not take it, the next one gets it.
 * Contributes the routes `/api/v2/waitlist`, which take the keys of the HTTP API.
 * Throws OPTION_INVALID for options that cannot be used.
 * @example
 * ```ts
 * import { createEngine } from 'askpro';
 * import { sqlite } from 'askpro/adapters/sequelize';
 * import { waitlist } from 'askpro/plugins/waitlist';
 *
 * const engine = await createEngine({ storage: sqlite('askpro.db'), plugins: [waitlist({ offerMinutes: 30 })] });
 * ```
 */
export function waitlist(options: WaitlistOptions = {}): Plugin {
  const settings = readOptions(options);
  return definePlugin({
    name: 'waitlist',
    apiVersion: 1,
    requires: {
      documents: Documents,
      publisher: Publisher,
      companies: Companies,
      directory: Directory,
      clock: Clock,
      newId: NewId,
      keys: ApiKeys,
    },
    provides: [Waitlist],
    setup({ provide, contribute, handle }, { documents, publisher, companies, directory, clock, newId, keys }) {
      const store = new WaitlistStore({ documents, publisher });
      const now = (): number => clock.now();
      const notice = (company: CompanyId, atMs: number): void => keeper.notice(company, atMs);
      const offering = new Offering({ store, now, notice, ...settings });
      const keeper = new Keeper({ store, offering, companies, directory, clock, recheckMs: settings.recheckMs });
      const within = async (company: CompanyId, work: (door: CompanyDoor) => Promise<void>): Promise<void> => {
        const door = await companies.open(company);
        if (door.ok) await work(door);
      };
      const freed = (company: CompanyId, { startMs, endMs }: { readonly startMs: number; readonly endMs: number }) =>
        within(company, (door) => offering.promote(door, { fromMs: startMs, toMs: endMs }));

      handle('appointment.cancelled', 'waitlist.promote', ({ appointment }) =>
        freed(appointment.companyId, appointment),
      );
      handle('appointment.rescheduled', 'waitlist.promote', ({ previous }) => freed(previous.companyId, previous));
      handle('hold.released', 'waitlist.promote', ({ hold }) => freed(hold.companyId, hold));
      handle(WaitlistExpired, 'waitlist.pass-on', (passed, { companyId }) =>
        within(companyId, (door) => offering.passOn(door, passed)),
      );
      handle(WaitlistDeclined, 'waitlist.pass-on', (passed, { companyId }) =>
        within(companyId, (door) => offering.passOn(door, passed)),
      );
      contribute(Upkeep, keeper);
      contribute(PersonalData, waitlistData({ store, offering, companies }));
      const list = storedWaitlist({ store, offering, companies, settings, newId, now, notice });
      provide(Waitlist, list);
      for (const route of waitlistRoutes({ list, companies, keys })) contribute(Route, route);
    },
  });
}
