import type {
  AgendaQuery,
  AppointmentQuery,
  AppointmentSort,
  CallQuery,
  CustomerQuery,
  CustomerSearch,
  DocumentQuery,
  HoldQuery,
  Storage,
  WalkQuery,
} from '../../../src/adapter.ts';
import type { Asked, Conditions, Questions } from './asked.ts';
import { pages } from './asked.ts';
import { atMs, companyId, each, idOf, keyOf } from './history.ts';

const company = companyId(0);
const [quarter, half] = [Math.floor(each / 4), Math.floor(each / 2)];
const limit = 20;

/** The index that an order of appointments goes along. */
const along: Readonly<Record<'start' | 'created' | 'updated', string>> = {
  start: 'appointments_by_time',
  created: 'appointments key',
  updated: 'appointments_by_update',
};

/** Each order, with what it goes along. */
const sorts: Readonly<Record<AppointmentSort, keyof typeof along>> = {
  start: 'start',
  '-start': 'start',
  created: 'created',
  '-created': 'created',
  updated: 'updated',
  '-updated': 'updated',
};

type Paged = 'after' | 'limit' | 'mayLag';

const conditions: Conditions<AppointmentQuery, Paged | 'sort'> = {
  fromMs: atMs(quarter),
  toMs: atMs(half + quarter),
  branchId: idOf('branch', 1),
  resourceId: idOf('resource', 1),
  serviceId: idOf('service', 1),
  customerId: idOf('customer', 8),
  groupId: idOf('event', 8),
  statuses: ['confirmed', 'cancelled'],
  updatedFromMs: atMs(quarter),
  updatedToMs: atMs(half + quarter),
};

/** Who narrows a list by these reads along the index of the first line where it is in the order, else along the second. */
type How = Pick<Asked, 'by' | 'maySort'>;
const narrowed: Readonly<Record<keyof typeof conditions | 'none' | 'day', (sort: keyof typeof along) => How>> = {
  none: (sort) => ({ by: [along[sort]] }),
  statuses: (sort) => ({ by: [along[sort]] }),
  serviceId: (sort) => ({ by: [along[sort]] }),
  toMs: (sort) => ({ by: [along[sort]] }),
  updatedToMs: (sort) => ({ by: [along[sort]] }),
  fromMs: (sort) => range('start', sort),
  day: (sort) => range('start', sort),
  updatedFromMs: (sort) => range('updated', sort),
  branchId: (sort) =>
    sort === 'start' ? { by: ['appointments_by_day'] } : { by: [`${along[sort]}|appointments_by_day`], maySort: true },
  resourceId: (sort) =>
    sort === 'start'
      ? { by: ['appointments_by_staff', 'appointment_resources key', 'appointments key|appointments_by_time'] }
      : { by: [along[sort], 'appointment_resources key|appointment_resources_by_appointment'] },
  customerId: (sort) => few('appointments_by_customer', sort),
  groupId: (sort) => few('appointments_by_group', sort),
};

/** What lies within a range is read along it and sorted, or along the order and looked at. */
const range = (of: keyof typeof along, sort: keyof typeof along): How =>
  of === sort ? { by: [along[of]] } : { by: [`${along[sort]}|${along[of]}`], maySort: true };

const few = (index: string, sort: keyof typeof along): How =>
  sort === 'start' ? { by: [index] } : { by: [index], maySort: true };

const position = { startMs: atMs(half), updatedMs: atMs(half), id: idOf('appointment', half) } as NonNullable<
  AppointmentQuery['after']
>;

const filterOf = (name: keyof typeof narrowed): Partial<AppointmentQuery> => {
  if (name === 'none') return {};
  return name === 'day' ? { fromMs: atMs(half), toMs: atMs(half + 4) } : { [name]: conditions[name] };
};

const appointments = Object.entries(sorts).flatMap(([sort, way]) =>
  Object.entries(narrowed).flatMap(([name, how]) =>
    pages(position).map(([of, page]): Asked => ({
      name: `appointments by ${sort}, of ${name}${of}`,
      ask: (storage) =>
        storage.appointments(company, {
          ...filterOf(name as keyof typeof narrowed),
          sort: sort as AppointmentSort,
          ...page,
          limit,
        }),
      ...how(way),
      also: [along[way], 'appointments_by_time', 'appointments key'],
    })),
  ),
);

const day: Conditions<AgendaQuery, Paged> = {
  branchId: idOf('branch', 1),
  fromMs: atMs(quarter),
  toMs: atMs(half),
  statuses: ['confirmed'],
};
const agenda = [{ ...day, statuses: undefined }, day].flatMap((query) =>
  pages({ startMs: atMs(quarter + 5), id: position.id }).map(([of, page]): Asked => ({
    name: `agenda${query.statuses === undefined ? '' : ' of a status'}${of}`,
    ask: (storage) => storage.agenda(company, { ...query, ...page, limit }),
    by: ['appointments_by_day'],
    covered: ['appointments_by_day'],
  })),
);

