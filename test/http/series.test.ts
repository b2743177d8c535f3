import { afterEach, beforeEach, expect, test } from 'vitest';
import { api, type Api, type Body } from './api.ts';

let at: Api;
beforeEach(async () => {
  at = await api();
});
afterEach(() => at.close());

const body = { service: 'cut', start: '2026-11-24T10:00:00+01:00', rule: 'FREQ=DAILY;COUNT=5', conflicts: 'skip' };
const occurrencesOf = (told: Body): readonly Body[] => told['occurrences'] as readonly Body[];

test('a series is looked at, booked, answered again and listed over HTTP', async () => {
  const checked = await at.salon('POST', '/api/v2/series/check', { body });
  expect(checked.status).toBe(200);
  expect(occurrencesOf(checked.body).map(({ slot }) => slot !== null)).toEqual([true, true, true, true, false]);

  const headers = { 'idempotency-key': 'series-1' };
  const made = await at.salon('POST', '/api/v2/series', { body, headers });
  expect(made.status).toBe(201);
  const occurrences = occurrencesOf(made.body);
  expect(occurrences[4]).toMatchObject({ appointment: null, refusal: { code: 'OUTSIDE_HOURS' } });
  expect(occurrences[1]).toMatchObject({
    start: '2026-11-25T10:00:00.000+01:00',
    isShifted: false,
    appointment: { groupId: made.body['groupId'], recurrence: { rule: body.rule, start: '2026-11-25T09:00:00.000Z' } },
  });
  const listed = await at.salon('GET', `/api/v2/appointments?group=${String(made.body['groupId'])}`);
  expect(listed.body.items).toEqual(occurrences.slice(0, 4).map(({ appointment }) => appointment));
  const again = await at.salon('POST', '/api/v2/series', { body, headers });
  expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, 'true']);
  expect(occurrencesOf(again.body).slice(0, 4)).toEqual(occurrences.slice(0, 4));
});

test('all or nothing names the occurrences, and wrong fields their paths', async () => {
  const whole = await at.salon('POST', '/api/v2/series', { body: { ...body, conflicts: 'fail' } });
  expect(whole.body).toMatchObject({ code: 'BATCH_REFUSED', status: 409, items: [{ path: 'occurrences[4]' }] });
  const endless = await at.salon('POST', '/api/v2/series', { body: { ...body, rule: 'FREQ=DAILY' } });
  expect(endless.body).toMatchObject({ status: 400, errors: [{ path: 'rule' }] });
});

test('what is left of a series is cancelled over HTTP, by its own company alone', async () => {
  const made = await at.salon('POST', '/api/v2/series', { body });
  const [, second] = occurrencesOf(made.body).map(({ appointment }) => appointment as Body);
  const path = `/api/v2/series/${String(made.body['groupId'])}/cancel`;
  const asked = { body: { scope: 'following', appointment: second?.id } };
  expect((await at.other('POST', path, asked)).body).toMatchObject({ code: 'APPOINTMENT_UNKNOWN', status: 404 });
  expect((await at.salon('POST', path, { body: { scope: 'one' } })).body.errors).toMatchObject([
    { path: 'appointment' },
  ]);
  const cancelled = await at.salon('POST', path, asked);
  expect(occurrencesOf(cancelled.body).map(({ appointment }) => (appointment as Body)['status'])).toEqual([
    ...['cancelled', 'cancelled', 'cancelled'],
  ]);
});

test('a series is moved over HTTP, by its own company alone, and answered again', async () => {
  const made = await at.salon('POST', '/api/v2/series', { body });
  const [, second] = occurrencesOf(made.body).map(({ appointment }) => appointment as Body);
  const path = `/api/v2/series/${String(made.body['groupId'])}/reschedule`;
  const asked = {
    body: { scope: 'following', appointment: second?.id, change: { time: '11:00' } },
    headers: { 'idempotency-key': 'move-1' },
  };
  expect((await at.other('POST', path, asked)).body).toMatchObject({ code: 'APPOINTMENT_UNKNOWN', status: 404 });
  expect((await at.salon('POST', '/api/v2/series/none/reschedule', asked)).body).toMatchObject({ status: 404 });
  const wrong = { scope: 'all', change: { time: '11:60' } };
  expect((await at.salon('POST', path, { body: wrong })).body.errors).toMatchObject([{ path: 'change.time' }]);
  const moved = await at.salon('POST', path, asked);
  expect(moved.status).toBe(200);
  expect(occurrencesOf(moved.body)).toHaveLength(3);
  expect(occurrencesOf(moved.body)[0]).toMatchObject({
    appointmentId: second?.id,
    previous: '2026-11-25T09:00:00.000Z',
    isShifted: false,
    appointment: { start: '2026-11-25T11:00:00.000+01:00', recurrence: { start: '2026-11-25T09:00:00.000Z' } },
    refusal: null,
  });
  const again = await at.salon('POST', path, asked);
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect(occurrencesOf(again.body).map(({ appointment }) => appointment)).toEqual(
    occurrencesOf(moved.body).map(({ appointment }) => appointment),
  );
  const whole = await at.salon('POST', path, { body: { scope: 'all', change: { time: '20:00' } } });
  expect(whole.body).toMatchObject({ code: 'BATCH_REFUSED', status: 409 });
});
