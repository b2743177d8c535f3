import { afterEach, beforeEach, expect, test } from 'vitest';
import { visitSalon } from '../engine/visitSalon.ts';
import { api, TEN, type Api } from './api.ts';

let at: Api;
let ids: ReadonlyMap<unknown, unknown>;
beforeEach(async () => {
  at = await api({}, visitSalon());
  const services = await at.salon('GET', '/api/v2/services');
  ids = new Map(services.body.items.map(({ id, key }) => [key, id]));
});
afterEach(() => at.close());

const day = 'from=2026-11-24T00:00:00%2B01:00&to=2026-11-25T00:00:00%2B01:00';
const both = { services: ['cut', 'colour'] };

test('several services are listed, offered, held and booked as one visit', async () => {
  const listed = await at.salon('GET', `/api/v2/slots?services=colour,cut&order=any&maxWaitMinutes=10&${day}`);
  expect(listed.body.slots[0]).toMatchObject({
    serviceId: ids.get('colour'),
    start: '2026-11-24T09:00:00.000+01:00',
    segments: [
      { serviceId: ids.get('colour'), key: 'colour' },
      { serviceId: ids.get('cut'), key: 'cut' },
    ],
  });
  const offered = await at.salon('POST', '/api/v2/offers', { body: { ...both, start: TEN } });
  const held = await at.salon('POST', '/api/v2/holds', { body: { offer: offered.body.offer, owner: 'call' } });
  const parts = both.services.map((key) => ({ serviceId: ids.get(key), key }));
  expect(held).toMatchObject({ status: 201, body: { parts } });
  const booked = await at.salon('POST', '/api/v2/appointments', { body: { hold: held.body.id, owner: 'call' } });
  expect(booked).toMatchObject({ status: 201, body: { parts, price: { amountMinor: 9_000, currency: 'EUR' } } });
  const moved = await at.salon('POST', `/api/v2/appointments/${booked.body.id}/reschedule`, {
    body: { start: '2026-11-24T12:00:00+01:00' },
  });
  expect(moved).toMatchObject({ status: 200, body: { parts, start: '2026-11-24T12:00:00.000+01:00' } });
  const explained = await at.salon('POST', '/api/v2/slots/explain', {
    body: { ...both, start: '2026-11-24T12:00:00+01:00' },
  });
  expect(explained.status).toBe(200);
  const checked = await at.salon('POST', '/api/v2/slots/check', { body: { ...both, start: TEN } });
  expect(checked.body).toMatchObject({ bookable: true, slot: { segments: parts } });
});

test('a batch and a series take visits too', async () => {
  const batch = await at.salon('POST', '/api/v2/appointments/batch', {
    body: { mode: 'all', items: [{ ...both, start: TEN }] },
  });
  expect(batch).toMatchObject({ status: 201 });
  const series = await at.salon('POST', '/api/v2/series', {
    body: { ...both, start: '2026-11-25T10:00:00+01:00', rule: 'FREQ=WEEKLY;COUNT=2' },
  });
  expect(series).toMatchObject({ status: 201 });
});

test('what cannot be is refused by its field', async () => {
  const faultOf = async (path: string, body?: object): Promise<unknown> => {
    const told = await at.salon(body === undefined ? 'GET' : 'POST', `/api/v2/${path}`, { body });
    return [told.status, told.body.errors[0]?.path];
  };
  expect(await faultOf(`slots?${day}`)).toEqual([400, 'service']);
  expect(await faultOf(`slots?services=cut&${day}`)).toEqual([400, 'services']);
  expect(await faultOf(`slots?service=cut&services=cut,colour&${day}`)).toEqual([400, 'service']);
  expect(await faultOf(`slots?services=cut,yoga&${day}`)).toEqual([400, 'services[1]']);
  expect(await faultOf(`slots?services=cut,colour&maxWaitMinutes=7&${day}`)).toEqual([400, 'maxWaitMinutes']);
  expect(await faultOf('appointments', { start: TEN })).toEqual([400, 'service']);
  expect(await faultOf('appointments', { ...both, order: 'best', start: TEN })).toEqual([400, 'order']);
});
