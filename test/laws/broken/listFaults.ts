import type { AppointmentQuery, AgendaQuery, AgendaEntry } from '../../../src/core/contracts/lists.ts';
import type { Storage } from '../../../src/core/contracts/storage.ts';
import type { CompanyId } from '../../../src/core/model/ids.ts';
import { nameKey } from '../../../src/core/model/nameKey.ts';
import { broken, replaced, stored, type BrokenAdapter, type Ground } from './brokenAdapter.ts';
import { brokenAfter } from './faultyWrite.ts';

const dayView = 'an agenda tells of each appointment what a day view shows, ordered by start and then by id';
const anyOrder =
  'appointments come by start, creation or change, from either end, page by page without a gap or a double';
const filtered = 'so do those of one branch, customer, service or group, and of one resource that is the first of some';
const byChange = 'appointments are listed by their last change, from the first moment of a range up to its end';
const byName = 'customers are found by how their names begin, without regard to case and accents, and ordered so';
const namePages =
  'pages of customers that were found follow each other without a gap or a double, also among equal names';
const byCall = 'calls are listed by when they were, by caller and by status'; // prettier-ignore

const faulty = (fault: string, aim: string, change: (ground: Ground) => Partial<Storage>): BrokenAdapter =>
  broken(fault, aim, (ground) => replaced(ground.real, change(ground)));

/** An adapter that asks for another day than it was asked for, or tells it otherwise. */
const brokenAgenda = (
  fault: string,
  aim: string,
  change: (query: AgendaQuery) => AgendaQuery,
  answer: (entries: readonly AgendaEntry[]) => readonly AgendaEntry[] = (entries) => entries,
): BrokenAdapter =>
  faulty(fault, aim, ({ real }) => ({
    agenda: async (company, query) => answer(await real.agenda(company, change(query))),
  }));

/** An adapter that lists other appointments than it was asked for. */
const brokenList = (fault: string, aim: string, change: (query: AppointmentQuery) => AppointmentQuery): BrokenAdapter =>
  faulty(fault, aim, ({ real }) => ({ appointments: (company, query) => real.appointments(company, change(query)) }));

/** Branches that somebody has named, for an adapter that does not tell them apart. */
const inAllBranches = ({ real }: Ground): Partial<Storage> => {
  const branches = new Set<AgendaQuery['branchId']>();
  const agenda: Storage['agenda'] = async (company: CompanyId, query) => {
    for (const { branchId } of await real.appointments(company, { limit: 100 })) branches.add(branchId);
    const all = [...branches].map((branchId) => real.agenda(company, { ...query, branchId }));
    return (await Promise.all(all)).flat();
  };
  return { agenda };
};

