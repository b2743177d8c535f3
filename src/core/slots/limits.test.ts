import { expect, test } from 'vitest';
import { daily, hour, starts } from './asking.scene.ts';

test('exactly at the notice is allowed, a second later is not', () => {
  const service = { ...hour, noticeMinutes: 120 };
  expect(starts({ service, now: '2026-11-24T08:00:00+01:00' })).toEqual(['10:00', '11:00']);
  expect(starts({ service, now: '2026-11-24T08:00:01+01:00' })).toEqual(['11:00']);
});

test('without notice the past is not offered, now itself is', () => {
  expect(starts({ service: hour, now: '2026-11-24T10:00:00+01:00' })).toEqual(['10:00', '11:00']);
  expect(starts({ service: hour, now: '2026-11-24T10:00:00.001+01:00' })).toEqual(['11:00']);
});

test('without a now nothing is past', () => {
  expect(starts({ service: hour, date: '2001-01-02' })).toEqual(['09:00', '10:00', '11:00']);
});

test('notice is real time across a change of the clock', () => {
  // From 01:30 CET, two hours later it is 04:30 CEST.
  const asked = { date: '2026-03-29', resources: [{ weekly: daily('03:00-07:00') }], now: '2026-03-29T01:30:00+01:00' };
  expect(starts({ ...asked, service: { ...hour, stepMinutes: 30, noticeMinutes: 120 } })).toEqual([
    ...['04:30', '05:00', '05:30', '06:00'],
  ]);
});

test('the horizon counts local dates: the whole of the last date is allowed', () => {
  const service = { ...hour, horizonDays: 1 };
  const asked = { service, days: 4, resources: [{ weekly: daily('22:00-01:00') }] };
  expect(starts({ ...asked, now: '2026-11-24T00:00:00+01:00' })).toEqual([
    ...['11-24 00:00', '11-24 22:00', '11-24 23:00', '11-25 00:00', '11-25 22:00', '11-25 23:00'],
  ]);
  expect(starts({ ...asked, now: '2026-11-24T23:59:59+01:00' })).toEqual(['11-25 00:00', '11-25 22:00', '11-25 23:00']);
});

test('a horizon of no days is today', () => {
  expect(starts({ service: { ...hour, horizonDays: 0 }, days: 3, now: '2026-11-24T09:30:00+01:00' })).toEqual([
    ...['11-24 10:00', '11-24 11:00'],
  ]);
});

test("today is the date in the schedule's zone", () => {
  // 23:30 UTC on Monday is Tuesday in Berlin and still Monday in New York.
  const now = '2026-11-23T23:30:00Z';
  const service = { ...hour, horizonDays: 0 };
  const range = { from: '2026-11-23T00:00:00Z', to: '2026-11-26T00:00:00Z' };
  const resources = [{ weekly: daily('18:00-20:00') }];
  expect(starts({ service, now, range, resources })).toEqual(['11-24 18:00', '11-24 19:00']);
  expect(starts({ service, now, range, resources, timeZone: 'America/New_York' })).toEqual(['11-23 19:00']);
});

test('a clock that falls back across midnight shows the last date of the horizon twice', () => {
  // St. John's fell back from 00:01 to 23:01 of the day before on 2009-11-01.
  const asked = {
    timeZone: 'America/St_Johns',
    now: '2009-10-31T12:00:00-02:30',
    range: { from: '2009-10-31T22:00:00-02:30', to: '2009-11-01T03:00:00-03:30' },
    resources: [{ weekly: daily('00:00-24:00') }],
  };
  expect(starts({ ...asked, service: { durationMinutes: 10, stepMinutes: 30, horizonDays: 0 } }, true)).toEqual([
    ...['10-31 22:00-02:30', '10-31 22:30-02:30', '10-31 23:00-02:30', '10-31 23:30-02:30', '10-31 23:30-03:30'],
  ]);
});
