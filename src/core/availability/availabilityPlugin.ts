import { BookingRule } from '../contracts/bookingRule.ts';
import { Clock } from '../contracts/clock.ts';
import { Storage } from '../contracts/storage.ts';
import { definePlugin, type Plugin } from '../kernel/definePlugin.ts';
import { all } from '../kernel/requirement.ts';
import { token } from '../kernel/token.ts';
import { Availability } from './availability.ts';
import { Catalogs } from './catalogs.ts';

/** The one predicate of an engine. */
export const AvailabilityToken = token<Availability>()('askpro/availability');
/** The compiled configurations of an engine. */
export const CatalogsToken = token<Catalogs>()('askpro/catalogs');

/** Availability as a part of the engine. `maxCompanies` bounds how many configurations stay compiled. */
export const availabilityPlugin = (maxCompanies: number): Plugin =>
  definePlugin({
    name: 'askpro/availability',
    apiVersion: 1,
    requires: { storage: Storage, clock: Clock, rules: all(BookingRule) },
    provides: [AvailabilityToken, CatalogsToken],
    setup({ provide }, { storage, clock, rules }) {
      const catalogs = new Catalogs(storage, maxCompanies);
      provide(CatalogsToken, catalogs);
      provide(AvailabilityToken, new Availability({ storage, catalogs, clock, rules }));
    },
  });
