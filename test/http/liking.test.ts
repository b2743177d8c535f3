import { afterEach, beforeEach, expect, test } from 'vitest';
import { api, TEN, type Api } from './api.ts';

let at: Api;
beforeEach(async () => {
  at = await api();
});
afterEach(() => at.close());

const week = 'from=2026-11-24T00:00:00%2B01:00&to=2026-11-28T00:00:00%2B01:00';

test('a wish is answered with the best first, and whoever is preferred serves where he can', async () => {
  const asked = `/api/v2/slots?service=cut&${week}&prefer=ben&weekdays=we,th&partOfDay=afternoon&around=15:00&count=30`;
  const { status, body } = await at.salon('GET', asked);
  expect(status).toBe(200);
  expect(body.slots[0]).toMatchObject({ start: '2026-11-25T15:00:00.000+01:00', unmet: [], preferred: true });
  expect(body.slots.at(-1)).toMatchObject({ unmet: expect.arrayContaining([expect.any(String)]) as unknown });
  expect(body['preference']).toMatchObject([{ status: 'free' }]);
  const near = await at.salon('GET', '/api/v2/slots?service=cut&around=2026-11-26T10:00:00+01:00&count=1');
  expect(near.body.slots[0]).toMatchObject({ start: '2026-11-26T10:00:00.000+01:00' });
});

test('a preference is booked, and what makes no sense is refused by its field', async () => {
  const booked = await at.salon('POST', '/api/v2/appointments', {
    body: { service: 'cut', start: TEN, prefer: ['ben'] },
  });
  const { body: resources } = await at.salon('GET', '/api/v2/resources');
  expect(booked.body.resourceIds).toEqual([resources.items.find((each) => each['key'] === 'ben')?.id]);
  const wrong = await at.salon('GET', `/api/v2/slots?service=cut&${week}&weekdays=xx&around=soon`);
  expect(wrong.status).toBe(400);
  expect((await at.salon('GET', `/api/v2/slots?service=cut&${week}&around=soon`)).body.errors).toMatchObject([
    { path: 'wish.around' },
  ]);
});
