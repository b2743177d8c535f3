import { z } from 'zod';
import { parseId, refuse, type Customer, type CustomerId } from '../../../adapter.ts';
import { json } from '../reply.ts';
import { endpoint } from './endpoint.ts';
import { id, pageOf, paging, pathId } from './fields.ts';

const tag = 'Customers';

const customerSchema = z
  .strictObject({
    id,
    phone: z.string().nullable().meta({ description: 'E.164.' }),
    name: z.string().nullable(),
    email: z.string().nullable(),
    locale: z.string().nullable(),
    noShows: z.int(),
  })
  .meta({ id: 'Customer' });

const customerView = ({ id, phone, name, email, locale, noShows }: Customer): z.output<typeof customerSchema> => ({
  id,
  phone,
  name,
  email,
  locale,
  noShows,
});

/** Lists customers. */
export const listCustomers = endpoint({
  method: 'GET',
  path: '/customers',
  id: 'listCustomers',
  tag,
  summary: 'Lists the customers: all in the order in which they came, or those who are found by name or number.',
  query: z.strictObject({
    name: z.string().min(1).max(100).optional().meta({
      description: 'How the name begins, without regard to case and accents; ordered by name.',
    }),
    phone: z.string().min(1).max(20).overwrite((text) => text.replace(' ', '+')).optional().meta({
      description: 'How the number begins, + and the country code first; ordered by number.',
    }),
    ...paging,
  }), // prettier-ignore
  answers: { 200: { description: 'A page.', schema: pageOf(customerSchema) } },
  refusals: [],
  async run({ door, query }) {
    const listed = await door.listCustomers(query);
    return listed.ok ? json(200, { items: listed.page.items.map(customerView), next: listed.page.next }) : listed;
  },
});

/** Reads a customer. */
export const getCustomer = endpoint({
  method: 'GET',
  path: '/customers/:id',
  id: 'getCustomer',
  tag,
  summary: 'Reads a customer.',
  params: z.strictObject({ id: pathId }),
  answers: { 200: { description: 'The customer.', schema: customerSchema } },
  refusals: ['CUSTOMER_UNKNOWN'],
  async run({ door, params }) {
    const id = parseId<CustomerId>(params.id);
    const found = id === undefined ? refuse('CUSTOMER_UNKNOWN', {}) : await door.getCustomer(id);
    return found.ok ? json(200, customerView(found.customer)) : found;
  },
});

/** Tells everything that is stored of a customer. */
export const exportCustomer = endpoint({
  method: 'GET',
  path: '/customers/:id/data',
  id: 'exportCustomer',
  tag,
  summary: 'Tells everything that is stored of a customer, in one document.',
  params: z.strictObject({ id: pathId }),
  answers: {
    200: { description: 'All of it, as it is stored.', schema: z.looseObject({ customer: z.looseObject({ id }) }) },
  },
  refusals: ['CUSTOMER_UNKNOWN'],
  async run({ door, params }) {
    const id = parseId<CustomerId>(params.id);
    const told = id === undefined ? refuse('CUSTOMER_UNKNOWN', {}) : await door.customers.exportData(id);
    return told.ok ? json(200, told.data) : told;
  },
});

const erasedSchema = z
  .strictObject({
    appointments: z.int().meta({ description: 'Those that stay, without him.' }),
    calls: z.int(),
    others: z.int().meta({ description: 'What plugins have deleted: entries of the waitlist, callback requests.' }),
  })
  .meta({ id: 'Erased' });

/** Erases a customer. */
export const eraseCustomer = endpoint({
  method: 'DELETE',
  path: '/customers/:id',
  id: 'eraseCustomer',
  tag,
  summary: 'Takes a customer out of all that is stored. What was interrupted is finished by asking again.',
  params: z.strictObject({ id: pathId }),
  query: z.strictObject({
    cancelUpcoming: z.boolean().optional().meta({
      description: 'Whether his appointments to come are cancelled first. Left out: they are a reason to refuse.',
    }),
  }),
  answers: { 200: { description: 'What was erased.', schema: erasedSchema } },
  refusals: ['CUSTOMER_UNKNOWN', 'CUSTOMER_HAS_APPOINTMENTS'],
  async run({ door, params, query }) {
    const id = parseId<CustomerId>(params.id);
    const done = id === undefined ? refuse('CUSTOMER_UNKNOWN', {}) : await door.customers.erase(id, query);
    return done.ok ? json(200, done.erased) : done;
  },
});
