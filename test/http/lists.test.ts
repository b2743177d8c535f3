import { afterAll, beforeAll, expect, test } from 'vitest';
import { api, type Api, type Body } from './api.ts';

const NINE_MS = Date.parse('2026-11-24T09:00:00+01:00');
const HOUR_MS = 3_600_000;
const names = ['Zoë Zumthor', 'Jürgen Müller', 'MULLER, Anna', 'Erika Mustermann'];

let at: Api;
let booked: readonly Body[];

beforeAll(async () => {
  at = await api();
  const made: Body[] = [];
  for (const [hour, name] of names.entries()) {
    at.bench.clock.advance(1000);
    const customer = { name, phone: `+49151000000${hour}` };
    const start = new Date(NINE_MS + hour * HOUR_MS).toISOString();
    const told = await at.salon('POST', '/api/v2/appointments', { body: { service: 'anna-only', start, customer } });
    made.push(told.body);
  }
  booked = made;
});
afterAll(() => at.close());

const idsOf = (items: readonly Body[]): string[] => items.map(({ id }) => id);
const list = async (path: string): Promise<readonly Body[]> => (await at.salon('GET', `/api/v2/${path}`)).body.items;

/** All pages of a list, of so many each. */
async function pages(path: string, limit: number): Promise<Body[]> {
  const all: Body[] = [];
  let cursor = '';
  do {
    const told = await at.salon('GET', `/api/v2/${path}&limit=${limit}${cursor}`);
    expect(told.status).toBe(200);
    all.push(...told.body.items);
    cursor = told.body.next === null ? '' : `&cursor=${encodeURIComponent(told.body.next)}`;
  } while (cursor !== '');
  return all;
}

test('the agenda shows a day of a branch, in its own zone, page by page', async () => {
  const day = await pages('agenda?branch=mitte&date=2026-11-24', 3);
  expect(idsOf(day)).toEqual(idsOf(booked));
  expect(day[0]).toMatchObject({
    start: '2026-11-24T09:00:00.000+01:00',
    end: '2026-11-24T10:00:00.000+01:00',
    status: 'confirmed',
    resourceId: booked[0]?.resourceIds[0],
    customerId: booked[0]?.['customerId'],
  });
  expect(await list('agenda?branch=mitte&date=2026-11-25')).toEqual([]);
  const from = encodeURIComponent('2026-11-24T10:00:00+01:00');
  const morning = await list(`agenda?branch=mitte&from=${from}&to=2026-11-24T11:00:00Z`);
  expect(idsOf(morning)).toEqual(idsOf(booked.slice(1, 3)));
});

test('a day that cannot be shown is refused by name', async () => {
  for (const [query, path] of [
    ['branch=mitte', 'date'],
    ['branch=mitte&date=24.11.2026', 'date'],
    ['branch=mitte&date=2026-02-30', 'date'],
    ['branch=mitte&date=2026-11-24&from=2026-11-24T10:00:00Z', 'date'],
    ['branch=mitte&date=2026-11-24&limit=501', 'limit'],
    ['branch=mitte&date=2026-11-24&cursor=x', 'cursor'],
    ['date=2026-11-24', 'branch'],
  ]) {
    const told = await at.salon('GET', `/api/v2/agenda?${query}`);
    expect([query, told.status, told.body.errors[0]?.path]).toEqual([query, 400, path]);
  }
  expect((await at.salon('GET', '/api/v2/agenda?branch=nowhere&date=2026-11-24')).body.code).toBe('BRANCH_UNKNOWN');
});

test('appointments come in any order, page by page, and by what has changed', async () => {
  const ids = idsOf(booked);
  for (const sort of ['start', 'created', 'updated']) {
    expect(idsOf(await pages(`appointments?sort=${sort}`, 3))).toEqual(ids);
    expect(idsOf(await pages(`appointments?sort=-${sort}`, 3))).toEqual([...ids].reverse());
  }
  at.bench.clock.advance(60_000);
  const since = new Date(at.bench.clock.now()).toISOString();
  await at.salon('POST', `/api/v2/appointments/${ids[1]}/complete`, { body: {} });
  await at.salon('POST', `/api/v2/appointments/${ids[1]}/cancel`, { body: { by: 'company' } });
  expect(idsOf(await list(`appointments?updatedFrom=${since}`))).toEqual([ids[1]]);
  expect(await list(`appointments?updatedTo=${since}&sort=-updated`)).toHaveLength(3);
  const service = booked[0]?.['serviceId'] as string;
  const resource = booked[0]?.resourceIds[0] ?? '';
  expect(idsOf(await list(`appointments?service=${service}&resource=${resource}&sort=-start`))).toEqual(
    ids.toReversed(),
  );
});