const callConditions: Conditions<CallQuery, 'sort' | 'after' | 'limit'> = {
  fromMs: atMs(quarter),
  toMs: atMs(half + quarter),
  statuses: ['completed'],
  caller: keyOf('+49', 8),
};
const callSorts: Readonly<Record<NonNullable<CallQuery['sort']>, true>> = { time: true, '-time': true };
const calls = Object.keys(callSorts).flatMap((sort) =>
  [['none', undefined] as const, ...Object.entries(callConditions)].flatMap(([name, value]) =>
    pages({ timeMs: atMs(half), id: idOf('call', half) } as NonNullable<CallQuery['after']>).map(
      ([of, page]): Asked => ({
        name: `calls by ${sort}, of ${name}${of}`,
        ask: (storage) =>
          storage.calls(company, { [name]: value, sort: sort as NonNullable<CallQuery['sort']>, ...page, limit }),
        by: [name === 'caller' ? 'calls_by_caller' : 'calls_by_time'],
      }),
    ),
  ),
);

const people: Conditions<CustomerSearch, Paged | 'prefix'>['by'][] = ['name', 'phone'];
const findCustomers = people.flatMap((by) => {
  const prefix = by === 'name' ? 'name' : '+49';
  return pages({ key: `${prefix}5`, id: idOf<NonNullable<CustomerSearch['after']>['id']>('customer', 5) }).map(
    ([of, page]): Asked => ({
      name: `customers found by ${by}${of}`,
      ask: (storage) => storage.findCustomers(company, { by, prefix, ...page, limit }),
      by: [by === 'name' ? 'customers_by_name' : 'customers_phone'],
    }),
  );
});

const walked = (['appointments', 'customers', 'calls'] as const).flatMap((kind) =>
  pages(idOf('call', quarter)).map(([of, page]): Asked => ({
    name: `walk through ${kind}${of}`,
    ask: (storage) => storage.walk(company, kind, { ...page, limit }),
    by: [`${kind} key`],
  })),
);
const ofSomebody: Conditions<WalkQuery, Paged>['of'] = { customerId: idOf('customer', 8), phone: keyOf('+49', 8) };
const walkedOf = pages(idOf('call', quarter)).map(([of, page]): Asked => ({
  name: `walk through the calls of somebody${of}`,
  ask: (storage) => storage.walk(company, 'calls', { ...page, of: ofSomebody, limit }),
  by: ['calls key'],
}));

const documentConditions: Conditions<DocumentQuery, 'after' | 'limit' | 'collection'> = {
  index: { name: 'slot', value: 'v5' },
};

/** The lists of the contract. */
const lists: Pick<
  Questions<Storage>,
  'appointments' | 'agenda' | 'calls' | 'customers' | 'findCustomers' | 'holds' | 'holdsOf' | 'walk'
> = {
  appointments,
  agenda,
  calls,
  customers: pages(idOf<NonNullable<CustomerQuery['after']>>('customer', quarter)).map(([of, page]) => ({
    name: `customers${of}`,
    ask: (storage) => storage.customers(company, { ...page, limit }),
    by: ['customers key'],
  })),
  findCustomers,
  holds: pages(idOf<NonNullable<HoldQuery['after']>>('hold', quarter)).map(([of, page]) => ({
    name: `holds${of}`,
    ask: (storage) => storage.holds(company, { ...page, limit }),
    by: ['holds key'],
  })),
  holdsOf: [{ name: 'holds of an owner', ask: (storage) => storage.holdsOf(company, 'web'), by: ['holds key'] }],
  walk: [...walked, ...walkedOf],
};

/** Lists of documents, which stand beside. */
export const documentLists: readonly Asked[] = pages('d2').flatMap(([of, page]) => [
  {
    name: `documents${of}`,
    ask: ({ documents }) => documents.list(company, { collection: 'notes', ...page, limit }),
    by: ['documents key'],
  } satisfies Asked,
  {
    name: `documents of an index${of}`,
    ask: ({ documents }) => documents.list(company, { collection: 'notes', ...documentConditions, ...page, limit }),
    by: ['documents key', 'document_indexes key'],
    maySort: true,
  } satisfies Asked,
]);

/** What the lists are asked, one question after the other. */
export const listQuestions: readonly Asked[] = Object.values(lists).flat();

/** The methods that are lists. */
export type ListMethod = keyof typeof lists;
