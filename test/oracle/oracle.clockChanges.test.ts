import { describe, expect, test } from 'vitest';

import { BERLIN, TUESDAY, hour, daily, weekly, berlin, starts, offsetStarts } from './asking.ts';
import type { CaseResource, CaseService } from './caseFile.ts';

// Every expected answer was worked out by hand from the written semantics, never copied from a run.

describe('changes of the clock', () => {
  const halfHour: CaseService = { durationMinutes: 30, stepMinutes: 30 };

  test.each<[string, string, string, string, CaseService, string[]]>([
    [
      'the hour that is left out offers nothing',
      BERLIN,
      '2026-03-29',
      '01:00-04:00',
      hour,
      ['01:00+01:00', '03:00+02:00'],
    ],
    [
      'an opening in the gap moves forward',
      BERLIN,
      '2026-03-29',
      '02:30-05:00',
      halfHour,
      ['03:30+02:00', '04:00+02:00', '04:30+02:00'],
    ],
    [
      'a grid from an opening in the gap counts from where it moved',
      BERLIN,
      '2026-03-29',
      '02:30-05:00',
      { durationMinutes: 40, stepMinutes: 40 },
      ['03:30+02:00', '04:10+02:00'],
    ],
    [
      'a grid from before the gap counts in real time through it',
      BERLIN,
      '2026-03-29',
      '01:00-05:00',
      { durationMinutes: 40, stepMinutes: 40 },
      ['01:00+01:00', '01:40+01:00', '03:20+02:00', '04:00+02:00'],
    ],
    [
      'the afternoon of the spring day keeps its hours',
      BERLIN,
      '2026-03-29',
      '13:00-15:00',
      hour,
      ['13:00+02:00', '14:00+02:00'],
    ],
    [
      'both passes of the repeated hour count',
      BERLIN,
      '2026-10-25',
      '01:00-04:00',
      hour,
      ['01:00+02:00', '02:00+02:00', '02:00+01:00', '03:00+01:00'],
    ],
    [
      'an ambiguous opening is the earlier one',
      BERLIN,
      '2026-10-25',
      '02:30-03:30',
      halfHour,
      ['02:30+02:00', '02:00+01:00', '02:30+01:00', '03:00+01:00'],
    ],
    [
      'an ambiguous closing is the earlier one',
      BERLIN,
      '2026-10-25',
      '01:00-02:30',
      { ...hour, stepMinutes: 30 },
      ['01:00+02:00', '01:30+02:00'],
    ],
    [
      'the midnight grid counts both passes too',
      BERLIN,
      '2026-10-25',
      '00:00-04:00',
      { durationMinutes: 15, stepMinutes: 75, grid: 'midnight' },
      ['00:00+02:00', '01:15+02:00', '02:30+02:00', '02:30+01:00', '03:45+01:00'],
    ],
    [
      'a zone that repeats half an hour repeats its half hour',
      'Australia/Lord_Howe',
      '2026-04-05',
      '01:00-03:00',
      halfHour,
      ['01:00+11:00', '01:30+11:00', '01:30+10:30', '02:00+10:30', '02:30+10:30'],
    ],
    [
      'a zone that leaves out half an hour has no full hour there',
      'Australia/Lord_Howe',
      '2026-10-04',
      '01:00-03:30',
      { durationMinutes: 30, stepMinutes: 60 },
      ['01:00+10:30', '03:00+11:00'],
    ],
    [
      'a day that begins at one begins at one',
      'America/Havana',
      '2026-03-08',
      '00:00-03:00',
      hour,
      ['01:00-04:00', '02:00-04:00'],
    ],
    [
      'a 45-minute zone keeps to its own clock',
      'Asia/Kathmandu',
      TUESDAY,
      '09:00-11:00',
      hour,
      ['09:00+05:45', '10:00+05:45'],
    ],
    [
      'a half-hour zone keeps to its own clock',
      'America/St_Johns',
      TUESDAY,
      '12:30-15:00',
      hour,
      ['13:00-03:30', '14:00-03:30'],
    ],
  ])('%s', (_name, zone, date, window, service, expected) => {
    const resources: CaseResource[] = [{ id: 'anna', timeZone: zone, weekly: daily(window) }];
    expect(offsetStarts({ service, resources, zone, date })).toEqual(expected);
  });

  const tenEveryForty: CaseService = { durationMinutes: 10, stepMinutes: 40 };

  test('windows that overlap on the wall clock are one, though the gap parts them as instants', () => {
    const resources = [berlin({ weekly: daily('01:00-03:00', '02:30-04:00') })];
    expect(offsetStarts({ service: tenEveryForty, resources, date: '2026-03-29' })).toEqual([
      '01:00+01:00',
      '01:40+01:00',
      '03:20+02:00',
    ]);
  });

  test('windows that touch only as instants, across the gap, stay two', () => {
    const resources = [berlin({ weekly: daily('01:10-02:00', '03:00-04:00') })];
    expect(offsetStarts({ service: tenEveryForty, resources, date: '2026-03-29' })).toEqual([
      '01:10+01:00',
      '01:50+01:00',
      '03:00+02:00',
      '03:40+02:00',
    ]);
  });

  test('a night shift over the spring change is an hour shorter', () => {
    const resources = [berlin({ weekly: [weekly(['sa'], '23:00-05:00')] })];
    const fits = (durationMinutes: number): string[] =>
      starts({ service: { durationMinutes, stepMinutes: 60 }, resources, date: '2026-03-28', days: 2 });
    expect(fits(300)).toEqual(['23:00']);
    expect(fits(301)).toEqual([]);
  });

  test('a night shift over the autumn change is an hour longer', () => {
    const resources = [berlin({ weekly: [weekly(['sa'], '23:00-05:00')] })];
    const fits = (durationMinutes: number): string[] =>
      starts({ service: { durationMinutes, stepMinutes: 60 }, resources, date: '2026-10-24', days: 2 });
    expect(fits(420)).toEqual(['23:00']);
    expect(fits(421)).toEqual([]);
  });
});
