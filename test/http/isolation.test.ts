import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../../src/adapters/http/v2/endpoints.ts';
import { api, TEN, type Api, type Client, type Told } from './api.ts';
import { configAttempts, configureMine } from './isolationConfig.ts';
import { exportAttempts, recordCall } from './isolationExports.ts';
import { bookedGroup, groupAttempts } from './isolationGroups.ts';
import { CALLER, listAttempts } from './isolationLists.ts';

/** What the salon has: everything that a request can name. */
interface Names {
  readonly service: string;
  readonly branch: string;
  readonly resource: string;
  readonly offer: string;
  readonly hold: string;
  readonly appointment: string;
  readonly customer: string;
  readonly group: string;
}

interface Attempt {
  readonly path: string;
  readonly body?: unknown;
  /** Not what the salon's owner gets: a filter that matches nothing, an unknown id, an offer of another company. */
  readonly foreign: (told: Told) => void;
}

const owner = 'call-1';
const NINE = '2026-11-26T09:00:00+01:00';
const unknown = (code: string) => (told: Told) => expect([told.status, told.body.code]).toEqual([404, code]);
const offerInvalid = (told: Told): void => expect([told.status, told.body.code]).toEqual([400, 'OFFER_INVALID']);

/** Every way in which a request can name something, for every operation there is. */
const attempts: Readonly<Record<string, (names: Names) => readonly Attempt[]>> = {
  findSlots: ({ service, branch, resource, hold, appointment }) => [
    { path: `/slots?count=1&service=${service}`, foreign: unknown('SERVICE_UNKNOWN') },
    { path: `/slots?count=1&service=cut&branch=${branch}`, foreign: unknown('BRANCH_UNKNOWN') },
    { path: `/slots?count=1&service=cut&resource=${resource}`, foreign: unknown('RESOURCE_UNKNOWN') },
    { path: `/slots?count=1&service=cut&replacingHold=${hold}&owner=${owner}`, foreign: unknown('HOLD_UNKNOWN') },
    {
      path: `/slots?count=1&service=cut&replacingAppointment=${appointment}`,
      foreign: unknown('APPOINTMENT_UNKNOWN'),
    },
  ],
  checkSlot: ({ service, branch, resource, hold, appointment }) =>
    [
      [{ service }, 'SERVICE_UNKNOWN'] as const,
      [{ branch }, 'BRANCH_UNKNOWN'] as const,
      [{ resource }, 'RESOURCE_UNKNOWN'] as const,
      [{ replacing: { hold, owner } }, 'HOLD_UNKNOWN'] as const,
      [{ replacing: { appointment } }, 'APPOINTMENT_UNKNOWN'] as const,
    ].map(([own, code]) => ({
      path: '/slots/check',
      body: { service: 'cut', start: NINE, ...own },
      foreign: unknown(code),
    })),
  explainSlot: ({ service, branch, resource, hold, appointment }) =>
    [
      [{ service }, 'SERVICE_UNKNOWN'] as const,
      [{ branch }, 'BRANCH_UNKNOWN'] as const,
      [{ resource }, 'RESOURCE_UNKNOWN'] as const,
      [{ replacing: { hold, owner } }, 'HOLD_UNKNOWN'] as const,
      [{ replacing: { appointment } }, 'APPOINTMENT_UNKNOWN'] as const,
    ].map(([own, code]) => ({
      path: '/slots/explain',
      body: { service: 'cut', start: NINE, ...own },
      foreign: unknown(code),
    })),
  makeOffer: ({ service, branch, resource }) =>
    [
      [{ service }, 'SERVICE_UNKNOWN'] as const,
      [{ branch }, 'BRANCH_UNKNOWN'] as const,
      [{ resource }, 'RESOURCE_UNKNOWN'] as const,
    ].map(([own, code]) => ({
      path: '/offers',
      body: { service: 'cut', start: NINE, ...own },
      foreign: unknown(code),
    })),
  createHold: ({ service, branch, resource, offer, hold }) => [
    {
      path: '/holds',
      body: { service, start: '2026-11-27T09:00:00+01:00', owner },
      foreign: unknown('SERVICE_UNKNOWN'),
    },
    {
      path: '/holds',
      body: { service: 'cut', branch, start: '2026-11-27T10:00:00+01:00', owner },
      foreign: unknown('BRANCH_UNKNOWN'),
    },
    {
      path: '/holds',
      body: { service: 'cut', resource, start: '2026-11-27T11:00:00+01:00', owner },
      foreign: unknown('RESOURCE_UNKNOWN'),
    },
    { path: '/holds', body: { offer, owner: 'call-2' }, foreign: offerInvalid },
    {
      path: '/holds',
      body: { service: 'cut', start: '2026-11-27T12:00:00+01:00', owner, replacing: { hold, owner } },
      foreign: unknown('HOLD_UNKNOWN'),
    },
  ],
  getHold: ({ hold }) => [{ path: `/holds/${hold}`, foreign: unknown('HOLD_UNKNOWN') }],
  releaseHold: ({ hold }) => [{ path: `/holds/${hold}?owner=${owner}`, foreign: unknown('HOLD_UNKNOWN') }],
  book: ({ service, branch, resource, offer, hold, appointment, customer }) => [
    {
      path: '/appointments',
      body: { service, start: '2026-11-30T09:00:00+01:00' },
      foreign: unknown('SERVICE_UNKNOWN'),
    },
    {
      path: '/appointments',
      body: { service: 'cut', branch, start: '2026-11-30T10:00:00+01:00' },
      foreign: unknown('BRANCH_UNKNOWN'),
    },
    {
      path: '/appointments',
      body: { service: 'cut', resource, start: '2026-11-30T11:00:00+01:00' },
      foreign: unknown('RESOURCE_UNKNOWN'),
    },
    {
      path: '/appointments',
      body: { service: 'cut', start: '2026-11-30T12:00:00+01:00', customer: { id: customer } },
      foreign: unknown('CUSTOMER_UNKNOWN'),
    },
    {
      path: '/appointments',
      body: { service: 'cut', start: '2026-11-30T13:00:00+01:00', replacing: { appointment } },
      foreign: unknown('APPOINTMENT_UNKNOWN'),
    },
    { path: '/appointments', body: { hold, owner }, foreign: unknown('HOLD_UNKNOWN') },
    { path: '/appointments', body: { offer }, foreign: offerInvalid },
  ],
  getAppointment: ({ appointment }) => [
    { path: `/appointments/${appointment}`, foreign: unknown('APPOINTMENT_UNKNOWN') },
  ],
  reschedule: ({ appointment }) => [
    {
      path: `/appointments/${appointment}/reschedule`,
      body: { start: '2026-12-01T09:00:00+01:00' },
      foreign: unknown('APPOINTMENT_UNKNOWN'),
    },
  ],
  confirm: ({ appointment }) => [
    { path: `/appointments/${appointment}/confirm`, body: {}, foreign: unknown('APPOINTMENT_UNKNOWN') },
  ],
  complete: ({ appointment }) => [
    { path: `/appointments/${appointment}/complete`, body: {}, foreign: unknown('APPOINTMENT_UNKNOWN') },
  ],
  noShow: ({ appointment }) => [
    { path: `/appointments/${appointment}/no-show`, body: {}, foreign: unknown('APPOINTMENT_UNKNOWN') },
  ],
  cancel: ({ appointment }) => [
    { path: `/appointments/${appointment}/cancel`, body: {}, foreign: unknown('APPOINTMENT_UNKNOWN') },
  ],
  getCompany: () => [{ path: '/company', foreign: ({ body }) => expect(body['key']).toBe('other') }],
  listBranches: ({ branch }) => [{ path: '/branches', foreign: ({ text }) => expect(text).not.toContain(branch) }],
  listServices: ({ service }) => [{ path: '/services', foreign: ({ text }) => expect(text).not.toContain(service) }],
  listResources: ({ resource }) => [
    { path: '/resources', foreign: ({ text }) => expect(text).not.toContain(resource) },
  ],
  getCustomer: ({ customer }) => [{ path: `/customers/${customer}`, foreign: unknown('CUSTOMER_UNKNOWN') }],
  ...exportAttempts,
  ...groupAttempts,
  ...listAttempts,
  applySetup: () => [
    {
      path: '/setup?dryRun=true',
      body: {
        companies: [
          { key: 'salon', name: 'Taken over', timeZone: 'UTC', country: 'DE', branches: [{ key: 'b', name: 'B' }] },
        ],
      },
      foreign: unknown('COMPANY_UNKNOWN'),
    },
  ],
};

