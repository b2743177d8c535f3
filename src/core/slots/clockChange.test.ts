import { expect, test } from 'vitest';
import { daily, hour, starts, windowOf } from './asking.scene.ts';

const spring = '2026-03-29';
const autumn = '2026-10-25';

test('windows after 13:00 do not shift on the spring-forward day', () => {
  for (const date of [spring, autumn]) {
    expect(starts({ service: hour, date, resources: [{ weekly: daily('13:00-16:00') }] })).toEqual([
      ...['13:00', '14:00', '15:00'],
    ]);
  }
});

test('the hour that is skipped is not offered', () => {
  expect(starts({ service: hour, date: spring, resources: [{ weekly: daily('00:00-05:00') }] }, true)).toEqual([
    ...['00:00+01:00', '01:00+01:00', '03:00+02:00', '04:00+02:00'],
  ]);
});

test('both passes of the repeated hour count', () => {
  expect(starts({ service: hour, date: autumn, resources: [{ weekly: daily('01:00-04:00') }] }, true)).toEqual([
    ...['01:00+02:00', '02:00+02:00', '02:00+01:00', '03:00+01:00'],
  ]);
});

test('both passes count on the grid from midnight as well', () => {
  const service = { durationMinutes: 30, stepMinutes: 30, grid: 'midnight' } as const;
  expect(starts({ service, date: autumn, resources: [{ weekly: daily('02:00-03:00') }] }, true)).toEqual([
    ...['02:00+02:00', '02:30+02:00', '02:00+01:00', '02:30+01:00'],
  ]);
});

test('a start in the gap moves forward', () => {
  const service = { durationMinutes: 30, stepMinutes: 30 };
  expect(starts({ service, date: spring, resources: [{ weekly: daily('02:30-04:30') }] }, true)).toEqual([
    ...['03:30+02:00', '04:00+02:00'],
  ]);
});

test('an ambiguous start takes the earlier instant, and so does an ambiguous end', () => {
  const service = { durationMinutes: 30, stepMinutes: 30 };
  expect(starts({ service, date: autumn, resources: [{ weekly: daily('02:30-03:30') }] }, true)).toEqual([
    ...['02:30+02:00', '02:00+01:00', '02:30+01:00', '03:00+01:00'],
  ]);
  expect(starts({ service, date: autumn, resources: [{ weekly: daily('01:30-02:30') }] }, true)).toEqual([
    ...['01:30+02:00', '02:00+02:00'],
  ]);
});

test('a window that spans the change is shorter or longer in real time', () => {
  const service = { durationMinutes: 60, stepMinutes: 30 };
  const night = [{ weekly: daily('22:00-06:00') }];
  const saturdayNight = (date: string): number => {
    const from = `${date}T12:00:00Z`;
    const to = new Date(Date.parse(from) + 86_400_000).toISOString();
    return starts({ service, resources: night, range: { from, to } }).length;
  };
  // Seven hours hold 13 starts of an hour, eight hold 15, nine hold 17.
  expect([saturdayNight('2026-03-28'), saturdayNight('2026-04-04'), saturdayNight('2026-10-24')]).toEqual([13, 15, 17]);
});

test('durations are real time: an hour before the change ends an hour later', () => {
  const weekly = daily('01:00-03:30');
  expect(starts({ service: { durationMinutes: 90, stepMinutes: 30 }, date: spring, resources: [{ weekly }] })).toEqual([
    '01:00',
  ]);
});

test('a step that does not divide 60 counts in real time through the change', () => {
  const service = { durationMinutes: 30, stepMinutes: 40 };
  expect(starts({ service, date: spring, resources: [{ weekly: daily('01:00-04:30') }] }, true)).toEqual([
    ...['01:00+01:00', '01:40+01:00', '03:20+02:00', '04:00+02:00'],
  ]);
});

test('a window that lies wholly in skipped time and would end before it starts does not exist that day', () => {
  expect(
    starts({ service: { durationMinutes: 5 }, date: spring, resources: [{ weekly: daily('02:30-03:00') }] }),
  ).toEqual([]);
});

test('a shift of half an hour keeps the clock grid on both sides', () => {
  // Lord Howe falls back from 02:00 to 01:30 on 2026-04-05.
  const service = { durationMinutes: 15, stepMinutes: 15 };
  const weekly = daily('01:15-02:15');
  expect(
    starts({ service, timeZone: 'Australia/Lord_Howe', date: '2026-04-05', resources: [{ weekly }] }, true),
  ).toEqual([...['01:15+11:00', '01:30+11:00', '01:45+11:00', '01:30+10:30', '01:45+10:30', '02:00+10:30']]);
});

test('a date whose midnight does not exist opens when it begins', () => {
  const weekly = daily('00:00-03:00');
  expect(starts({ service: hour, timeZone: 'Asia/Beirut', date: '2021-03-28', resources: [{ weekly }] })).toEqual([
    ...['01:00', '02:00'],
  ]);
  expect(starts({ service: hour, timeZone: 'America/Sao_Paulo', date: '2018-11-04', resources: [{ weekly }] })).toEqual(
    [...['01:00', '02:00']],
  );
});

test('a repeated hour before midnight is offered twice', () => {
  // Havana falls back from 01:00 to 00:00 on 2026-11-01.
  const resources = [{ weekly: [{ days: ['su'], ...windowOf('00:00-02:00') }] }];
  expect(starts({ service: hour, timeZone: 'America/Havana', date: '2026-11-01', resources }, true)).toEqual([
    ...['00:00-04:00', '00:00-05:00', '01:00-05:00'],
  ]);
});
