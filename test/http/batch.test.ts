import { afterEach, beforeEach, expect, test } from 'vitest';
import { api, type Api } from './api.ts';

let at: Api;
beforeEach(async () => {
  at = await api();
});
afterEach(() => at.close());

const path = '/api/v2/appointments/batch';
const on = (time: string): string => `2026-11-24T${time}:00+01:00`;
const cut = (time: string): object => ({ service: 'cut', start: on(time) });

test('a batch is booked over HTTP, listed by what it has in common, and answered again under its key', async () => {
  const headers = { 'idempotency-key': 'batch-1' };
  const body = { mode: 'all', items: [{ ...cut('10:00'), customer: { name: 'Erika' } }, cut('11:00')] };
  const made = await at.salon('POST', path, { body, headers });
  expect(made.status).toBe(201);
  expect(made.body.items).toMatchObject([
    { appointment: { startMs: Date.parse(on('10:00')), source: 'http' }, refusal: null },
    { appointment: { startMs: Date.parse(on('11:00')) }, refusal: null },
  ]);
  const listed = await at.salon('GET', `/api/v2/appointments?group=${String(made.body['groupId'])}`);
  expect(listed.body.items).toEqual(made.body.items.map(({ appointment }) => appointment));
  const again = await at.salon('POST', path, { body, headers });
  expect([again.status, again.headers.get('idempotent-replayed'), again.text]).toEqual([200, 'true', made.text]);
  expect((await at.other('GET', `/api/v2/appointments?group=${String(made.body['groupId'])}`)).body.items).toEqual([]);
});

test('what cannot be had is told as a problem that names each item, or item by item', async () => {
  const items = [cut('10:00'), cut('20:00')];
  const refused = await at.salon('POST', path, { body: { mode: 'all', items } });
  expect(refused.status).toBe(409);
  expect(refused.body).toMatchObject({
    code: 'BATCH_REFUSED',
    items: [{ index: 1, path: 'items[1]', refusal: { code: 'OUTSIDE_HOURS' } }],
  });
  const some = await at.salon('POST', path, { body: { mode: 'each', items } });
  expect(some.status).toBe(201);
  expect(some.body.items).toMatchObject([{ refusal: null }, { appointment: null, refusal: { code: 'OUTSIDE_HOURS' } }]);
  const none = await at.salon('POST', path, { body: { mode: 'each', items: [cut('20:00')] } });
  expect([none.status, none.body['groupId']]).toEqual([200, null]);
});

test('wrong fields are named by their paths, wherever they are noticed', async () => {
  const wrong = await at.salon('POST', path, {
    body: { mode: 'some', items: [cut('10:00'), { service: 'cut' }, { ...cut('11:00'), note: 'x' }] },
  });
  expect([wrong.status, wrong.body.code]).toEqual([400, 'INPUT_INVALID']);
  expect(wrong.body.errors.map(({ path: field }) => field).toSorted()).toEqual([
    'items[1].start',
    'items[2].note',
    'mode',
  ]);
  const later = await at.salon('POST', path, { body: { mode: 'all', items: [{ ...cut('10:00'), start: 'soon' }] } });
  expect(later.body.errors).toMatchObject([{ path: 'items[0].start' }]);
});

test('a thousand items fit into a body, and a larger body is refused', async () => {
  const item = { ...cut('20:00'), customer: { name: 'x'.repeat(190) }, notes: 'y'.repeat(500) };
  const body = { mode: 'each', items: Array.from({ length: 1_000 }, () => item) };
  expect((await at.salon('POST', path, { body })).status).toBe(200);
  const large = { ...body, items: [{ ...item, notes: 'z'.repeat(3_000_000) }] };
  expect((await at.salon('POST', path, { body: large })).status).toBe(413);
});
