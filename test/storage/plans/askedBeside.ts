import type {
  CompanyConfig,
  CompanyId,
  Directory,
  DocumentStore,
  Maintenance,
  RetiredKind,
  Storage,
} from '../../../src/adapter.ts';
import { bookingOf, minutes, mondayMs, newId, sampleAppointment, sampleCompany } from '../sample.ts';
import type { Asked, Questions } from './asked.ts';
import { pages } from './asked.ts';
import { documentLists, type ListMethod } from './askedLists.ts';
import { atMs, companyId, each, idOf, keyOf, nowMs } from './history.ts';

const company = companyId(0);
const quarter = Math.floor(each / 4);
const limit = 20;

const one = (name: string, ask: Asked['ask'], by: Asked['by'], how: Partial<Asked> = {}): readonly Asked[] => [
  { name, ask, by, ...how },
];

/** What is read of a piece of each kind, and of the first row alone. */
const retired: Readonly<Record<RetiredKind, Pick<Asked, 'by' | 'also'>>> = {
  transcripts: { by: ['calls_by_time', 'outbox key', 'calls key'] },
  // Which appointments name a call is told by the time at which they were made.
  calls: { by: ['calls_by_time', 'outbox key', 'calls key'], also: ['appointments key', 'appointments_by_time'] },
  appointments: {
    by: [
      'appointments_by_time', 'appointments key', 'appointment_resources_by_appointment', 'calls_by_appointment',
      'outbox key', 'spans_by_owner', 'spans key|spans_by_owner', 'claims key', 'units key',
    ],
    also: ['holds key', 'sessions key', 'spans_by_owner', 'calls key', 'appointment_resources key'],
  },
}; // prettier-ignore

/** The first rows, those after them, and one alone. */
const pieces = [
  { name: '', after: undefined, limit },
  { name: ', further', after: limit, limit },
  { name: ', one at a time', after: 3 * limit + 3, limit: 1 },
];
const retire = Object.entries(retired).flatMap(([kind, how], nth) =>
  pieces.map(({ name, after, limit }): Asked => ({
    name: `retiring ${kind}${name}`,
    ask: (storage) =>
      storage.retire(companyId(1 + nth), {
        kind: kind as RetiredKind,
        beforeMs: atMs(quarter),
        unchangedSinceMs: nowMs,
        after: after === undefined ? undefined : { timeMs: atMs(after), id: idOf('call', after) },
        limit,
      }),
    ...how,
  })),
);

const idle = pages(idOf<NonNullable<Parameters<Storage['idleCustomers']>[1]['after']>>('customer', 5)).flatMap(
  ([of, page]) =>
    [limit, 1].map((limit): Asked => ({
      name: `idle customers, ${limit} at a time${of}`,
      ask: (storage) => storage.idleCustomers(company, { beforeMs: atMs(quarter), ...page, limit }),
      by: ['customers key', 'appointments_by_customer', 'calls_by_customer', 'calls_by_caller'],
      covered: ['appointments_by_customer', 'calls_by_customer', 'calls_by_caller'],
    })),
);

const shop = sampleCompany(2);
/** One that has a history, because of the first row of a company nobody knows what is best. */
const shopId: CompanyId = companyId(5);
const [anna = newId<CompanyConfig['resources'][number]['id']>()] = shop.resources.map(({ id }) => id);
const customer = {
  id: newId<NonNullable<ReturnType<typeof sampleAppointment>['customerId']>>(),
  companyId: shopId,
  phone: '+4940',
  name: 'Eva',
  email: null,
  locale: null,
  noShows: 0,
};
const booked = sampleAppointment(shop, anna, mondayMs, { companyId: shopId, customerId: customer.id });

/** Somebody books, moves and cancels, and what all that reads. */
async function bookAndCancel(storage: Storage): Promise<void> {
  await storage.write(shopId, bookingOf(booked, { customers: [customer] }));
  const moved = sampleAppointment(shop, anna, mondayMs + minutes(60), {
    companyId: shopId,
    id: booked.id,
    version: 2,
  });
  const { idempotency: _, ...move } = bookingOf(moved);
  await storage.write(shopId, {
    ...move,
    release: [booked.id],
    customers: [customer],
    missed: [{ customerId: customer.id, by: 1 }],
    units: [{ owner: moved.id, scope: 'day', period: 1, most: 2, take: 1, expiresMs: null }],
    appointments: [{ row: moved, expectedVersion: 1 }],
  });
  await storage.write(shopId, {
    release: [moved.id],
    appointments: [{ row: { ...moved, status: 'cancelled', version: 3 }, expectedVersion: 2 }],
    events: [],
  });
}

