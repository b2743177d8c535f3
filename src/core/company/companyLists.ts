import type { Catalogs } from '../availability/catalogs.ts';
import { callTime } from '../contracts/lists.ts';
import type { Storage } from '../contracts/storage.ts';
import type { Company } from '../model/company.ts';
import type { Customer } from '../model/customer.ts';
import { parseId, type CallId, type CustomerId, type HoldId } from '../model/ids.ts';
import { nameKey } from '../model/nameKey.ts';
import { isStorableText } from '../model/storableText.ts';
import { callerNumber } from '../phone/resolve.ts';
import { refuse, type Answer } from '../refusals.ts';
import { DAY_MS, parseLocalDate } from '../time/localDate.ts';
import { instantOf, UTC, zoneNamed } from '../time/zone.ts';
import { appointmentPosition, cursorOfAppointment, unservedFilter } from './appointmentFilters.ts';
import {
  appointmentCursor,
  foundCursor,
  momentCursor,
  readAppointmentCursor,
  readFoundCursor,
  readMomentCursor,
} from './cursors.ts';
import type { AgendaFilter, CompanyDoor, CustomerFilter, Page } from './door.ts';
import { filterRefusal } from './filterErrors.ts';
import { isLimit, pageOf, wrongCursor, wrongField, wrongLimit } from './paging.ts';

interface Deps {
  readonly storage: Storage;
  readonly catalogs: Catalogs;
}

const DEFAULT_LIMIT = 50;
const MOST_OF_DAY = 500;
const DEFAULT_OF_DAY = 200;
const CALLS = 't.';