let at: Api;
let names: Names;

beforeAll(async () => {
  at = await calledApi();
  names = await namesOf(at.salon);
  await recordCall(at);
  await configureMine(at.salon);
});
afterAll(() => at.close());

/** Two companies, one of which was called. */
async function calledApi(): Promise<Api> {
  const started = await api();
  await started.bench.door.calls.record('acme', 'call-1', { from: CALLER });
  return started;
}

async function namesOf(ask: Client): Promise<Names> {
  const first = async (list: string): Promise<string> => (await ask('GET', `/api/v2/${list}`)).body.items[0]?.id ?? '';
  const appointment = await ask('POST', '/api/v2/appointments', {
    body: { service: 'anna-only', start: TEN, status: 'pending', customer: { name: 'Erika' } },
  });
  const hold = await ask('POST', '/api/v2/holds', {
    body: { service: 'cut', start: '2026-11-25T10:00:00+01:00', owner, ttlSeconds: 3600 },
  });
  const offer = await ask('POST', '/api/v2/offers', { body: { service: 'cut', start: '2026-11-25T12:00:00+01:00' } });
  return {
    service: await first('services'),
    branch: await first('branches'),
    resource: await first('resources'),
    customer: await first('customers'),
    appointment: appointment.body.id,
    hold: hold.body.id,
    offer: offer.body.offer,
    group: await bookedGroup(ask),
  };
}