/** Faults in day views, in lists in other orders, and in searches. */
export const listFaults: readonly BrokenAdapter[] = [
  brokenAgenda(
    'orders an agenda by ids',
    dayView,
    (query) => query,
    (entries) => [...entries].sort((a, b) => (a.id < b.id ? -1 : 1)),
  ),
  faulty('tells the last of the resources in an agenda', dayView, ({ real }) => ({
    agenda: async (company, query) =>
      Promise.all(
        (await real.agenda(company, query)).map(async (entry) => {
          const row = await real.appointment(company, entry.id);
          return { ...entry, resourceId: row?.resourceIds.at(-1) ?? null };
        }),
      ),
  })),
  brokenAgenda(
    'has what begins at the end of the range in an agenda',
    'an agenda has the starts of its branch from the first moment of the range up to its end',
    (query) => ({ ...query, toMs: query.toMs + 1 }),
  ),
  faulty(
    'has all branches in an agenda',
    'an agenda has the starts of its branch from the first moment of the range up to its end',
    inAllBranches,
  ),
  brokenAgenda(
    'leaves cancelled appointments out of an agenda',
    'an agenda has appointments of the statuses asked for, of all when none is named',
    (query) => query,
    (entries) => entries.filter(({ status }) => status !== 'cancelled'),
  ),
  brokenAgenda(
    'goes on in an agenda after the start of the position, whatever its id',
    'pages of an agenda follow each other without a gap or a double, also among equal starts',
    ({ after, ...query }) => ({ ...query, fromMs: Math.max(query.fromMs, after ? after.startMs + 1 : 0) }),
  ),
  brokenAfter(
    'forgets the resource of an appointment that is changed',
    'an agenda tells an appointment as it was changed last',
    ({ raw }) => raw.exec('UPDATE appointments SET staff_id = NULL WHERE version > 1'),
  ),
  broken('leaves converted holds out of an agenda', 'a converted hold is in the agenda', ({ real }) => {
    const converted = new Set<string>();
    return replaced(real, {
      write: (company, write) => {
        if (write.convert !== undefined) converted.add(write.convert.id);
        return real.write(company, write);
      },
      agenda: async (company, query) => (await real.agenda(company, query)).filter(({ id }) => !converted.has(id)),
    });
  }),
  brokenList('lists from the first on, whatever was asked for', anyOrder, (query) => ({
    ...query,
    sort: query.sort?.replace('-', '') as AppointmentQuery['sort'],
  })),
  brokenList('takes the order of change for that of creation', anyOrder, (query) =>
    query.sort === 'updated' ? { ...query, sort: 'created' } : query,
  ),
  brokenList('forgets the order where a resource is named', filtered, (query) =>
    query.resourceId === undefined ? query : { ...query, sort: 'start' },
  ),
  brokenList('lists all services', 'appointments are listed of one service', (query) => ({
    ...query,
    serviceId: undefined,
  })),
  brokenList('lists a change at the end of the range', byChange, ({ updatedToMs, ...query }) => ({
    ...query,
    updatedToMs: updatedToMs === undefined ? undefined : updatedToMs + 1,
  })),
  broken(
    'lists an appointment under all resources that it ever had beyond the first',
    'an appointment is listed under the resources and the start that it was changed to, and under no others',
    ({ real, raw }) => {
      const had = new Map<string, Set<string>>();
      const note = raw.prepare('INSERT OR IGNORE INTO appointment_resources VALUES (?, ?, ?, ?)');
      return replaced(real, {
        write: async (company, write) => {
          const outcome = await real.write(company, write);
          for (const { row } of outcome.kind === 'committed' ? (write.appointments ?? []) : []) {
            const all = new Set([...(had.get(row.id) ?? []), ...row.resourceIds.slice(1)]);
            had.set(row.id, all);
            for (const resource of all) note.run(stored(company), stored(resource), row.startMs, stored(row.id));
          }
          return outcome;
        },
      });
    },
  ),
  faulty('compares names with their case', byName, ({ real }) => ({
    findCustomers: async (company, search) =>
      (await real.findCustomers(company, search)).filter(
        ({ name }) => search.by === 'phone' || name?.startsWith(search.prefix.trim()) === true,
      ),
  })),
  faulty('finds customers by any part of their names', byName, ({ real }) => ({
    findCustomers: async (company, search) =>
      search.by === 'phone'
        ? real.findCustomers(company, search)
        : (await real.customers(company, { limit: 100 })).filter(({ name }) =>
            nameKey(name ?? '').includes(nameKey(search.prefix)),
          ),
  })),
  broken('finds customers by the first name they had', 'a customer is found by the name he has now', ({ real, raw }) => {
    const first = new Map<string, string>();
    return replaced(real, {
      write: async (company, write) => {
        const outcome = await real.write(company, write);
        for (const { id, name } of outcome.kind === 'committed' ? (write.customers ?? []) : []) {
          if (!first.has(id) && name !== null) first.set(id, nameKey(name));
          raw.prepare('UPDATE customers SET name_key = ? WHERE id = ?').run(first.get(id) ?? null, stored(id));
        }
        return outcome;
      },
    });
  }), // prettier-ignore
  faulty(
    'looks at three characters of a number',
    'customers are found by how their numbers begin, ordered by number',
    ({ real }) => ({
      findCustomers: (company, search) =>
        real.findCustomers(company, search.by === 'phone' ? { ...search, prefix: search.prefix.slice(0, 3) } : search),
    }),
  ),
  faulty('goes on among customers after the name of the last', namePages, ({ real }) => ({
    findCustomers: async (company, { after, limit, ...search }) =>
      (await real.findCustomers(company, { ...search, limit: 100 }))
        .filter((each) => after === undefined || (search.by === 'name' ? nameKey(each.name ?? '') : (each.phone ?? '')) > after.key)
        .slice(0, limit), // prettier-ignore
  })),
  faulty(
    'lists the first calls first',
    'calls are listed without what was said in them, the latest first',
    ({ real }) => ({ calls: (company, query) => real.calls(company, { ...query, sort: query.sort ?? 'time' }) }),
  ),
  faulty(
    'lists calls with what was said in them',
    'calls are listed without what was said in them, the latest first',
    ({ real }) => ({
      calls: async (company, query) =>
        Promise.all(
          (await real.calls(company, query)).map(async (call) => (await real.callById(company, call.id)) ?? call),
        ),
    }),
  ),
  faulty('lists the calls of all callers', byCall, ({ real }) => ({
    calls: (company, query) => real.calls(company, { ...query, caller: undefined }),
  })),
  faulty('lists no calls whose start is unknown', byCall, ({ real }) => ({
    calls: async (company, query) => (await real.calls(company, query)).filter(({ startedMs }) => startedMs !== null),
  })),
  faulty(
    'lists calls by when they were last heard of',
    'a call is listed at its start as soon as that is known',
    ({ real, raw }) => ({
      calls: async (...input) => {
        raw.exec('UPDATE calls SET time_ms = updated_ms');
        return real.calls(...input);
      },
    }),
  ),
  faulty(
    'goes on among calls after the time of the last',
    'pages of calls follow each other without a gap or a double, from either end',
    ({ real }) => ({
      calls: (company, { after, ...query }) => {
        if (after === undefined) return real.calls(company, query);
        const rest = query.sort === 'time' ? { fromMs: after.timeMs + 1 } : { toMs: after.timeMs };
        return real.calls(company, { ...query, ...rest });
      },
    }),
  ),
  faulty(
    'lists holds that have run out',
    'the live holds of a company are listed by id, page by page',
    ({ real, raw }) => ({
      holds: async (company, query) => {
        raw.exec('UPDATE holds SET expires_ms = expires_ms + 600000');
        const found = await real.holds(company, query);
        raw.exec('UPDATE holds SET expires_ms = expires_ms - 600000');
        return found.map((hold) => ({ ...hold, expiresMs: hold.expiresMs - 600_000 }));
      },
    }),
  ),
];