/** The lists of one company, each page read along an index. One row more than asked for tells whether there is a next page. */
export function companyLists(
  { id, country }: Company,
  { storage, catalogs }: Deps,
): Pick<CompanyDoor, 'agenda' | 'listAppointments' | 'listHolds' | 'listCalls' | 'listCustomers'> {
  /** Which branch, and which time of it. */
  const dayOf = async ({ branch, date, fromMs, toMs }: AgendaFilter) => {
    const catalog = await catalogs.current(id);
    if (catalog === undefined) return refuse('COMPANY_UNKNOWN', {});
    // What was switched off has a past all the same.
    const found = catalog.config.branches.find((each) => each.id === branch || each.key === branch);
    if (found === undefined) return refuse('BRANCH_UNKNOWN', { branch });
    if (date === undefined) {
      if (fromMs === undefined || toMs === undefined)
        return wrongField({ path: 'date', message: 'is missing: a day, or both ends of a time' });
      return { ok: true, branchId: found.id, fromMs, toMs } as const;
    }
    if (fromMs !== undefined || toMs !== undefined)
      return wrongField({ path: 'date', message: 'must be left out beside the ends of a time' });
    const day = parseLocalDate(date);
    if (day === undefined) return wrongField({ path: 'date', message: 'must be a day like 2026-11-24' });
    const named = zoneNamed(found.timeZone);
    const zone = named.ok ? named.zone : UTC;
    const [from, to] = [day, day + 1].map((each) => instantOf(zone, each * DAY_MS));
    return { ok: true, branchId: found.id, fromMs: from ?? 0, toMs: to ?? 0 } as const;
  };

  const found = async (
    by: 'name' | 'phone',
    prefix: string,
    { cursor, limit = DEFAULT_LIMIT }: CustomerFilter,
  ): Promise<Answer<{ readonly page: Page<Customer> }>> => {
    const after = cursor === undefined ? undefined : readFoundCursor(cursor);
    if (cursor !== undefined && after === undefined) return wrongCursor();
    const rows = await storage.findCustomers(id, { by, prefix, after, limit: limit + 1, mayLag: true });
    const keyOf = ({ name, phone }: Customer): string => (by === 'name' ? nameKey(name ?? '') : (phone ?? ''));
    return { ok: true, page: pageOf(rows, limit, (last) => foundCursor(keyOf(last), last.id)) };
  };

  return {
    async agenda(filter) {
      const refused = filterRefusal('agenda', filter, MOST_OF_DAY);
      if (refused !== undefined) return refused;
      const { statuses, cursor, limit = DEFAULT_OF_DAY } = filter;
      const after = cursor === undefined ? undefined : readAppointmentCursor(cursor);
      if (cursor !== undefined && after === undefined) return wrongCursor();
      if (!isLimit(limit, MOST_OF_DAY)) return wrongLimit(MOST_OF_DAY);
      const day = await dayOf(filter);
      if (!day.ok) return day;
      const { branchId, fromMs, toMs } = day;
      const rows = await storage.agenda(id, {
        branchId,
        fromMs,
        toMs,
        statuses,
        after,
        limit: limit + 1,
        mayLag: true,
      });
      return { ok: true, page: pageOf(rows, limit, (last) => appointmentCursor(last.startMs, last.id)) };
    },

    async listAppointments(filter = {}) {
      const refused = filterRefusal('appointments', filter);
      if (refused !== undefined) return refused;
      const { cursor, limit = DEFAULT_LIMIT, ...query } = filter;
      const isOfChanges = query.updatedFromMs !== undefined || query.updatedToMs !== undefined;
      const sort = query.sort ?? (isOfChanges ? 'updated' : 'start');
      const unserved = unservedFilter(query, sort);
      if (unserved !== undefined) return refuse('INPUT_INVALID', { errors: [unserved] });
      const after = cursor === undefined ? undefined : appointmentPosition(sort, cursor);
      if (cursor !== undefined && after === undefined) return wrongCursor();
      if (!isLimit(limit)) return wrongLimit();
      const rows = await storage.appointments(id, { ...query, sort, after, limit: limit + 1, mayLag: true });
      return { ok: true, page: pageOf(rows, limit, (last) => cursorOfAppointment(sort, last)) };
    },

    async listHolds(filter = {}) {
      const refused = filterRefusal('holds', filter);
      if (refused !== undefined) return refused;
      const { cursor, limit = DEFAULT_LIMIT } = filter;
      const after = cursor === undefined ? undefined : parseId<HoldId>(cursor);
      if (cursor !== undefined && after === undefined) return wrongCursor();
      if (!isLimit(limit)) return wrongLimit();
      const rows = await storage.holds(id, { after, limit: limit + 1, mayLag: true });
      return { ok: true, page: pageOf(rows, limit, (last) => last.id) };
    },

    async listCalls(filter = {}) {
      const refused = filterRefusal('calls', filter);
      if (refused !== undefined) return refused;
      const { cursor, limit = DEFAULT_LIMIT, caller: given, ...query } = filter;
      const caller = given === undefined ? undefined : callerNumber(given, country);
      if (given !== undefined && caller === undefined)
        return wrongField({ path: 'caller', message: 'must be a telephone number' });
      const position = cursor === undefined ? undefined : readMomentCursor<CallId>(CALLS, cursor);
      if (cursor !== undefined && position === undefined) return wrongCursor();
      if (!isLimit(limit)) return wrongLimit();
      const after = position && { timeMs: position.atMs, id: position.id };
      const rows = await storage.calls(id, { ...query, caller, after, limit: limit + 1 });
      return { ok: true, page: pageOf(rows, limit, (last) => momentCursor(CALLS, callTime(last), last.id)) };
    },

    async listCustomers(filter = {}) {
      const refused = filterRefusal('customers', filter);
      if (refused !== undefined) return refused;
      const { name, phone, cursor, limit = DEFAULT_LIMIT } = filter;
      if (!isLimit(limit)) return wrongLimit();
      if (name !== undefined && phone !== undefined)
        return wrongField({ path: 'phone', message: 'must be left out beside a name' });
      if (name !== undefined) {
        if (nameKey(name) === '' || !isStorableText(name))
          return wrongField({ path: 'name', message: 'must be the beginning of a name, at least one letter of it' });
        return found('name', name, filter);
      }
      if (phone !== undefined) {
        if (!/^\+\d{1,15}$/.test(phone))
          return wrongField({ path: 'phone', message: 'must be the beginning of a number: +, country code and on' });
        return found('phone', phone, filter);
      }
      const after = cursor === undefined ? undefined : parseId<CustomerId>(cursor);
      if (cursor !== undefined && after === undefined) return wrongCursor();
      const rows = await storage.customers(id, { after, limit: limit + 1, mayLag: true });
      return { ok: true, page: pageOf(rows, limit, (last) => last.id) };
    },
  };
}
