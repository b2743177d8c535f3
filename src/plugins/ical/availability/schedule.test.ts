import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportSchedule, WEEK, type Hours } from './exportSchedule.ts';
import { importSchedule, type ImportedSchedule } from './importSchedule.ts';

const options = { timeZone: 'Europe/Berlin', grainMinutes: 5 };
const nowMs = Date.UTC(2026, 10, 23, 8);
const write = (hours: Hours): string => exportSchedule(hours, { uid: 'week', timeZone: 'Europe/Berlin', nowMs });
const available = (lines: string, more = ''): string =>
  `BEGIN:VCALENDAR\r\nBEGIN:VAVAILABILITY\r\n${more}BEGIN:AVAILABLE\r\n${lines}\r\nEND:AVAILABLE\r\nEND:VAVAILABILITY\r\nEND:VCALENDAR\r\n`;
const read = (lines: string): Promise<ImportedSchedule> => importSchedule(available(lines), options);

const salon: Hours = {
  weekly: [
    { days: ['mo', 'tu', 'we', 'th', 'fr'], from: '09:00', to: '17:00' },
    { days: ['fr'], from: '20:00', to: '02:00' },
  ],
  overrides: [
    { date: '2026-12-24', windows: [{ from: '09:00', to: '12:00' }] },
    { date: '2026-12-25', windows: [] },
    { date: '2026-12-27', windows: [{ from: '10:00', to: '24:00' }] },
  ],
  validFrom: '2026-11-23',
  validTo: '2027-11-21',
};

test('a schedule that is written and read is the same', async () => {
  expect(await importSchedule(write(salon), options)).toEqual({ ...salon, rounded: [], dropped: [] });
});

const minute = fc.integer({ min: 0, max: 287 }).map((steps) => steps * 5);
const clock = (value: number): string =>
  `${String(Math.floor(value / 60)).padStart(2, '0')}:${String(value % 60).padStart(2, '0')}`;
const anyWindow = fc
  .tuple(minute, minute)
  .filter(([from, to]) => from !== to)
  .map(([from, to]) => ({ from: clock(from), to: clock(to) }));

test('any schedule that is written and read has the same hours on every date', async () => {
  const anyHours = fc.record({
    weekly: fc.array(
      fc.tuple(fc.subarray([...WEEK], { minLength: 1 }), anyWindow).map(([days, window]) => ({ days, ...window })),
      { minLength: 1, maxLength: 4 },
    ),
    overrides: fc.uniqueArray(
      fc.record({
        date: fc.integer({ min: 1, max: 28 }).map((day) => `2026-12-${String(day).padStart(2, '0')}`),
        windows: fc.array(anyWindow, { maxLength: 2 }),
      }),
      { selector: ({ date }) => date, maxLength: 4 },
    ),
  });
  const on = ({ weekly, overrides }: Hours, day: number): string[] => {
    const date = new Date(Date.UTC(2026, 11, day));
    const override = overrides.find((each) => each.date === date.toISOString().slice(0, 10));
    const weekday = WEEK[(date.getUTCDay() + 6) % 7] ?? 'mo';
    const windows = override?.windows ?? weekly.filter(({ days }) => days.includes(weekday));
    return windows.map(({ from, to }) => `${from}-${to === '24:00' ? '00:00' : to}`).sort();
  };
  await fc.assert(
    fc.asyncProperty(anyHours, async (hours) => {
      const whole = { ...hours, validFrom: '2026-11-23', validTo: null };
      const back = await importSchedule(write(whole), options);
      expect(back).toMatchObject({ rounded: [], dropped: [] });
      for (let day = 1; day <= 28; day++) expect(on(back, day)).toEqual(on(whole, day));
    }),
    { numRuns: 60 },
  );
});

test('times are narrowed to the grain, and that is listed', async () => {
  const found = await read(
    'DTSTART;TZID=Europe/Berlin:20261123T090100\r\nDTEND;TZID=Europe/Berlin:20261123T165930\r\nRRULE:FREQ=WEEKLY',
  );
  expect(found.weekly).toEqual([{ days: ['mo'], from: '09:05', to: '16:55' }]);
  expect(found.rounded).toEqual([{ from: '09:01:00', to: '16:59:30', roundedFrom: '09:05', roundedTo: '16:55' }]);
});

test('a single time in another zone is the same instant here', async () => {
  const found = await read('DTSTART;TZID=America/New_York:20261123T090000\r\nDURATION:PT2H');
  expect(found.overrides).toEqual([{ date: '2026-11-23', windows: [{ from: '15:00', to: '17:00' }] }]);
});

test.each([
  ['RULE_UNSUPPORTED', 'DTSTART:20261123T090000\r\nDURATION:PT2H\r\nRRULE:FREQ=WEEKLY;INTERVAL=2'],
  ['RULE_UNSUPPORTED', 'DTSTART:20261123T090000\r\nDURATION:PT2H\r\nRRULE:FREQ=MONTHLY;BYDAY=1MO'],
  ['OTHER_ZONE', 'DTSTART;TZID=America/New_York:20261123T090000\r\nDURATION:PT2H\r\nRRULE:FREQ=WEEKLY'],
  ['LONGER_THAN_A_DAY', 'DTSTART:20261123T090000\r\nDURATION:P2D'],
  ['UNREADABLE', 'DTSTART:20261123T090000'],
])('what a schedule cannot say stays closed and is listed: %s', async (reason, lines) => {
  expect(await read(lines)).toMatchObject({ weekly: [], overrides: [], dropped: [reason] });
});

test('text without an availability is refused', async () => {
  await expect(importSchedule('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n', options)).rejects.toThrow('VAVAILABILITY');
  await expect(importSchedule('hello', options)).rejects.toThrow('VAVAILABILITY');
});
