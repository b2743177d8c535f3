import { describe, expect, test } from 'vitest';

import { hour, daily, berlin, starts } from './asking.ts';
import type { CaseService } from './caseFile.ts';
import { oracleSlots } from './oracle.ts';

// Every expected answer was worked out by hand from the written semantics, never copied from a run.

describe('the answer', () => {
  test('is in UTC with milliseconds and names the resource', () => {
    const slots = oracleSlots({
      range: { from: '2026-11-24T00:00:00Z', to: '2026-11-25T00:00:00Z' },
      service: { durationMinutes: 60 },
      resources: [{ id: 'anna', weekly: daily('09:00-10:00') }],
    });
    expect(slots).toEqual({
      slots: [{ start: '2026-11-24T09:00:00.000Z', end: '2026-11-24T10:00:00.000Z', resources: ['anna'] }],
    });
  });

  test('does not depend on the time zone of the process', () => {
    const before = process.env['TZ'];
    try {
      const answers = ['UTC', 'Pacific/Apia', 'America/St_Johns'].map((zone) => {
        process.env['TZ'] = zone;
        return starts({ service: hour, resources: [berlin({ weekly: daily('09:00-11:00') })] });
      });
      expect(answers).toEqual([
        ['09:00', '10:00'],
        ['09:00', '10:00'],
        ['09:00', '10:00'],
      ]);
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });
});

describe('grids', () => {
  test.each<[string, string[], CaseService, string[]]>([
    ['a window is filled by whole appointments', ['09:00-12:00'], hour, ['09:00', '10:00', '11:00']],
    ['the step is 15 minutes by default', ['09:00-10:00'], { durationMinutes: 30 }, ['09:00', '09:15', '09:30']],
    ['a step that divides 60 keeps to the clock', ['12:30-17:30'], hour, ['13:00', '14:00', '15:00', '16:00']],
    ['step 20 keeps to the clock too', ['09:10-10:10'], { durationMinutes: 20, stepMinutes: 20 }, ['09:20', '09:40']],
    [
      'the window grid counts from the opening hour whatever the step',
      ['12:30-17:30'],
      { ...hour, grid: 'window' },
      ['12:30', '13:30', '14:30', '15:30', '16:30'],
    ],
    [
      'a step that does not divide 60 counts from the opening hour',
      ['11:15-14:15'],
      { durationMinutes: 45, stepMinutes: 45 },
      ['11:15', '12:00', '12:45', '13:30'],
    ],
    [
      'step 7 counts from the opening minute',
      ['09:03-09:30'],
      { durationMinutes: 5, stepMinutes: 7 },
      ['09:03', '09:10', '09:17', '09:24'],
    ],
    [
      'the midnight grid counts 45 minutes from local midnight',
      ['11:00-14:00'],
      { durationMinutes: 45, stepMinutes: 45, grid: 'midnight' },
      ['11:15', '12:00', '12:45'],
    ],
    [
      'the midnight grid counts 40 minutes from local midnight',
      ['09:00-11:00'],
      { durationMinutes: 20, stepMinutes: 40, grid: 'midnight' },
      ['09:20', '10:00', '10:40'],
    ],
    [
      'a split shift starts its grid anew',
      ['09:00-10:00', '13:10-14:40'],
      { durationMinutes: 45, stepMinutes: 45 },
      ['09:00', '13:10', '13:55'],
    ],
    [
      'touching windows are one and keep one grid',
      ['09:10-10:00', '10:00-11:40'],
      { durationMinutes: 45, stepMinutes: 45 },
      ['09:10', '09:55', '10:40'],
    ],
    [
      'overlapping windows are one and keep one grid',
      ['10:00-12:00', '09:00-11:00'],
      { durationMinutes: 50, stepMinutes: 50 },
      ['09:00', '09:50', '10:40'],
    ],
    [
      'an appointment may cross from a window into one that touches it',
      ['09:00-10:00', '10:00-11:00'],
      { durationMinutes: 90, stepMinutes: 30 },
      ['09:00', '09:30'],
    ],
    ['an appointment does not jump a break', ['09:00-10:00', '10:15-11:00'], { ...hour, stepMinutes: 15 }, ['09:00']],
  ])('%s', (_name, texts, service, expected) => {
    expect(starts({ service, resources: [berlin({ weekly: daily(...texts) })] })).toEqual(expected);
  });
});
