import { AvailabilityToken, CatalogsToken, ManyToken } from '../availability/availabilityPlugin.ts';
import type { Catalog } from '../availability/catalog.ts';
import { Batches } from '../booking/batches.ts';
import { Books } from '../booking/books.ts';
import { Changes } from '../booking/changes.ts';
import { Committer } from '../booking/commit.ts';
import { Holds } from '../booking/holds.ts';
import { offerTokens } from '../booking/offerTokens.ts';
import { Series } from '../booking/series.ts';
import { SeriesCancelling } from '../booking/seriesCancelling.ts';
import { SeriesMoving } from '../booking/seriesMoving.ts';
import { Journal } from '../calls/journal.ts';
import { Clock } from '../contracts/clock.ts';
import { NewId } from '../contracts/ids.ts';
import { Storage } from '../contracts/storage.ts';
import { Outbox } from '../jobs/outboxSignal.ts';
import { definePlugin, type Plugin } from '../kernel/definePlugin.ts';
import { Events } from '../kernel/domainEvents.ts';
import { all } from '../kernel/requirement.ts';
import { refuse } from '../refusals.ts';
import { BookingConflictsToken } from './bookingConflicts.ts';
import { Companies } from './companies.ts';
import type { CompanyDoor } from './door.ts';
import { PersonalData } from './person/personalData.ts';
import { openDoor, type DoorDeps } from './openDoor.ts';

/** The doors to companies as a part of the engine. `secret` signs offers. */
export const companiesPlugin = (secret: Uint8Array): Plugin =>
  definePlugin({
    name: 'askpro/companies',
    apiVersion: 1,
    requires: {
      storage: Storage,
      clock: Clock,
      newId: NewId,
      events: Events,
      outbox: Outbox,
      availability: AvailabilityToken,
      catalogs: CatalogsToken,
      readMany: ManyToken,
      conflicts: BookingConflictsToken,
      journal: Journal,
      stores: all(PersonalData),
    },
    provides: [Companies],
    setup({ provide }, required) {
      const { storage, clock, newId, events, outbox, availability, catalogs, readMany } = required;
      const { conflicts, journal, stores } = required;
      const tokens = offerTokens(secret);
      const now = (): number => clock.now();
      const committer = new Committer({ storage, events, newId, now, wakeRelay: () => outbox.raise() });
      const shared = { storage, availability, catalogs, readMany, committer, tokens, clock, newId };
      const doors: DoorDeps = {
        ...shared,
        journal,
        stores,
        holds: new Holds(shared),
        books: new Books(shared),
        batches: new Batches(shared),
        series: new Series(shared),
        seriesCancelling: new SeriesCancelling(shared),
        seriesMoving: new SeriesMoving(shared),
        changes: new Changes(shared),
        conflicts,
      };
      // A door holds nothing but the company as it is in one revision, so one serves everybody until the next revision.
      const opened = new WeakMap<Catalog, CompanyDoor>();
      const doorOf = (catalog: Catalog): CompanyDoor => {
        let door = opened.get(catalog);
        if (door === undefined) opened.set(catalog, (door = openDoor(catalog.config.company, doors)));
        return door;
      };
      provide(Companies, {
        async open(id, seenRevision) {
          const catalog = await catalogs.current(id, seenRevision);
          return catalog === undefined ? refuse('COMPANY_UNKNOWN', {}) : doorOf(catalog);
        },
      });
    },
  });