test('what no index serves is refused by the name of the filter', async () => {
  const { id = '' } = booked[0] ?? {};
  for (const [query, path] of [
    [`service=${id}`, 'service'],
    [`service=${id}&from=2026-11-24T10:00:00Z`, 'service'],
    ['sort=created&status=confirmed', 'status'],
    [`sort=-updated&branch=${id}`, 'branch'],
    ['sort=updated&from=2026-11-24T10:00:00Z', 'from'],
    ['sort=start&updatedFrom=2026-11-24T10:00:00Z', 'updatedFrom'],
    ['sort=price', 'sort'],
    ['sort=updated&cursor=0_' + id, 'cursor'],
  ]) {
    const told = await at.salon('GET', `/api/v2/appointments?${query}`);
    expect([query, told.status, told.body.errors[0]?.path]).toEqual([query, 400, path]);
  }
});

test('customers are found by the beginning of their name or number, page by page', async () => {
  const named = async (query: string): Promise<unknown[]> => (await pages(`customers?${query}`, 1)).map((each) => each['name']);
  expect(await named('name=m%C3%BCll')).toEqual(['MULLER, Anna']);
  expect(await named('name=jurgen')).toEqual(['Jürgen Müller']);
  expect(await named('phone=%2B49151')).toEqual(names);
  expect(await named('phone=+491510000002')).toEqual(['MULLER, Anna']);
  expect(await named('')).toEqual(names);
  for (const [query, path] of [
    ['name=%CC%81', 'name'],
    ['phone=0151', 'phone'],
    ['name=a&phone=%2B49', 'phone'],
    ['name=a&cursor=x', 'cursor'],
  ]) {
    const told = await at.salon('GET', `/api/v2/customers?${query}`);
    expect([query, told.status, told.body.errors[0]?.path]).toEqual([query, 400, path]);
  }
}); // prettier-ignore

test('calls are listed by their time, their status and their caller, without what was said in them', async () => {
  const { calls } = at.bench.door;
  for (const [index, from] of ['+4915100000000', '+4915100000001', '+4915100000000'].entries())
    await calls.record('acme', `c${index}`, {
      from,
      status: index === 0 ? 'completed' : 'ongoing',
      startedMs: NINE_MS + index * HOUR_MS,
      transcript: 'secret',
    });
  const told = async (query: string): Promise<unknown[]> => (await pages(`calls?${query}`, 2)).map((each) => each['providerCallId']);
  expect(await told('')).toEqual(['c2', 'c1', 'c0']);
  expect(await told('sort=time')).toEqual(['c0', 'c1', 'c2']);
  expect(await told('caller=015100000000')).toEqual(['c2', 'c0']);
  expect(await told('status=ongoing&to=2026-11-24T10:00:00Z')).toEqual(['c1']);
  expect((await at.salon('GET', '/api/v2/calls')).text).not.toContain('secret');
  expect((await at.salon('GET', '/api/v2/calls?caller=x')).body.errors[0]?.path).toBe('caller');
}); // prettier-ignore

test('holds are listed until they run out, and never whose they are', async () => {
  const made: string[] = [];
  for (const hour of [14, 15]) {
    const body = { service: 'anna-only', start: `2026-11-24T${hour}:00:00+01:00`, owner: 'secret-owner', ttlSeconds: 60 * (hour - 13) };
    made.push((await at.salon('POST', '/api/v2/holds', { body })).body.id);
  }
  expect(idsOf(await pages('holds?', 1))).toEqual(made);
  expect((await at.salon('GET', '/api/v2/holds')).text).not.toContain('secret-owner');
  at.bench.clock.advance(60_000);
  expect(idsOf(await list('holds'))).toEqual(made.slice(1));
}); // prettier-ignore
