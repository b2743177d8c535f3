import { expect, test } from 'vitest';
import { at, daily, hour, starts, windowOf } from './asking.scene.ts';

test('a window offers every start whose appointment ends within it', () => {
  expect(starts({ service: { durationMinutes: 60 } })).toEqual([
    ...['09:00', '09:15', '09:30', '09:45', '10:00', '10:15', '10:30', '10:45', '11:00'],
  ]);
});

test('several windows a day leave the time between them closed', () => {
  expect(starts({ service: hour, resources: [{ weekly: daily('09:00-11:00', '13:00-15:00') }] })).toEqual([
    ...['09:00', '10:00', '13:00', '14:00'],
  ]);
});

test('an appointment too long for a window is not offered', () => {
  expect(starts({ service: { durationMinutes: 181 } })).toEqual([]);
  expect(starts({ service: { durationMinutes: 180 } })).toEqual(['09:00']);
});

test('windows of one date that touch are one window', () => {
  const resources = [{ weekly: daily('09:00-10:00', '10:00-11:00') }];
  expect(starts({ service: { durationMinutes: 90, stepMinutes: 30 }, resources })).toEqual(['09:00', '09:30']);
  expect(starts({ service: { durationMinutes: 40, stepMinutes: 40 }, resources })).toEqual(['09:00', '09:40', '10:20']);
});

test('windows of one date that overlap are one window, with the grid of the earlier', () => {
  const resources = [{ weekly: daily('10:00-11:00', '09:00-10:30') }];
  expect(starts({ service: { durationMinutes: 40, stepMinutes: 40 }, resources })).toEqual(['09:00', '09:40', '10:20']);
});

test('a window across midnight belongs to the date on which it starts', () => {
  const weekly = [{ days: ['tu'], ...windowOf('22:00-02:00') }];
  expect(starts({ service: hour, resources: [{ weekly }], days: 3 })).toEqual([
    ...['11-24 22:00', '11-24 23:00', '11-25 00:00', '11-25 01:00'],
  ]);
});

test('an end equal to the start means the next day', () => {
  const weekly = [{ days: ['tu'], ...windowOf('09:00-09:00') }];
  const found = starts({ service: hour, resources: [{ weekly }], days: 3 });
  expect(found).toHaveLength(24);
  expect([found.at(0), found.at(-1)]).toEqual(['11-24 09:00', '11-25 08:00']);
});

test('24:00 and 00:00 as an end are midnight at the end of the day', () => {
  for (const window of ['22:00-24:00', '22:00-00:00']) {
    const weekly = [{ days: ['tu'], ...windowOf(window) }];
    expect(starts({ service: hour, resources: [{ weekly }], days: 2 })).toEqual(['11-24 22:00', '11-24 23:00']);
  }
});

test('a day open from 00:00 to 24:00 is open all day, and the next continues it', () => {
  const found = starts({
    service: { durationMinutes: 120, stepMinutes: 60 },
    resources: [{ weekly: daily('00:00-24:00') }],
  });
  expect(found).toHaveLength(24);
});

test('a span fits when it lies in open time across two dates', () => {
  const weekly = [
    { days: ['tu'], ...windowOf('22:00-24:00') },
    { days: ['we'], ...windowOf('00:00-01:00') },
  ];
  expect(starts({ service: { durationMinutes: 180, stepMinutes: 60 }, resources: [{ weekly }], days: 2 })).toEqual([
    '11-24 22:00',
  ]);
});

test('an override replaces the windows of its date', () => {
  const overrides = [{ date: '2026-11-24', windows: [windowOf('14:00-16:00')] }];
  expect(starts({ service: hour, resources: [{ overrides }], days: 2 })).toEqual([
    ...['11-24 14:00', '11-24 15:00', '11-25 09:00', '11-25 10:00', '11-25 11:00'],
  ]);
});

test('an override without windows closes its date', () => {
  const overrides = [{ date: '2026-11-24', windows: [] }];
  expect(starts({ service: hour, resources: [{ overrides }] })).toEqual([]);
});

test('an override opens a date that has no weekly windows', () => {
  const overrides = [{ date: '2026-11-24', windows: [windowOf('09:00-10:00')] }];
  expect(starts({ service: hour, resources: [{ weekly: [], overrides }] })).toEqual(['09:00']);
});

test('a window that began the evening before stays when its end falls on a closed date', () => {
  const overrides = [{ date: '2026-11-25', windows: [] }];
  const resources = [{ weekly: daily('22:00-02:00'), overrides }];
  expect(starts({ service: hour, resources, days: 2 })).toEqual([
    ...['11-24 00:00', '11-24 01:00', '11-24 22:00', '11-24 23:00', '11-25 00:00', '11-25 01:00'],
  ]);
});

test('an override may run past midnight itself', () => {
  const overrides = [{ date: '2026-11-24', windows: [windowOf('23:00-01:00')] }];
  expect(starts({ service: hour, resources: [{ weekly: [], overrides }], days: 2 })).toEqual([
    ...['11-24 23:00', '11-25 00:00'],
  ]);
});

test('outside its validity a schedule has no weekly windows, its overrides stay', () => {
  const resource = {
    weekly: daily('09:00-10:00'),
    validFrom: '2026-11-25',
    validTo: '2026-11-26',
    overrides: [{ date: '2026-11-28', windows: [windowOf('10:00-11:00')] }],
  };
  expect(starts({ service: hour, resources: [resource], days: 6 })).toEqual([
    ...['11-25 09:00', '11-26 09:00', '11-28 10:00'],
  ]);
});

test('a night that began on the last valid date stays', () => {
  const resource = { weekly: daily('23:00-01:00'), validFrom: '2026-11-24', validTo: '2026-11-24' };
  expect(starts({ service: hour, resources: [resource], days: 3 })).toEqual(['11-24 23:00', '11-25 00:00']);
});

test('time off closes open time and shifts no grid', () => {
  expect(starts({ service: hour, resources: [{ timeOff: [at('09:30-10:30')] }] })).toEqual(['11:00']);
  const every40 = { durationMinutes: 40, stepMinutes: 40 };
  expect(starts({ service: every40, resources: [{ timeOff: [at('09:00-09:20')] }] })).toEqual([
    ...['09:40', '10:20', '11:00'],
  ]);
});

test('a resource without windows and overrides is never open', () => {
  expect(starts({ service: hour, resources: [{ weekly: [] }], days: 7 })).toEqual([]);
});

test('starts lie in [from, to) and may end after to', () => {
  const range = { from: '2026-11-24T10:00:00+01:00', to: '2026-11-24T11:00:00+01:00' };
  expect(starts({ service: { durationMinutes: 60, stepMinutes: 30 }, range })).toEqual(['11-24 10:00', '11-24 10:30']);
});

test('an empty range has no starts', () => {
  const range = { from: '2026-11-24T10:00:00+01:00', to: '2026-11-24T10:00:00+01:00' };
  expect(starts({ service: hour, range })).toEqual([]);
});
