import { afterEach, beforeEach, expect, test } from 'vitest';
import { salon } from '../engine/salon.ts';
import { api, TEN, type Api } from './api.ts';

let at: Api;
beforeEach(async () => {
  const yoga = { key: 'yoga', name: 'Yoga', durationMinutes: 60, stepMinutes: 60, seats: 4, resources: ['anna'] };
  at = await api({}, salon({ services: [yoga] }));
});
afterEach(() => at.close());

const day = 'from=2026-11-24T00:00:00%2B01:00&to=2026-11-25T00:00:00%2B01:00';

test('a class is listed with its seats, and those who come later join it', async () => {
  const services = await at.salon('GET', '/api/v2/services');
  expect(services.body.items).toMatchObject([{ key: 'yoga', seats: 4 }]);
  const booked = await at.salon('POST', '/api/v2/appointments', {
    body: { service: 'yoga', start: TEN, partySize: 2 },
  });
  expect(booked).toMatchObject({ status: 201, body: { partySize: 2, sessionId: expect.any(String) as string } });
  const listed = await at.salon('GET', `/api/v2/slots?service=yoga&partySize=2&${day}`);
  const { sessionId } = booked.body;
  expect(listed.body.slots.filter((slot) => slot['sessionId'] !== undefined)).toMatchObject([
    { start: '2026-11-24T10:00:00.000+01:00', seatsLeft: 2, partySize: 2, sessionId },
  ]);
  const full = await at.salon('POST', '/api/v2/slots/check', { body: { service: 'yoga', start: TEN, partySize: 3 } });
  expect(full.body).toMatchObject({
    bookable: false,
    code: 'SLOT_TAKEN',
    reasons: [{ code: 'SEATS_TAKEN' }, { code: 'BUSY' }],
  });
  const explained = await at.salon('POST', '/api/v2/slots/explain', {
    body: { service: 'yoga', start: TEN, partySize: 3 },
  });
  expect(explained.body).toMatchObject({
    reasons: [{ code: 'SEATS_TAKEN', partySize: 3, seatsLeft: 2 }, { code: 'BUSY' }],
  });
});

test('an offer for two is held and booked for two, and grows to four', async () => {
  const offered = await at.salon('POST', '/api/v2/offers', { body: { service: 'yoga', start: TEN, partySize: 2 } });
  const held = await at.salon('POST', '/api/v2/holds', { body: { offer: offered.body.offer, owner: 'call' } });
  expect(held.body).toMatchObject({ partySize: 2 });
  const booked = await at.salon('POST', '/api/v2/appointments', { body: { hold: held.body.id, owner: 'call' } });
  const moved = await at.salon('POST', `/api/v2/appointments/${booked.body.id}/reschedule`, {
    body: { start: TEN, partySize: 4 },
  });
  expect(moved.body).toMatchObject({ partySize: 4, sessionId: booked.body['sessionId'] });
});

test('what cannot be is refused by its field', async () => {
  for (const partySize of [0, 1.5, '2']) {
    const { status, body } = await at.salon('POST', '/api/v2/slots/check', {
      body: { service: 'yoga', start: TEN, partySize },
    });
    expect([status, body.errors[0]?.path]).toEqual([400, 'partySize']);
  }
  const offered = await at.salon('POST', '/api/v2/offers', { body: { service: 'yoga', start: TEN } });
  const both = await at.salon('POST', '/api/v2/holds', {
    body: { offer: offered.body.offer, partySize: 2, owner: 'call' },
  });
  expect(both.body.errors).toMatchObject([
    { path: 'partySize', message: 'must be left out beside an offer, which has it already' },
  ]);
});
