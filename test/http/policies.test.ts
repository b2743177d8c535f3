import { afterEach, beforeEach, expect, test } from 'vitest';
import { salon } from '../engine/salon.ts';
import { api, TEN, type Api } from './api.ts';

let at: Api;
beforeEach(async () => {
  at = await api();
});
afterEach(() => at.close());

const EUR = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });

test('an appointment tells its terms, what it costs to be late is asked before, and problems name who decided', async () => {
  const policies = {
    cancelNoticeMinutes: 48 * 60,
    rescheduleNoticeMinutes: 60,
    maxReschedules: 1,
    maxHoldsPerOwner: 1,
  };
  const [, , colour] = salon().services ?? [];
  const services = [{ ...colour, key: 'colour', name: 'Colour', policies: { lateCancelFee: { percent: 50 } } }];
  const applied = await at.bench.engine.setup.apply({ companies: [salon({ policies, services })] });
  expect(applied.ok).toBe(true);
  const booked = await at.salon('POST', '/api/v2/appointments', { body: { service: 'colour', start: TEN } });
  expect(booked.body).toMatchObject({
    fee: null,
    moves: 0,
    terms: {
      cancelBy: '2026-11-22T09:00:00.000Z',
      rescheduleBy: '2026-11-24T08:00:00.000Z',
      movesLeft: 1,
      lateCancelFee: EUR(4500),
      noShowFee: null,
    },
  });
  const path = `/api/v2/appointments/${booked.body.id}`;
  const unwilling = await at.salon('POST', `${path}/cancel`, { body: { acceptFee: false } });
  expect(unwilling.status).toBe(409);
  expect(unwilling.body).toMatchObject({
    code: 'CANCEL_TOO_LATE',
    latest: '2026-11-22T09:00:00.000Z',
    decidedBy: { level: 'company', key: 'salon' },
    fee: EUR(4500),
  });
  const moved = await at.salon('POST', `${path}/reschedule`, { body: { start: '2026-11-24T13:00:00+01:00' } });
  expect(moved.body).toMatchObject({ moves: 1, terms: { movesLeft: 0, rescheduleBy: null } });
  const again = await at.salon('POST', `${path}/reschedule`, { body: { start: TEN } });
  expect([again.status, again.body.code]).toEqual([409, 'RESCHEDULE_LIMIT']);
  const cancelled = await at.salon('POST', `${path}/cancel`, { body: {} });
  expect(cancelled.body).toMatchObject({
    status: 'cancelled',
    fee: { reason: 'lateCancellation', price: EUR(4500) },
    terms: { cancelBy: null, rescheduleBy: null },
  });
  const hold = { service: 'colour', start: TEN, owner: 'session' };
  expect((await at.salon('POST', '/api/v2/holds', { body: hold })).status).toBe(201);
  const second = await at.salon('POST', '/api/v2/holds', { body: { ...hold, resource: 'ben' } });
  expect([second.status, second.body]).toMatchObject([409, { code: 'HOLD_LIMIT', most: 1 }]);
});
