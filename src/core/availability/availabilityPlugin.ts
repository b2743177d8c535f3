import { BookingRule } from '../contracts/bookingRule.ts';
import { BusySource } from '../contracts/busySource.ts';
import { Clock } from '../contracts/clock.ts';
import { Storage } from '../contracts/storage.ts';
import { definePlugin, type Plugin } from '../kernel/definePlugin.ts';
import { report, type ErrorSink } from '../kernel/errorSink.ts';
import { all } from '../kernel/requirement.ts';
import { token } from '../kernel/token.ts';
import { Availability } from './availability.ts';
import { Catalogs } from './catalogs.ts';
import { readMany, type ManyReader } from './readMany.ts';

/** The one predicate of an engine. */
export const AvailabilityToken = token<Availability>()('askpro/availability');
/** The compiled configurations of an engine. */
export const CatalogsToken = token<Catalogs>()('askpro/catalogs');

/** Judges many starts at once by the same predicate. */
export const ManyToken = token<ManyReader>()('askpro/availability-many');

/** Availability as a part of the engine. `maxCompanies` bounds how many configurations stay compiled. */
export const availabilityPlugin = (maxCompanies: number, onError: ErrorSink): Plugin =>
  definePlugin({
    name: 'askpro/availability',
    apiVersion: 1,
    requires: { storage: Storage, clock: Clock, rules: all(BookingRule), sources: all(BusySource) },
    provides: [AvailabilityToken, CatalogsToken, ManyToken],
    setup({ provide }, { storage, clock, rules, sources }) {
      const catalogs = new Catalogs(storage, maxCompanies);
      provide(CatalogsToken, catalogs);
      const outside = {
        sources,
        clock,
        onError: (error: unknown, plugin: string) => report(onError, error, { phase: 'source', plugin }),
      };
      provide(ManyToken, (company, starts, except) =>
        readMany({ catalogs, clock, rules, outside }, company, starts, except),
      );
      provide(AvailabilityToken, new Availability({ storage, catalogs, clock, rules, outside }));
    },
  });
