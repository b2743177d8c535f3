import type { Availability } from '../availability/availability.ts';
import type { Search, StartToJudge } from '../availability/search.ts';
import type { Catalogs } from '../availability/catalogs.ts';
import type { CheckQuery, FindQuery, Found } from '../availability/query.ts';
import { authoriseReplacing } from '../availability/replaced.ts';
import type { Asker } from '../availability/wish.ts';
import type { Batches } from '../booking/batches.ts';
import type { Books } from '../booking/books.ts';
import type { Changes } from '../booking/changes.ts';
import type { Committer } from '../booking/commit.ts';
import type { Holds } from '../booking/holds.ts';
import type { OfferTokens } from '../booking/offerTokens.ts';
import type { Series } from '../booking/series.ts';
import type { SeriesCancelling } from '../booking/seriesCancelling.ts';
import type { SeriesMoving } from '../booking/seriesMoving.ts';
import { termsOf } from '../booking/terms.ts';
import { readStart } from '../booking/target.ts';
import type { Journal } from '../calls/journal.ts';
import { StoredCallSessions } from '../calls/storedSessions.ts';
import { traceAppointment, traceCall } from '../calls/trace.ts';
import type { Clock } from '../contracts/clock.ts';
import type { Storage } from '../contracts/storage.ts';
import { EngineError } from '../errors.ts';
import type { Appointment } from '../model/appointment.ts';
import type { Company } from '../model/company.ts';
import { isId } from '../model/ids.ts';
import { statuses } from '../model/status.ts';
import { callerNumber } from '../phone/resolve.ts';
import { refuse, type Answer, type Refused } from '../refusals.ts';
import { readAppointmentCursor } from './cursors.ts';
import { companyLists } from './companyLists.ts';
import { filterRefusal } from './filterErrors.ts';
import { isLimit, wrongCursor, wrongField, wrongLimit } from './paging.ts';
import { CustomerRecords } from './person/customerRecords.ts';
import type { PersonalData } from './person/personalData.ts';
import { companyExport } from './export/companyExport.ts';
import type { BookingConflicts } from './bookingConflicts.ts';
import { conflictsAfter } from './conflictPages.ts';
import type { CompanyDoor } from './door.ts';
import { readFindQuery } from './findQuery.ts';

/** What doors are made from. */
export interface DoorDeps {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly catalogs: Catalogs;
  readonly availability: Availability;
  readonly tokens: OfferTokens;
  readonly holds: Holds;
  readonly books: Books;
  readonly batches: Batches;
  readonly series: Series;
  readonly seriesCancelling: SeriesCancelling;
  readonly seriesMoving: SeriesMoving;
  readonly changes: Changes;
  readonly conflicts: BookingConflicts;
  readonly journal: Journal;
  readonly committer: Committer;
  /** What plugins keep of people. */
  readonly stores: readonly PersonalData[];
  readonly newId: () => string;
}

interface AskedSearch {
  readonly ok: true;
  readonly search: Search;
  readonly asker: Asker;
}

interface AskedStart {
  readonly ok: true;
  readonly start: StartToJudge;
  readonly asker: Asker;
}

