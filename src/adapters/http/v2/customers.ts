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
