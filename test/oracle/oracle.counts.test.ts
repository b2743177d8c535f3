import { describe, expect, test } from 'vitest';

import { assigned, berlin, daily, datedStarts, hour, starts, TUESDAY } from './asking.ts';
import type { CaseLimits, CaseResource } from './caseFile.ts';

// Every expected answer was worked out by hand from the written semantics, never copied from a run.

describe('limits', () => {
  const open = daily('09:00-10:00');
  const limited = (limits: CaseLimits, days = 8): string[] =>
    datedStarts({ service: hour, resources: [berlin({ weekly: open, limits })], days });

  test('a date with so many bookings has no more, in the zone of the resource', () => {
    // 23:30 in UTC on the 23rd is 00:30 on the 24th in Berlin; 22:59 is still the 23rd.
    expect(limited({ perDay: 1, booked: ['2026-11-23T23:30:00Z'] }, 2)).toEqual(['25 09:00']);
    expect(limited({ perDay: 1, booked: ['2026-11-23T22:59:59.999Z'] }, 2)).toEqual(['24 09:00', '25 09:00']);
    expect(limited({ perDay: 2, booked: ['2026-11-24T10:00:00Z'] }, 2)).toEqual(['24 09:00', '25 09:00']);
    expect(limited({ perDay: 2, booked: ['2026-11-24T10:00:00Z', '2026-11-24T12:00:00Z'] }, 2)).toEqual(['25 09:00']);
  });

  test('a week goes from Monday to Sunday', () => {
    // The 29th is a Sunday.
    expect(limited({ perWeek: 1, booked: ['2026-11-29T12:00:00+01:00'] }, 7)).toEqual(['30 09:00']);
    expect(limited({ perWeek: 1, booked: ['2026-11-30T00:00:00+01:00'] }, 7)).toEqual([
      '24 09:00',
      '25 09:00',
      '26 09:00',
      '27 09:00',
      '28 09:00',
      '29 09:00',
    ]);
  });

  test('those of a resource leave the others', () => {
    const booked = [`${TUESDAY}T12:00:00+01:00`];
    const resources = [
      berlin({ id: 'anna', weekly: open, limits: { perDay: 1, booked } }),
      berlin({ id: 'ben', weekly: open }),
    ];
    expect(assigned({ service: hour, resources })).toEqual(['09:00 ben']);
    expect(assigned({ service: { ...hour, assign: 'all' }, resources })).toEqual([]);
  });

  test('those of the service and of the customer count in the zone of whoever would serve', () => {
    const limits: CaseLimits = { perDay: 1, booked: ['2026-11-23T23:30:00Z'] };
    const resources: CaseResource[] = [
      berlin({ id: 'anna', weekly: open }),
      { id: 'una', timeZone: 'UTC', weekly: daily('08:00-09:00') },
    ];
    // In UTC the booking is of the 23rd.
    expect(assigned({ service: { ...hour, limits }, resources })).toEqual(['09:00 una']);
    expect(assigned({ service: hour, resources, more: { customer: { limits } } })).toEqual(['09:00 una']);
  });

  test('the start of the appointment counts', () => {
    const limits: CaseLimits = { perDay: 1, booked: ['2026-11-25T12:00:00+01:00'] };
    const resources = [berlin({ weekly: daily('23:00-01:00'), limits })];
    const service = { durationMinutes: 60, stepMinutes: 30 };
    expect(starts({ service, resources })).toEqual(['00:00', '23:00', '23:30']);
    expect(datedStarts({ service, resources, days: 2 })).toEqual(['24 00:00', '24 23:00', '24 23:30']);
  });
});

describe('the last date', () => {
  test('is the last on which an appointment may start, in the zone of whoever serves', () => {
    const resources: CaseResource[] = [
      berlin({ id: 'anna', weekly: daily('00:00-24:00') }),
      { id: 'una', timeZone: 'UTC', weekly: daily('00:00-24:00') },
    ];
    const service = { durationMinutes: 60, stepMinutes: 60, horizonDate: '2026-11-23' };
    // Berlin's 23rd ends at the beginning of the range, that of UTC an hour later.
    expect(assigned({ service, resources })).toEqual(['00:00 una']);
  });
});
