import { afterEach, beforeEach, expect, test } from 'vitest';
import { api, TEN, type Api } from './api.ts';

let at: Api;
beforeEach(async () => {
  at = await api();
});
afterEach(() => at.close());

const day = 'from=2026-11-24T00:00:00%2B01:00&to=2026-11-25T00:00:00%2B01:00';

test('lists the slots of a day, and a plus that a query made a blank is understood', async () => {
  const { status, body } = await at.salon('GET', `/api/v2/slots?service=cut&${day}`);
  expect(status).toBe(200);
  expect(body.slots).toHaveLength(15);
  expect(body.slots[0]).toMatchObject({ start: '2026-11-24T09:00:00.000+01:00', timeZone: 'Europe/Berlin' });
  const careless = await at.salon('GET', `/api/v2/slots?service=cut&${day.replaceAll('%2B', '+')}`);
  expect(careless.text).toBe((await at.salon('GET', `/api/v2/slots?service=cut&${day}`)).text);
});

test('nothing free is an empty list that says why and what else there is', async () => {
  const night = 'from=2026-11-24T20:00:00%2B01:00&to=2026-11-24T23:00:00%2B01:00';
  const { status, body } = await at.salon('GET', `/api/v2/slots?service=cut&${night}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ slots: [], code: 'NO_SLOT' });
  expect(body['reasons']).not.toEqual([]);
  expect(body['alternatives']).not.toEqual([]);
});

test('a start is judged, and what cannot be had comes with alternatives', async () => {
  const free = await at.salon('POST', '/api/v2/slots/check', { body: { service: 'cut', start: TEN } });
  expect(free.body).toMatchObject({ bookable: true, slot: { start: '2026-11-24T10:00:00.000+01:00' } });
  const closed = await at.salon('POST', '/api/v2/slots/check', {
    body: { service: 'cut', start: '2026-11-24T20:00:00+01:00' },
  });
  expect(closed.status).toBe(200);
  expect(closed.body).toMatchObject({ bookable: false, code: 'OUTSIDE_HOURS' });
  expect(closed.body['alternatives']).toHaveLength(3);
});

test('a start is explained: every reason of everybody, with instants written out, and what is nearest', async () => {
  const booked = await at.salon('POST', '/api/v2/appointments', { body: { service: 'anna-only', start: TEN } });
  expect(booked.status).toBe(201);
  const { status, body } = await at.salon('POST', '/api/v2/slots/explain', {
    body: { service: 'anna-only', start: TEN },
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    bookable: false,
    reasons: [{ code: 'BUSY', busy: { start: '2026-11-24T09:00:00.000Z', end: '2026-11-24T10:00:00.000Z' } }],
    nearest: { previous: '2026-11-24T08:00:00.000Z', next: '2026-11-24T10:00:00.000Z' },
  });
  const free = await at.salon('POST', '/api/v2/slots/explain', { body: { service: 'cut', start: TEN } });
  expect(free.body).toMatchObject({ bookable: true, reasons: [], slot: { start: '2026-11-24T10:00:00.000+01:00' } });
});

test('an offer is held, the hold is booked, and booking it again is the same appointment', async () => {
  const offered = await at.salon('POST', '/api/v2/offers', { body: { service: 'cut', start: TEN } });
  expect(offered.status).toBe(200);
  const held = await at.salon('POST', '/api/v2/holds', { body: { offer: offered.body.offer, owner: 'call-1' } });
  expect(held.status).toBe(201);
  expect(held.headers.get('location')).toBe(`/api/v2/holds/${held.body.id}`);
  expect(held.text).not.toContain('call-1');
  expect((await at.salon('GET', `/api/v2/holds/${held.body.id}`)).text).toBe(held.text);

  const order = { hold: held.body.id, owner: 'call-1', customer: { name: 'Erika', phone: '030 1234567' } };
  const booked = await at.salon('POST', '/api/v2/appointments', { body: order });
  expect(booked.status).toBe(201);
  expect(booked.headers.get('location')).toBe(`/api/v2/appointments/${booked.body.id}`);
  expect(booked.headers.get('etag')).toBe('"1"');
  expect(booked.body).toMatchObject({ id: held.body.id, status: 'confirmed', source: 'http', version: 1 });
  expect(booked.text).not.toMatch(/companyId|spans/);

  const again = await at.salon('POST', '/api/v2/appointments', { body: order });
  expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, 'true']);
  expect(again.text).toBe(booked.text);

  const customer = await at.salon('GET', `/api/v2/customers/${String(booked.body['customerId'])}`);
  expect(customer.body).toMatchObject({ name: 'Erika', phone: '+49301234567', noShows: 0 });
});

test('a hold is released by its owner alone', async () => {
  const held = await at.salon('POST', '/api/v2/holds', { body: { service: 'cut', start: TEN, owner: 'call-1' } });
  const path = `/api/v2/holds/${held.body.id}`;
  expect((await at.salon('DELETE', `${path}?owner=call-2`)).body).toMatchObject({ code: 'NOT_OWNER', status: 403 });
  expect((await at.salon('DELETE', path)).body).toMatchObject({ code: 'INPUT_INVALID' });
  expect((await at.salon('DELETE', `${path}?owner=call-1`)).status).toBe(204);
  expect((await at.salon('GET', path)).body).toMatchObject({ code: 'HOLD_UNKNOWN' });
});

test('one key for many requests at once has one effect and byte-identical answers', async () => {
  const headers = { 'idempotency-key': 'order-17' };
  const body = { service: 'cut', start: TEN, customer: { name: 'Erika' } };
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => at.salon('POST', '/api/v2/appointments', { body, headers })),
  );
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(29);
  expect((await at.salon('GET', '/api/v2/appointments')).body.items).toHaveLength(1);
  const changed = await at.salon('POST', '/api/v2/appointments', {
    body: { ...body, customer: { name: 'Otto' } },
    headers,
  });
  expect(changed.body).toMatchObject({ code: 'KEY_REUSED', status: 422 });
});

test('of many who want one time as many get it as there are chairs, and the others hear of alternatives', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      at.salon('POST', '/api/v2/appointments', { body: { service: 'cut', start: TEN } }),
    ),
  );
  const taken = answers.filter(({ status }) => status === 409);
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
  expect(taken).toHaveLength(18);
  for (const { body } of taken) {
    expect(body).toMatchObject({ code: 'SLOT_TAKEN' });
    expect(body['alternatives']).toHaveLength(3);
  }
});

test('an appointment moves, also over itself, and keeps who does it; a version that has passed moves nothing', async () => {
  const booked = await at.salon('POST', '/api/v2/appointments', {
    body: { service: 'cut', start: TEN, resource: 'ben' },
  });
  const path = `/api/v2/appointments/${booked.body.id}`;
  const start = '2026-11-24T10:30:00+01:00';
  const moved = await at.salon('POST', `${path}/reschedule`, { body: { start }, headers: { 'if-match': '"1"' } });
  expect(moved.status).toBe(200);
  expect(moved.body).toMatchObject({ start: '2026-11-24T10:30:00.000+01:00', version: 2 });
  expect(moved.body.resourceIds).toEqual(booked.body.resourceIds);
  const byHeader = await at.salon('POST', `${path}/cancel`, { body: {}, headers: { 'if-match': '"1"' } });
  expect(byHeader.body).toMatchObject({ status: 412, code: 'VERSION_MISMATCH', version: 2 });
  expect(byHeader.headers.get('etag')).toBe('"2"');
  const byBody = await at.salon('POST', `${path}/cancel`, { body: { version: 1 } });
  expect(byBody.body).toMatchObject({ status: 409, code: 'VERSION_CONFLICT', version: 2 });
  const cancelled = await at.salon('POST', `${path}/cancel`, { body: { version: 2, reason: 'ill' } });
  expect(cancelled.body).toMatchObject({ status: 'cancelled', version: 3 });
  const again = await at.salon('POST', `${path}/cancel`, { body: {} });
  expect(again.body).toMatchObject({ status: 409, code: 'STATUS_CONFLICT', currentStatus: 'cancelled' });
});

test('an appointment moves to a hold', async () => {
  const booked = await at.salon('POST', '/api/v2/appointments', { body: { service: 'cut', start: TEN } });
  const held = await at.salon('POST', '/api/v2/holds', {
    body: { service: 'cut', start: '2026-11-25T15:00:00+01:00', owner: 'call-1' },
  });
  const moved = await at.salon('POST', `/api/v2/appointments/${booked.body.id}/reschedule`, {
    body: { hold: held.body.id, owner: 'call-1' },
  });
  expect(moved.body).toMatchObject({ id: booked.body.id, start: '2026-11-25T15:00:00.000+01:00' });
});

test('a pending appointment is confirmed, then the customer came or did not', async () => {
  const order = { service: 'cut', start: TEN, status: 'pending', customer: { name: 'Erika' } };
  const booked = await at.salon('POST', '/api/v2/appointments', { body: order });
  const path = `/api/v2/appointments/${booked.body.id}`;
  expect(booked.body['status']).toBe('pending');
  for (const [step, status] of [
    ['confirm', 'confirmed'],
    ['complete', 'completed'],
    ['no-show', 'noShow'],
  ] as const)
    expect((await at.salon('POST', `${path}/${step}`, { body: {} })).body['status']).toBe(status);
});

test('an appointment that did not change since is not sent again', async () => {
  const booked = await at.salon('POST', '/api/v2/appointments', { body: { service: 'cut', start: TEN } });
  const path = `/api/v2/appointments/${booked.body.id}`;
  const read = await at.salon('GET', path);
  expect(read.text).toBe(booked.text);
  const same = await at.salon('GET', path, { headers: { 'if-none-match': read.headers.get('etag') ?? '' } });
  expect([same.status, same.text]).toEqual([304, '']);
  expect((await at.salon('GET', path, { headers: { 'if-none-match': '"9"' } })).status).toBe(200);
});

test('appointments are listed page by page and filtered', async () => {
  for (const hour of ['09', '10', '11', '12'])
    await at.salon('POST', '/api/v2/appointments', {
      body: { service: 'anna-only', start: `2026-11-24T${hour}:00:00+01:00` },
    });
  const starts: unknown[] = [];
  for (let next: string | null = ''; next !== null;) {
    const page = await at.salon('GET', `/api/v2/appointments?limit=3${next === '' ? '' : `&cursor=${next}`}`);
    starts.push(...page.body.items.map(({ start }) => String(start).slice(11, 16)));
    next = page.body.next;
  }
  expect(starts).toEqual(['09:00', '10:00', '11:00', '12:00']);
  const some = await at.salon('GET', '/api/v2/appointments?from=2026-11-24T10:00:00Z&status=confirmed,pending');
  expect(some.body.items).toHaveLength(2);
  expect((await at.salon('GET', '/api/v2/appointments?status=cancelled')).body.items).toEqual([]);
});

test('the company, its branches, services, resources and customers are listed', async () => {
  expect((await at.salon('GET', '/api/v2/company')).body).toMatchObject({ key: 'salon', timeZone: 'Europe/Berlin' });
  for (const [list, key] of [
    ['branches', 'mitte'],
    ['services', 'cut'],
    ['resources', 'anna'],
  ] as const)
    expect((await at.salon('GET', `/api/v2/${list}`)).body.items[0]).toMatchObject({ key });
  await at.salon('POST', '/api/v2/appointments', { body: { service: 'cut', start: TEN, customer: { name: 'Erika' } } });
  expect((await at.salon('GET', '/api/v2/customers?limit=1')).body).toMatchObject({
    items: [{ name: 'Erika' }],
    next: null,
  });
});

test('nothing is booked in a call that the company does not have', async () => {
  const theirs = await (await at.bench.open('other')).calls.record('acme', 'call-1', { status: 'ongoing' });
  const nobodys = '01900000-0000-7000-8000-0000000000ff';
  for (const callId of [theirs.ok ? theirs.call.id : '', nobodys]) {
    const body = { service: 'cut', start: TEN, callId };
    const { status, body: told } = await at.salon('POST', '/api/v2/appointments', { body });
    expect([status, told.code]).toEqual([404, 'CALL_UNKNOWN']);
  }
});
