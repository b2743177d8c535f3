import { describe, expect, test } from 'vitest';
import { at, caseOf, daily, hour, questionOf, served, starts, type Asked } from './asking.scene.ts';
import { checkStart } from './checkStart.ts';
import { findSlots } from './find.ts';
import { resourceIdsAt, slotsOf } from './found.ts';

/**
 * What users of other booking systems complain of, each as a test. Numbers are issues of calcom/cal.diy; EA is
 * Easy!Appointments.
 */
const startsAt = (asked: Asked): readonly number[] => [...findSlots(questionOf(caseOf(asked))).startsMs];
const isFree = (asked: Asked, start: string): boolean => checkStart(questionOf(caseOf(asked)), Date.parse(start)).ok;

describe('EA 845 and 982: any of the staff', () => {
  const staff = [{ busy: [at('09:00-10:00')] }, { busy: [at('10:00-11:00')] }, { busy: [at('09:00-11:00')] }];

  test('never assigns one who is busy', () => {
    expect(served({ service: hour, resources: staff })).toEqual(['09:00-10:00 r1', '10:00-11:00 r0', '11:00-12:00 r0']);
  });

  test('never refuses while one is free, whoever comes first', () => {
    for (const assignBy of ['order', 'roundRobin', 'leastRecent', 'mostFree', 'priority'] as const) {
      const service = { ...hour, assignBy };
      expect(starts({ service, resources: staff })).toEqual(['09:00', '10:00', '11:00']);
      expect(starts({ service, resources: [...staff].reverse() })).toEqual(['09:00', '10:00', '11:00']);
    }
  });
});

test('cal.diy 13360: a session that has begun to fill is joined, not doubled, and is full when its seats are', () => {
  const service = { ...hour, seats: 2 };
  const session = (taken: number): object => ({
    ...caseOf({ service, resources: [{ busy: [at('09:00-10:00')] }] }),
    sessions: [{ start: at('09:00-10:00').start, resources: ['r0'], taken }],
  });
  const seats = (taken: number): unknown[] =>
    slotsOf(findSlots(questionOf(session(taken)))).map(({ seatsLeft }) => seatsLeft);
  expect(seats(1)).toEqual([1, 2, 2]);
  expect(seats(2)).toEqual([2, 2]);
});

test('cal.diy 30021: windows after 13:00 stay where they are on the day the clocks go forward', () => {
  const resources = [{ weekly: daily('13:00-17:00') }];
  expect(starts({ service: hour, resources, date: '2026-03-29' }, true)).toEqual([
    ...['13:00+02:00', '14:00+02:00', '15:00+02:00', '16:00+02:00'],
  ]);
});

test('cal.diy 12137: notice is real time, also over the change of the clock', () => {
  const service = { ...hour, noticeMinutes: 600 };
  // At 00:00 of that night ten hours later is 11:00, because 02:00 to 03:00 does not exist.
  const asked = { service, date: '2026-03-29', now: '2026-03-29T00:00:00+01:00' };
  expect(starts({ ...asked, resources: [{ weekly: daily('09:00-13:00') }] })).toEqual(['11:00', '12:00']);
});

test.each([
  ['Asia/Kathmandu', '+05:45'],
  ['Asia/Kolkata', '+05:30'],
  ['Australia/Eucla', '+08:45'],
  ['Pacific/Chatham', '+13:45'],
])('cal.diy 10136 and 2102: %s begins on its own full hours', (timeZone, offset) => {
  expect(starts({ service: hour, timeZone }, true)).toEqual([`09:00${offset}`, `10:00${offset}`, `11:00${offset}`]);
});

test('cal.diy 29532: a start within the buffer after another appointment is not listed, so that nobody is refused it later', () => {
  // The other one's ten minutes after it stand in its busy time.
  const asked = { service: { durationMinutes: 30, stepMinutes: 30 }, resources: [{ busy: [at('09:30-10:10')] }] };
  expect(starts(asked)).toEqual(['09:00', '10:30', '11:00', '11:30']);
  expect(isFree(asked, at('10:00-10:30').start)).toBe(false);
});

test('cal.diy 14868: buffers hold for a start that was edited as they do for one that was listed', () => {
  const service = { durationMinutes: 30, stepMinutes: 10, bufferBeforeMinutes: 20, bufferAfterMinutes: 10 };
  const asked = { service, resources: [{ busy: [at('10:00-11:00')] }] };
  const listed = new Set(startsAt(asked));
  const day = Date.parse(at('00:00-00:10').start);
  for (let minute = 0; minute < 1_440; minute += 10) {
    const startMs = day + minute * 60_000;
    expect(checkStart(questionOf(caseOf(asked)), startMs).ok).toBe(listed.has(startMs));
  }
  expect(isFree(asked, at('09:20-09:50').start)).toBe(true);
  expect(isFree(asked, at('09:30-10:00').start)).toBe(false);
});

describe('cal.diy 6323 and 17347: a shift across midnight', () => {
  const night = [{ weekly: daily('22:00-02:00') }];

  test('is one shift, and an appointment may lie across midnight', () => {
    expect(starts({ service: hour, resources: night })).toEqual(['00:00', '01:00', '22:00', '23:00']);
    const long = { durationMinutes: 120, stepMinutes: 60 };
    expect(isFree({ service: long, resources: night }, '2026-11-24T23:00:00+01:00')).toBe(true);
  });

  test('belongs to the evening on which it begins', () => {
    const closed = [{ ...night[0], overrides: [{ date: '2026-11-24', windows: [] }] }];
    expect(starts({ service: hour, resources: closed })).toEqual(['00:00', '01:00']);
  });
});

test('cal.diy 15360: a daily limit is counted on the dates of the schedule, not on those of whoever asks', () => {
  // 23:30 in New York is the next date in Berlin and in UTC.
  const limits = { perDay: 1, booked: ['2026-11-25T04:30:00Z'] };
  const resources = [{ weekly: daily('09:00-11:00', '23:00-24:00'), limits }];
  const asked = { service: { durationMinutes: 30, stepMinutes: 30 }, timeZone: 'America/New_York', days: 2, resources };
  expect(starts(asked)).toEqual(['09:00', '09:30', '10:00', '10:30', '23:00', '23:30'].map((time) => `11-25 ${time}`));
});

test('cal.diy 21103 and 5277: a team of twenty-five over four weeks is one pass over its calendars', () => {
  const resources = Array.from({ length: 25 }, (_, index) => ({ id: `staff-${index}`, busy: [at('09:00-11:00')] }));
  const found = findSlots(questionOf(caseOf({ service: hour, resources, days: 28 })));
  expect(found.count).toBe(28 * 3 - 2);
  expect(new Set(Array.from({ length: found.count }, (_, index) => resourceIdsAt(found, index).join()))).toEqual(
    new Set(['staff-0']),
  );
});
