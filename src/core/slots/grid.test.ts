import { expect, test } from 'vitest';
import { at, daily, hour, starts, windowOf } from './asking.scene.ts';

test('a step that divides 60 keeps to the clock, whatever the opening hour is', () => {
  const resources = [{ weekly: daily('12:30-17:30') }];
  expect(starts({ service: hour, resources })).toEqual(['13:00', '14:00', '15:00', '16:00']);
  expect(
    starts({ service: { durationMinutes: 30, stepMinutes: 15 }, resources: [{ weekly: daily('09:05-10:00') }] }),
  ).toEqual(['09:15', '09:30']);
});

test('any other step counts from the start of the window', () => {
  const service = { durationMinutes: 45, stepMinutes: 45 };
  expect(starts({ service, resources: [{ weekly: daily('11:15-13:30') }] })).toEqual(['11:15', '12:00', '12:45']);
  const every90 = { durationMinutes: 30, stepMinutes: 90 };
  expect(starts({ service: every90, resources: [{ weekly: daily('09:00-10:00', '11:10-14:10') }] })).toEqual([
    ...['09:00', '11:10', '12:40'],
  ]);
});

test('nothing busy shifts the grid', () => {
  const busy = [at('09:00-09:20')];
  expect(starts({ service: { durationMinutes: 40, stepMinutes: 40 }, resources: [{ busy }] })).toEqual([
    ...['09:40', '10:20', '11:00'],
  ]);
  expect(starts({ service: hour, resources: [{ busy: [at('09:00-09:10')] }] })).toEqual(['10:00', '11:00']);
});

test('window forces counting from the window, even where a step divides 60', () => {
  const resources = [{ weekly: daily('12:30-15:30') }];
  expect(starts({ service: { ...hour, grid: 'window' }, resources })).toEqual(['12:30', '13:30', '14:30']);
});

test('midnight counts wall-clock minutes from local midnight, whatever the step', () => {
  const resources = [{ weekly: daily('09:00-13:00') }];
  expect(starts({ service: { durationMinutes: 30, stepMinutes: 90, grid: 'midnight' }, resources })).toEqual([
    ...['09:00', '10:30', '12:00'],
  ]);
  expect(starts({ service: { durationMinutes: 30, stepMinutes: 50, grid: 'midnight' }, resources })).toEqual([
    ...['09:10', '10:00', '10:50', '11:40', '12:30'],
  ]);
});

test('midnight starts anew each day where the step does not divide it', () => {
  const weekly = [{ days: ['tu'], ...windowOf('22:00-02:00') }];
  const service = { durationMinutes: 10, stepMinutes: 50, grid: 'midnight' } as const;
  expect(starts({ service, resources: [{ weekly }], days: 2 })).toEqual([
    ...['11-24 22:30', '11-24 23:20', '11-25 00:00', '11-25 00:50', '11-25 01:40'],
  ]);
});

test('the clock is that of the schedule: zones of half and three quarters of an hour offer full local hours', () => {
  for (const timeZone of ['Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Eucla', 'America/St_Johns', 'Pacific/Chatham']) {
    expect(starts({ service: hour, timeZone })).toEqual(['09:00', '10:00', '11:00']);
  }
});

test('each window of a date counts from its own start, and goes on into the next day', () => {
  const weekly = [{ days: ['tu'], ...windowOf('23:10-01:10') }];
  expect(starts({ service: { durationMinutes: 40, stepMinutes: 40 }, resources: [{ weekly }], days: 2 })).toEqual([
    ...['11-24 23:10', '11-24 23:50', '11-25 00:30'],
  ]);
});

test('where windows of two dates overlap, the starts of both are offered', () => {
  const weekly = [
    { days: ['tu'], ...windowOf('22:00-02:00') },
    { days: ['we'], ...windowOf('01:00-03:00') },
  ];
  expect(starts({ service: { durationMinutes: 40, stepMinutes: 40 }, resources: [{ weekly }], days: 2 })).toEqual([
    ...['11-24 22:00', '11-24 22:40', '11-24 23:20', '11-25 00:00', '11-25 00:40'],
    ...['11-25 01:00', '11-25 01:20', '11-25 01:40', '11-25 02:20'],
  ]);
});

test('a range that begins between two starts does not shift them', () => {
  const range = { from: '2026-11-24T09:25:00+01:00', to: '2026-11-24T11:00:00+01:00' };
  expect(starts({ service: { durationMinutes: 40, stepMinutes: 40 }, range })).toEqual(['11-24 09:40', '11-24 10:20']);
});