async function configure(storage: Storage): Promise<void> {
  const away = shop.resources[1]?.id ?? anna;
  await storage.saveConfig(shop.company.id, shop, 0);
  const fewer = { ...shop, resources: shop.resources.slice(0, 1), services: [] };
  await storage.saveConfig(shop.company.id, fewer, 1, [{ list: 'resources', id: away }]);
}

/** The methods of a storage that are no lists. */
const storage: Omit<
  Questions<Storage, 'documents' | 'directory' | 'maintenance' | 'now' | 'start' | 'stop'>,
  ListMethod
> = {
  config: one(
    'configuration',
    (storage) => storage.config(company),
    ['companies', 'branches', 'phone_numbers', 'agents', 'api_keys', 'schedules', 'resources', 'services', 'service_resources'].map((table) => `${table} key`),
    { maySort: true },
  ),
  busy: one(
    'what is occupied',
    (storage) =>
      storage.busy(company, {
        resourceIds: [idOf('resource', 1)],
        fromMs: atMs(quarter),
        toMs: atMs(quarter + 4),
        except: idOf('appointment', 5),
        units: [{ scope: 'a', fromPeriod: 1, toPeriod: 3 }],
        sessions: { serviceId: idOf('service', 1) },
      }),
    ['companies key', 'spans key', 'claims key', 'units key', 'sessions_by_service'],
    { maySort: true },
  ),
  hold: one('a hold', (storage) => storage.hold(company, idOf('hold', 10)), ['holds key']),
  ownedRows: one('what an owner has', (storage) => storage.ownedRows(company, idOf('appointment', 5)), ['spans_by_owner', 'spans key', 'claims key', 'outbox key']),
  appointment: one('an appointment', (storage) => storage.appointment(company, idOf('appointment', 5)), ['appointments key']),
  customer: one('a customer', (storage) => storage.customer(company, idOf('customer', 5)), ['customers key']),
  customerByPhone: one('a customer by his number', (storage) => storage.customerByPhone(company, keyOf('+49', 5)), ['customers_phone']),
  idempotency: one('a key that was used', (storage) => storage.idempotency(company, keyOf('k', 5)), ['idempotency key']),
  call: one('a call of a provider', (storage) => storage.call(company, 'acme', keyOf('p', 5)), ['calls_provider_call']),
  callById: one('a call', (storage) => storage.callById(company, idOf('call', 5)), ['calls key']),
  write: one('booking, moving and cancelling', bookAndCancel, ['appointments key', 'customers key', 'spans_by_owner', 'claims key'], {
    also: 'any',
  }),
  saveConfig: one('a new configuration', configure, ['companies key'], {
    also: 'any',
    maySort: true,
  }),
  removeCompany: one('the end of a company', async (storage) => {
    const { company, ...rest } = sampleCompany(1);
    await storage.saveConfig(company.id, { company, ...rest }, 0);
    await storage.removeCompany(company.id, 1);
  }, ['companies key'], {
    also: 'any',
    maySort: true,
  }),
  saveCall: one('a call that goes on', async (storage) => {
    const call = await storage.callById(company, idOf('call', 7));
    if (call !== undefined) await storage.saveCall(company, { ...call, version: 2 }, 1);
  }, ['calls key']),
  retire,
  idleCustomers: idle,
  forget: one('forgetting somebody', (storage) =>
    storage.forget(companyId(4), {
      appointments: [idOf('appointment', 5, 4)],
      calls: [idOf('call', 5, 4)],
      aggregates: [keyOf('x', 5, 4)],
      customer: idOf('customer', 5, 4),
      events: [],
    }),
    ['appointments key', 'calls key', 'outbox key', 'appointments_by_customer', 'calls_by_customer', 'customers key'],
    { covered: ['appointments_by_customer', 'calls_by_customer'] },
  ),
}; // prettier-ignore

