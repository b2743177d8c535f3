import { describe, expect, test } from 'vitest';

import { TUESDAY, hour, daily, weekly, windows, berlin, starts, datedStarts } from './asking.ts';
import type { CaseService } from './caseFile.ts';

// Every expected answer was worked out by hand from the written semantics, never copied from a run.

describe('windows and dates', () => {
  test('only the named days are open', () => {
    const resources = [berlin({ weekly: [weekly(['we', 'fr'], '09:00-10:00')] })];
    expect(datedStarts({ service: hour, resources, date: '2026-11-23', days: 7 })).toEqual(['25 09:00', '27 09:00']);
  });

  test('a resource without windows is never open', () => {
    expect(starts({ service: hour, resources: [berlin({})] })).toEqual([]);
  });

  test('a window past midnight belongs to the date on which it starts', () => {
    const resources = [berlin({ weekly: [weekly(['tu'], '22:00-02:00')] })];
    expect(datedStarts({ service: hour, resources, days: 3 })).toEqual([
      '24 22:00',
      '24 23:00',
      '25 00:00',
      '25 01:00',
    ]);
  });

  test('24:00 is midnight at the end', () => {
    const resources = [berlin({ weekly: daily('22:00-24:00') })];
    expect(starts({ service: hour, resources })).toEqual(['22:00', '23:00']);
  });

  test('an end equal to the start is a whole day', () => {
    const resources = [berlin({ weekly: [weekly(['tu'], '09:00-09:00')] })];
    const service: CaseService = { durationMinutes: 22 * 60, stepMinutes: 60 };
    expect(datedStarts({ service, resources, days: 2 })).toEqual(['24 09:00', '24 10:00', '24 11:00']);
  });

  test('an appointment may cross into the next date when both are open', () => {
    const resources = [berlin({ weekly: [weekly(['tu'], '22:00-24:00'), weekly(['we'], '00:00-01:00')] })];
    const service: CaseService = { durationMinutes: 120, stepMinutes: 30 };
    expect(datedStarts({ service, resources, days: 2 })).toEqual(['24 22:00', '24 22:30', '24 23:00']);
  });

  test('the windows of two dates keep two grids even where they touch', () => {
    const resources = [berlin({ weekly: [weekly(['tu'], '22:00-24:00'), weekly(['we'], '00:00-02:00')] })];
    const service: CaseService = { durationMinutes: 60, stepMinutes: 90 };
    expect(datedStarts({ service, resources, days: 2 })).toEqual(['24 22:00', '24 23:30', '25 00:00']);
  });

  test('where the windows of two dates overlap, both grids count', () => {
    const resources = [berlin({ weekly: [weekly(['mo'], '22:00-03:00'), weekly(['tu'], '02:00-05:00')] })];
    const service: CaseService = { durationMinutes: 50, stepMinutes: 50 };
    expect(starts({ service, resources })).toEqual(['00:30', '01:20', '02:00', '02:10', '02:50', '03:40']);
  });

  test('an override replaces the windows of its date alone', () => {
    const overrides = [{ date: TUESDAY, windows: windows('14:00-15:00') }];
    const resources = [berlin({ weekly: daily('09:00-10:00'), overrides })];
    expect(datedStarts({ service: hour, resources, days: 2 })).toEqual(['24 14:00', '25 09:00']);
  });

  test('an override without windows closes its date', () => {
    const resources = [berlin({ weekly: daily('09:00-10:00'), overrides: [{ date: TUESDAY, windows: [] }] })];
    expect(datedStarts({ service: hour, resources, days: 2 })).toEqual(['25 09:00']);
  });

  test('an override opens a date that is closed otherwise', () => {
    const resources = [berlin({ overrides: [{ date: TUESDAY, windows: windows('09:00-10:00', '11:00-12:00') }] })];
    expect(starts({ service: hour, resources })).toEqual(['09:00', '11:00']);
  });

  test('a shift that began the evening before stays when its morning is closed by an override', () => {
    const resources = [berlin({ weekly: daily('22:00-02:00'), overrides: [{ date: TUESDAY, windows: [] }] })];
    expect(datedStarts({ service: hour, resources, days: 2 })).toEqual([
      '24 00:00',
      '24 01:00',
      '25 22:00',
      '25 23:00',
    ]);
  });

  test('an override may run past midnight', () => {
    const resources = [berlin({ overrides: [{ date: TUESDAY, windows: windows('23:00-01:00') }] })];
    expect(datedStarts({ service: hour, resources, days: 2 })).toEqual(['24 23:00', '25 00:00']);
  });

  test('validFrom and validTo are the first and the last date of the weekly windows', () => {
    const resources = [berlin({ weekly: daily('09:00-10:00'), validFrom: '2026-11-25', validTo: '2026-11-26' })];
    expect(datedStarts({ service: hour, resources, days: 5 })).toEqual(['25 09:00', '26 09:00']);
  });

  test('a shift that starts on the last valid date runs to its end', () => {
    const resources = [berlin({ weekly: daily('23:00-01:00'), validFrom: TUESDAY, validTo: TUESDAY })];
    expect(datedStarts({ service: hour, resources, days: 3 })).toEqual(['24 23:00', '25 00:00']);
  });

  test('an override holds outside the valid dates', () => {
    const overrides = [{ date: TUESDAY, windows: windows('09:00-10:00') }];
    const resources = [berlin({ weekly: daily('12:00-13:00'), validFrom: '2026-11-25', overrides })];
    expect(datedStarts({ service: hour, resources, days: 2 })).toEqual(['24 09:00', '25 12:00']);
  });
});