/** Opens the door to a company that is known to be there. */
export function openDoor(company: Company, deps: DoorDeps): CompanyDoor {
  const {
    storage,
    catalogs,
    availability,
    holds,
    books,
    batches,
    series,
    seriesCancelling,
    seriesMoving,
    changes,
    journal,
    clock,
    newId,
  } = deps;
  const { id } = company;
  const active = async <T extends { readonly active: boolean }>(
    pick: (config: NonNullable<Awaited<ReturnType<Catalogs['current']>>>['config']) => readonly T[],
  ): Promise<readonly T[]> => {
    const catalog = await catalogs.current(id);
    return catalog === undefined ? [] : pick(catalog.config).filter((entity) => entity.active);
  };
  /** What a search asks, and for whom. */
  const askedSearch = async (query: FindQuery): Promise<AskedSearch | Refused> => {
    const read = readFindQuery(query, clock.now());
    if (!read.ok) return read;
    const replaced = await authoriseReplacing(storage, id, query.replacing);
    if (!replaced.ok) return replaced;
    const customerId = replaced.appointment?.customerId ?? null;
    return { ok: true, search: read.search, asker: { except: replaced.owner, customerId } };
  };
  /** What a question about one start asks, and for whom. */
  const askedStart = async (query: CheckQuery): Promise<AskedStart | Refused> => {
    const read = readStart(query);
    if (!read.ok) return read;
    const replaced = await authoriseReplacing(storage, id, query.replacing);
    if (!replaced.ok) return replaced;
    const asker = { except: replaced.owner, customerId: replaced.appointment?.customerId ?? null };
    return { ok: true, start: read.start, asker };
  };
  return {
    ok: true,
    company,
    ...companyLists(company, { storage, catalogs }),
    calls: new StoredCallSessions(id, { storage, journal, newId, now: () => clock.now() }),
    export: companyExport(storage, id),
    customers: new CustomerRecords(id, { ...deps, now: () => clock.now() }),
    branches: () => active((config) => config.branches),
    services: () => active((config) => config.services),
    resources: () => active((config) => config.resources),

    async find(query): Promise<Answer<Found>> {
      const asked = await askedSearch(query);
      return asked.ok ? availability.find(id, asked.search, asked.asker) : asked;
    },
    async caseFile(query) {
      const asked = await askedSearch(query);
      return asked.ok ? availability.caseFile(id, asked.search, asked.asker) : asked;
    },
    async check(query) {
      const asked = await askedStart(query);
      if (!asked.ok) return asked;
      const judged = await availability.judge(id, asked.start, asked.asker);
      return judged.ok ? { ok: true, slot: judged.slot } : judged;
    },
    async explain(query) {
      const asked = await askedStart(query);
      return asked.ok ? availability.explain(id, asked.start, asked.asker) : asked;
    },
    offer: (slot) => ({ slot, token: deps.tokens.sign(id, slot, clock.now()) }),
    hold: (target, options) => holds.hold(id, target, options),
    release: (hold) => holds.release(id, hold),
    book: (target, options = {}) => books.book(id, target, options),
    bookMany: (items, options) => batches.bookMany(id, items, options),
    checkSeries: (wish, options = {}) => series.check(id, wish, options),
    bookSeries: (wish, options = {}) => series.book(id, wish, options),
    cancelSeries: (group, options) => seriesCancelling.cancel(id, group, options),
    rescheduleSeries: (group, move, options = {}) => seriesMoving.move(id, group, move, options),
    reschedule: (appointment, to, options = {}) => changes.reschedule(id, appointment, to, options),
    async terms(appointment) {
      // A program without types may pass the id.
      const { id: known, status } = (appointment as Appointment | null) ?? {};
      if (!isId(known) || status === undefined || !Object.hasOwn(statuses, status))
        throw new EngineError('OPTION_INVALID', 'appointment must be an appointment, as getAppointment answers it.');
      const catalog = await catalogs.get(id);
      // Of a company that was switched off meanwhile nobody can do anything with an appointment.
      if (catalog === undefined)
        return { cancelByMs: null, rescheduleByMs: null, lateCancelFee: null, noShowFee: null, movesLeft: 0 };
      return termsOf(catalog, appointment);
    },
    cancel: (appointment, options = {}) => changes.cancel(id, appointment, options),
    confirm: (appointment, options = {}) => changes.advance(id, appointment, 'confirmed', options),
    complete: (appointment, options = {}) => changes.advance(id, appointment, 'completed', options),
    noShow: (appointment, options = {}) => changes.advance(id, appointment, 'noShow', options),

    async getHold(holdId) {
      if (!isId(holdId)) return refuse('HOLD_UNKNOWN', {});
      const hold = await storage.hold(id, holdId);
      if (hold === undefined) return refuse('HOLD_UNKNOWN', {});
      return hold.expiresMs > (await storage.now()) ? { ok: true, hold } : refuse('HOLD_EXPIRED', {});
    },
    async getAppointment(appointmentId) {
      if (!isId(appointmentId)) return refuse('APPOINTMENT_UNKNOWN', {});
      const appointment = await storage.appointment(id, appointmentId);
      return appointment === undefined ? refuse('APPOINTMENT_UNKNOWN', {}) : { ok: true, appointment };
    },
    async conflicts(filter = {}) {
      const refused = filterRefusal('conflicts', filter);
      if (refused !== undefined) return refused;
      const { cursor, limit = 50 } = filter;
      const after = cursor === undefined ? undefined : readAppointmentCursor(cursor);
      if (cursor !== undefined && after === undefined) return wrongCursor();
      if (!isLimit(limit)) return wrongLimit();
      const catalog = await catalogs.current(id);
      if (catalog === undefined) return refuse('COMPANY_UNKNOWN', {});
      return { ok: true, page: await conflictsAfter(deps.conflicts, catalog, after, limit) };
    },
    async getCustomer(customerId) {
      if (!isId(customerId)) return refuse('CUSTOMER_UNKNOWN', {});
      const customer = await storage.customer(id, customerId);
      return customer === undefined ? refuse('CUSTOMER_UNKNOWN', {}) : { ok: true, customer };
    },
    async trace(of) {
      if (typeof of !== 'object' || (of as unknown) === null)
        return wrongField({ path: 'of', message: 'must name a call or an appointment' });
      return 'appointment' in of
        ? traceAppointment({ storage, journal }, id, of.appointment)
        : traceCall({ storage, journal }, id, of);
    },
    async recogniseCaller(from) {
      const e164 = typeof from === 'string' ? callerNumber(from, company.country) : undefined;
      return e164 === undefined ? undefined : storage.customerByPhone(id, e164);
    },
  };
}
