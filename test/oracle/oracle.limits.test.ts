import { describe, expect, test } from 'vitest';

import { TUESDAY, hour, daily, berlin, starts, datedStarts, spans } from './asking.ts';
import type { CaseResource, CaseService } from './caseFile.ts';

// Every expected answer was worked out by hand from the written semantics, never copied from a run.

describe('range, notice and horizon', () => {
  const day = [berlin({ weekly: daily('08:00-12:00') })];

  test('a start at the beginning of the range counts, one at its end does not, and a slot may end after it', () => {
    const asked = { from: `${TUESDAY}T09:00:00+01:00`, to: `${TUESDAY}T11:00:00+01:00` };
    expect(spans({ service: { durationMinutes: 90, stepMinutes: 60 }, resources: day, range: asked })).toEqual([
      '09:00-10:30',
      '10:00-11:30',
    ]);
  });

  test('a range that begins a second after a start leaves it out, one that ends a second after takes it', () => {
    const asked = { from: `${TUESDAY}T09:00:01+01:00`, to: `${TUESDAY}T11:00:01+01:00` };
    expect(starts({ service: hour, resources: day, range: asked })).toEqual(['10:00', '11:00']);
  });

  test('exactly at the notice is allowed', () => {
    const service = { ...hour, noticeMinutes: 120 };
    expect(starts({ service, resources: day, now: `${TUESDAY}T08:00:00+01:00` })).toEqual(['10:00', '11:00']);
  });

  test('a millisecond inside the notice is not', () => {
    const service = { ...hour, noticeMinutes: 120 };
    expect(starts({ service, resources: day, now: `${TUESDAY}T08:00:00.001+01:00` })).toEqual(['11:00']);
  });

  test('without a notice nothing starts in the past', () => {
    expect(starts({ service: hour, resources: day, now: `${TUESDAY}T10:00:00+01:00` })).toEqual(['10:00', '11:00']);
  });

  test('without a now nothing is past', () => {
    expect(starts({ service: hour, resources: day, date: '2019-11-26' })).toEqual(['08:00', '09:00', '10:00', '11:00']);
  });

  test('notice is real time across a change of the clock', () => {
    const service = { ...hour, noticeMinutes: 180 };
    const resources = [berlin({ weekly: daily('00:00-06:00') })];
    expect(starts({ service, resources, date: '2026-03-29', now: '2026-03-29T00:00:00+01:00' })).toEqual([
      '04:00',
      '05:00',
    ]);
  });

  test('the horizon counts local dates, not hours', () => {
    const service: CaseService = { durationMinutes: 120, stepMinutes: 60, horizonDays: 1 };
    const resources = [berlin({ weekly: daily('22:00-24:00') })];
    const now = `${TUESDAY}T00:00:00+01:00`;
    expect(datedStarts({ service, resources, days: 4, now })).toEqual(['24 22:00', '25 22:00']);
    const lateNow = `${TUESDAY}T21:59:59+01:00`;
    expect(datedStarts({ service, resources, days: 4, now: lateNow })).toEqual(['24 22:00', '25 22:00']);
  });

  test('a horizon of 0 days is today', () => {
    const resources = [berlin({ weekly: daily('09:00-10:00') })];
    const service = { ...hour, horizonDays: 0 };
    expect(datedStarts({ service, resources, days: 3, now: `${TUESDAY}T00:00:00+01:00` })).toEqual(['24 09:00']);
  });

  test('today is the date in the zone of the schedule', () => {
    const zone = 'Pacific/Auckland';
    const resources: CaseResource[] = [{ id: 'mere', timeZone: zone, weekly: daily('09:00-10:00') }];
    const service = { ...hour, horizonDays: 0 };
    // In Auckland it is already 01:00 on the 24th.
    const now = '2026-11-23T12:00:00Z';
    expect(datedStarts({ service, resources, zone, date: '2026-11-23', days: 3, now })).toEqual(['24 09:00']);
  });

  test('a shift past midnight crosses the horizon at midnight', () => {
    const resources = [berlin({ weekly: daily('23:00-01:00') })];
    const service = { ...hour, horizonDays: 0 };
    const now = `${TUESDAY}T12:00:00+01:00`;
    expect(datedStarts({ service, resources, days: 3, now })).toEqual(['24 23:00']);
  });
});
