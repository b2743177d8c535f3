import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { serve, type HttpServer } from '../../src/adapters/http/index.ts';
import { granted } from '../engine/salon.ts';
import { lineBench, NINE, type LineBench } from './line.ts';

let at: LineBench;
let http: HttpServer;
const secrets = new Map<string, string>();
beforeAll(async () => {
  at = await lineBench();
  http = await serve(at.engine, { port: 0 });
  for (const key of ['salon', 'other']) {
    const { company } = await at.open(key);
    secrets.set(key, granted(await at.engine.keys.create(company.id, 'test')).secret);
  }
});
afterAll(async () => {
  http.server.closeAllConnections();
  await http.close();
  await at.close();
});

interface Told {
  readonly status: number;
  readonly body: {
    readonly id: string;
    readonly code: string;
    readonly items: readonly { readonly id: string }[];
    readonly errors: readonly { readonly path: string }[];
  } & Record<string, unknown>;
}

async function ask(who: string, method: string, path: string, body?: unknown, more = {}): Promise<Told> {
  const secret = secrets.get(who);
  const response = await fetch(`${http.url}/api/v2/waitlist${path}`, {
    method,
    headers: {
      ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...more,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Told['body'] };
}

/** Nine o'clock as the API writes it. */
const START = '2026-11-24T09:00:00.000+01:00';
const wish = {
  service: 'anna-only',
  start: '2026-11-24T09:00:00+01:00',
  customer: { name: 'Erika', phone: '+491701234567' },
};

test('somebody joins, is offered what became free, and accepts, over HTTP', async () => {
  const [nine] = await at.fill(8);
  const joined = await ask('salon', 'POST', '', wish, { 'idempotency-key': 'one' });
  expect(joined).toMatchObject({
    status: 201,
    body: { status: 'waiting', position: 1, start: START, offer: null },
  });
  expect((await ask('salon', 'POST', '', wish, { 'idempotency-key': 'one' })).status).toBe(200);
  const { id } = joined.body;
  expect(await ask('salon', 'POST', `/${id}/accept`)).toMatchObject({
    status: 409,
    body: { code: 'WAITLIST_NOT_OFFERED', currentStatus: 'waiting' },
  });
  granted(await at.door.cancel(nine?.id as never));
  await vi.waitFor(async () =>
    expect(await ask('salon', 'GET', `/${id}`)).toMatchObject({
      body: { status: 'offered', offer: { start: START, expires: '2026-11-23T08:15:00.000+01:00' } },
    }),
  );
  expect((await ask('salon', 'GET', '?status=offered&service=anna-only')).body.items.map((item) => item.id)).toEqual([
    id,
  ]);
  expect(await ask('salon', 'POST', `/${id}/accept`)).toMatchObject({ status: 200, body: { status: 'booked' } });
});

test('the key of one company reaches nothing of another, and without a key nothing is reached', async () => {
  const joined = await ask('salon', 'POST', '', wish);
  const { id } = joined.body;
  for (const [method, path] of [
    ['GET', `/${id}`],
    ['DELETE', `/${id}`],
    ['POST', `/${id}/accept`],
    ['POST', `/${id}/decline`],
  ] as const) {
    expect(await ask('other', method, path)).toMatchObject({ status: 404, body: { code: 'WAITLIST_ENTRY_UNKNOWN' } });
    expect(await ask('nobody', method, path)).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
  }
  expect((await ask('nobody', 'POST', '', wish)).status).toBe(401);
  expect((await ask('nobody', 'GET', '')).status).toBe(401);
  expect((await ask('other', 'GET', '')).body.items).toEqual([]);
  expect(await ask('salon', 'DELETE', `/${id}`)).toMatchObject({
    status: 200,
    body: { status: 'left', position: null },
  });
});

test('what is wrong with a request is named by field', async () => {
  const fields = async (...input: Parameters<typeof ask>): Promise<readonly string[]> => {
    const { status, body } = await ask(...input);
    expect(status).toBe(400);
    return body.errors.map(({ path }) => path);
  };
  expect(await fields('salon', 'POST', '', '{')).toEqual(['body']);
  expect(await fields('salon', 'POST', '', { ...wish, colour: 'red' })).toEqual(['colour']);
  expect(await fields('salon', 'POST', '', { ...wish, start: 'soon' })).toEqual(['start']);
  expect(await fields('salon', 'POST', '', { service: 'cut' })).toEqual(['to', 'contact']);
  expect(await fields('salon', 'POST', '', wish, { 'content-type': 'text/plain' })).toEqual(['Content-Type']);
  expect(await fields('salon', 'GET', '?limit=none&colour=red')).toEqual(['colour']);
  expect(await fields('salon', 'GET', '?limit=none&status=gone')).toEqual(['limit', 'status']);
  expect(await ask('salon', 'POST', '', { ...wish, start: new Date(NINE + 86_400_000).toISOString() })).toMatchObject({
    status: 409,
    body: { code: 'SLOT_FREE' },
  });
});