const directory: Questions<Directory> = {
  number: one('a dialled number', ({ directory }) => directory.number(keyOf('+49', 5)), ['phone_numbers_by_e164', 'companies key', 'branches key']),
  agent: one('an agent', ({ directory }) => directory.agent(keyOf('a', 5)), ['agents_agent_id', 'companies key'], { also: ['branches key'] }),
  credential: one('a credential', ({ directory }) => directory.credential(keyOf('h', 5)), ['api_keys_hash', 'companies key']),
  providerCall: one('whose call it is', ({ directory }) => directory.providerCall('acme', keyOf('p', 5)), ['calls_provider_call']),
  companyByKey: one('a company by its key', ({ directory }) => directory.companyByKey('c1'), ['companies_company_key']),
  // With so few of them no way is better than another; how SQLite goes about a page is told beside its other plans.
  companies: pages('c1').map(([of, page]): Asked => ({ name: `companies${of}`, ask: ({ directory }) => directory.companies({ ...page, limit }), by: [], also: ['companies_company_key'], maySort: true, mayScan: true })),
}; // prettier-ignore

const documents: Questions<DocumentStore> = {
  get: one('a document', ({ documents }) => documents.get(company, 'notes', 'd5'), ['documents key']),
  list: documentLists,
  put: one('a document that is changed', ({ documents }) => documents.put(company, { collection: 'notes', id: 'd5', value: 1, indexes: { slot: 'v1' } }), ['documents key', 'document_indexes_by_document'], { also: ['document_indexes key'] }),
  delete: one('a document that goes', ({ documents }) => documents.delete(company, 'notes', 'd7'), ['documents key', 'document_indexes_by_document'], { also: ['document_indexes key'] }),
}; // prettier-ignore

/** So that a few of each kind are due, with what went before. */
const sinceMs = nowMs - atMs(42);
const kept = { sentEventsMs: sinceMs, idempotencyMs: sinceMs, expiredHoldsMs: sinceMs, pastClaimsMs: sinceMs };

const found = [
  'holds_by_expiry', 'spans_by_end', 'units_by_expiry', 'units_by_end', 'sessions_by_expiry', 'sessions_by_end',
  'outbox_by_due', 'idempotency_by_age',
] as const; // prettier-ignore
/** First one of each kind, then many, the last of those that have lapsed among them, then one of those that are over. */
const sweeps = [['one of each kind', 1] as const, ['many of each kind', limit] as const, ['one more', 1] as const].map(
  ([name, most]): Asked => ({
    name: `a sweep of ${name}`,
    ask: ({ maintenance }) => maintenance.sweep(kept, most),
    by: [...found.filter((index) => most > 1 || !index.endsWith('_by_end') || index === 'spans_by_end')],
    also: ['holds', 'spans', 'claims', 'units', 'sessions', 'outbox', 'idempotency']
      .map((table) => `${table} key`)
      .concat('spans_by_owner', ...found),
  }),
);

const maintenance: Questions<Maintenance> = {
  leaseEvents: one('events that are due', ({ maintenance }) => maintenance.leaseEvents('a', 1000, 5), ['outbox_by_due', 'outbox key']),
  markDelivered: one('an event that one handler is done with', ({ maintenance }) => maintenance.markDelivered('a', idOf('event', 0), 'h'), ['outbox_by_event', 'outbox key']),
  postpone: one('an event that failed', ({ maintenance }) => maintenance.postpone('a', idOf('event', 0), 1, 'e'), ['outbox_by_event', 'outbox key']),
  markSent: one('an event that was sent', async ({ maintenance }) => {
    const [lent] = await maintenance.leaseEvents('b', 1000, 1);
    if (lent !== undefined) await maintenance.markSent('b', lent.event.id);
  }, ['outbox_by_event', 'outbox key'], { also: ['outbox_by_due'] }),
  backlog: one('what waits to be sent', ({ maintenance }) => maintenance.backlog(), ['outbox_by_due']),
  staleCalls: one('calls that nobody has ended', ({ maintenance }) => maintenance.staleCalls(1000, limit), ['calls_by_status']),
  sweep: sweeps,
  due: one('what a sweep would take', ({ maintenance }) => maintenance.due(kept), found),
}; // prettier-ignore

/** What is asked beside the lists, one question after the other. */
export const besideQuestions: readonly Asked[] = [storage, directory, documents, maintenance].flatMap((side) =>
  Object.values(side as Readonly<Record<string, readonly Asked[]>>).flat(),
);