const run = async (ask: Client, id: string, { path, body }: Attempt): Promise<Told> => {
  const method = endpoints.find((endpoint) => endpoint.id === id)?.method ?? '';
  return ask(method, `/api/v2${path}`, body === undefined ? {} : { body });
};

test('every operation is tried', () => {
  expect([...Object.keys(attempts), ...Object.keys(configAttempts)].sort()).toEqual(
    endpoints.map(({ id }) => id).sort(),
  );
});

test('without a key, and with one that is wrong, nothing answers', async () => {
  for (const { method, path } of endpoints)
    for (const headers of [{}, { authorization: `Bearer ask_${'x'.repeat(43)}` }, { authorization: 'Basic eDp5' }]) {
      const told = await at.stranger(method, `/api/v2${path.replace(':id', names.appointment)}`, { headers });
      expect([told.status, told.body.code]).toEqual([401, 'UNAUTHENTICATED']);
      expect(told.headers.get('www-authenticate')).toContain('Bearer realm="askpro"');
    }
});

test('what one company has, another one neither sees nor changes, by whatever operation', async () => {
  const before = await at.salon('GET', '/api/v2/appointments');
  for (const [id, of] of Object.entries(attempts))
    for (const attempt of of(names)) attempt.foreign(await run(at.other, id, attempt));
  for (const [id, all] of Object.entries(configAttempts))
    for (const attempt of all) attempt.foreign(await run(at.other, id, attempt));
  expect((await at.salon('GET', '/api/v2/appointments')).text).toBe(before.text);
  expect((await at.salon('GET', `/api/v2/holds/${names.hold}`)).status).toBe(200);
});

test('the same requests with the right key go through: they were refused for the company alone', async () => {
  const own = await calledApi();
  try {
    await recordCall(own);
    for (const [id, of] of Object.entries(attempts)) {
      const fresh = await namesOf(own.salon);
      for (const attempt of of(fresh)) {
        const told = await run(own.salon, id, attempt);
        expect(() => attempt.foreign(told), `${id} ${attempt.path}`).toThrow();
        // Each of the three ways to take a hold uses it up, and a status changes only once.
        if (told.status >= 400) expect([id, told.body.code]).toEqual([id, expect.stringMatching(/^(HOLD|STATUS)_/)]);
      }
      for (const { id: appointment } of (await own.salon('GET', '/api/v2/appointments?limit=200')).body.items)
        await own.salon('POST', `/api/v2/appointments/${appointment}/cancel`, { body: { by: 'company' } });
      await own.salon('DELETE', `/api/v2/holds/${fresh.hold}?owner=${owner}`);
    }
  } finally {
    await own.close();
  }
});

test('a key that was revoked opens nothing any more', async () => {
  const { company } = await at.bench.open('salon');
  const made = await at.bench.engine.keys.create(company.id, 'short-lived');
  if (!made.ok) throw new Error(made.refusal.code);
  const headers = { authorization: `Bearer ${made.secret}` };
  expect((await at.stranger('GET', '/api/v2/company', { headers })).status).toBe(200);
  await at.bench.engine.keys.revoke(company.id, 'short-lived');
  expect((await at.stranger('GET', '/api/v2/company', { headers })).status).toBe(401);
});

test('a setup document names the key’s own company, no other one beside it, and no keys', async () => {
  const own = {
    key: 'other',
    name: 'Other',
    timeZone: 'Europe/Berlin',
    country: 'DE',
    branches: [{ key: 'mitte', name: 'Mitte' }],
  };
  const both = await at.other('POST', '/api/v2/setup', { body: { companies: [own, { ...own, key: 'salon' }] } });
  expect(both.body.code).toBe('COMPANY_UNKNOWN');
  const keyed = { ...own, keys: [{ name: 'x', secret: 'y'.repeat(40) }] };
  const refused = await at.other('POST', '/api/v2/setup', { body: { companies: [keyed] } });
  expect(refused.body.errors[0]?.path).toBe('companies[0].keys');
  const dry = await at.other('POST', '/api/v2/setup?dryRun=true', {
    body: { companies: [{ ...own, name: 'New name' }] },
  });
  expect(dry.status).toBe(200);
  expect(dry.body['changes']).toContainEqual({ action: 'update', path: 'companies.other', fields: ['name', 'locale'] });
  expect((await at.other('GET', '/api/v2/company')).body['name']).toBe('Other');
});
