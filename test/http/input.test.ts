import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../../src/adapters/http/v2/endpoints.ts';
import { api, TEN, type Api } from './api.ts';

let at: Api;
const failures: unknown[] = [];
beforeAll(async () => {
  at = await api({ onError: (error) => failures.push(error) });
});
afterAll(() => at.close());

const wish = { service: 'cut', start: TEN };
const paths = async (method: string, path: string, body?: unknown): Promise<readonly string[]> => {
  const told = await at.salon(method, `/api/v2${path}`, body === undefined ? {} : { body });
  expect([told.status, told.body.code]).toEqual([400, 'INPUT_INVALID']);
  return told.body.errors.map((error) => error.path);
};

test.each([
  ['a field that is not known', '/holds', { ...wish, owner: 'a', colour: 'red' }, ['colour']],
  ['one deeper down', '/appointments', { ...wish, customer: { name: 'x', age: 3 } }, ['customer.age']],
  ['a field that is missing', '/holds', wish, ['owner']],
  ['a field of another type', '/holds', { ...wish, owner: 7, ttlSeconds: '60' }, ['owner', 'ttlSeconds']],
  ['a time without an offset', '/holds', { ...wish, start: '2026-11-24T10:00:00', owner: 'a' }, ['start']],
  ['a start beside an offer', '/holds', { ...wish, offer: 'token', owner: 'a' }, ['service', 'start']],
  ['a hold without its owner', '/appointments', { hold: '0190a000-0000-7000-8000-000000000000' }, ['owner']],
  ['an owner without a hold', '/appointments', { ...wish, owner: 'a' }, ['owner']],
  ['a list for a body', '/holds', [], ['body']],
  ['a text for a body', '/holds', '"hold"', ['body']],
  ['no JSON', '/holds', '{"service":', ['body']],
  ['a key that changes prototypes', '/holds', '{"owner":"a","__proto__":{"admin":true}}', ['__proto__']],
  ['the same, hidden and deep', '/appointments', '{"customer":{"\\u005f_proto__":1}}', ['customer.__proto__']],
  ['a text that is too long', '/holds', { ...wish, owner: 'x'.repeat(129) }, ['owner']],
  ['too much of a number', '/holds', { ...wish, owner: 'a', ttlSeconds: 3_601 }, ['ttlSeconds']],
])('%s is refused by its path', async (_, path, body, expected) => {
  expect(await paths('POST', path, body)).toEqual(expected);
});

test.each([
  ['a parameter that is not known', '/slots?service=cut&count=1&x=1', ['x']],
  ['one that is given twice', '/slots?service=cut&service=cut&count=1', ['service']],
  ['a number that is none', '/slots?service=cut&count=ten', ['count']],
  ['a number out of bounds', '/slots?service=cut&count=2001', ['count']],
  ['neither an end nor a count', '/slots?service=cut', ['to']],
  ['a range that is too wide', '/slots?service=cut&from=2026-11-24T00:00:00Z&to=2027-03-24T00:00:00Z', ['to']],
  ['times that are none', '/appointments?from=yesterday&to=2026-11-24', ['from', 'to']],
  ['a status that there is not', '/appointments?status=confirmed,maybe', ['status[1]']],
  ['a page that is too long', '/customers?limit=201', ['limit']],
  ['a cursor that was made up', '/customers?cursor=abc', ['cursor']],
  ['a parameter where there are none', '/branches?x=1', ['x']],
])('%s is refused by its name', async (_, path, expected) => {
  expect(await paths('GET', path)).toEqual(expected);
});

test('all that is wrong is told at once', async () => {
  const told = await at.salon('POST', '/api/v2/holds', {
    body: { service: 7, start: '', colour: 'red' },
    headers: { 'idempotency-key': 'k'.repeat(256) },
  });
  expect(told.body.errors.map(({ path }) => path).sort()).toEqual([
    'Idempotency-Key',
    'colour',
    'owner',
    'service',
    'start',
  ]);
});

test('a body that is no JSON by its type, in another charset or compressed is 415', async () => {
  for (const headers of [
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'application/json; charset=latin1' },
    { 'content-type': 'application/json', 'content-encoding': 'gzip' },
  ]) {
    const told = await at.salon('POST', '/api/v2/holds', { body: '{}', headers });
    expect([told.status, told.body.code]).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED']);
  }
  const fine = { 'content-type': 'Application/JSON; charset="UTF-8"' };
  expect((await at.salon('POST', '/api/v2/holds', { body: '{}', headers: fine })).status).toBe(400);
});

test('a body is at most 64 KiB, a setup document at most 1 MiB', async () => {
  const blank = (size: number): string => `{}${' '.repeat(size - 2)}`;
  for (const [path, limit] of [
    ['/holds', 65_536],
    ['/setup', 1_048_576],
  ] as const) {
    const headers = { 'content-type': 'application/json' };
    expect((await at.salon('POST', `/api/v2${path}`, { body: blank(limit), headers })).status).toBe(400);
    const refused = await at.salon('POST', `/api/v2${path}`, { body: blank(limit + 1), headers });
    expect([refused.status, refused.body.code, refused.body['maxBytes']]).toEqual([413, 'BODY_TOO_LARGE', limit]);
  }
});

test('what is no id is as unknown as an id that was never given out', async () => {
  for (const id of ['1', 'x', '%00', '..%2F..', '0190A000-0000-7000-8000-000000000000', "1'%20OR%20'1'='1"])
    for (const list of ['holds', 'appointments', 'customers'])
      expect((await at.salon('GET', `/api/v2/${list}/${id}`)).status).toBe(404);
});

test('an If-Match that is no ETag is refused, and * matches every version', async () => {
  const booked = await at.salon('POST', '/api/v2/appointments', { body: wish });
  const path = `/api/v2/appointments/${booked.body.id}/cancel`;
  const wrong = await at.salon('POST', path, { body: {}, headers: { 'if-match': 'W/"1"' } });
  expect(wrong.body.errors[0]?.path).toBe('If-Match');
  expect((await at.salon('POST', path, { body: {}, headers: { 'if-match': '*' } })).status).toBe(200);
});

test('whatever is sent, nothing but the documented statuses comes back, and nothing fails inside', async () => {
  const posts = endpoints.filter(({ method }) => method === 'POST');
  const keys = [
    'service',
    'start',
    'owner',
    'offer',
    'hold',
    'customer',
    'replacing',
    'companies',
    'metadata',
    'version',
  ];
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom('cut', TEN, 'anna', '2026-11-24', -1, 1e21, null),
  );
  const body = fc.oneof(
    fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), value, { maxKeys: 6 }).map((o) => JSON.stringify(o)),
    fc.json(),
    fc.string(),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...posts), body, async (endpoint, text) => {
      const path = endpoint.path.replace(':id', '0190a000-0000-7000-8000-000000000000');
      const headers = { 'content-type': 'application/json' };
      const told = await at.salon('POST', `/api/v2${path}`, { body: text, headers });
      expect(told.status).toBeLessThan(500);
      expect(endpoint.answers[told.status] !== undefined || typeof told.body.code === 'string').toBe(true);
    }),
    { numRuns: 400 },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.webQueryParameters(),
      fc.constantFrom('slots', 'appointments', 'customers'),
      async (query, list) => {
        expect((await at.salon('GET', `/api/v2/${list}?${query}`)).status).toBeLessThan(500);
      },
    ),
    { numRuns: 200 },
  );
  expect(failures).toEqual([]);
});
