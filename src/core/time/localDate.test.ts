import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { civilOf, epochDayOf, formatLocalDate, isCivilDate, parseLocalDate, weekdayOf } from './localDate.ts';

const epoch = Temporal.PlainDate.from('1970-01-01');
const anyDay = fc.integer({ min: -719_528, max: 2_932_896 });

test('counts days exactly as the Gregorian calendar does, from year 0 to year 9999', () => {
  fc.assert(
    fc.property(anyDay, (epochDay) => {
      const date = epoch.add({ days: epochDay });
      expect(civilOf(epochDay)).toEqual({ year: date.year, month: date.month, day: date.day });
      expect(epochDayOf(date.year, date.month, date.day)).toBe(epochDay);
      expect(weekdayOf(epochDay)).toBe(date.dayOfWeek - 1);
      expect(formatLocalDate(epochDay)).toBe(date.toString());
      expect(parseLocalDate(date.toString())).toBe(epochDay);
    }),
    { numRuns: 2_000 },
  );
});

test.each(['2026-02-29', '2026-02-30', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00', '1900-02-29'])(
  'does not know the date %s',
  (text) => {
    expect(parseLocalDate(text)).toBeUndefined();
  },
);

test.each(['2026-1-1', '26-01-01', '2026-01-01T00:00', ' 2026-01-01', '2026/01/01', ''])(
  'does not read %j as a date',
  (text) => {
    expect(parseLocalDate(text)).toBeUndefined();
  },
);

test('knows leap days', () => {
  expect(isCivilDate(2028, 2, 29)).toBe(true);
  expect(isCivilDate(2000, 2, 29)).toBe(true);
  expect(isCivilDate(2100, 2, 29)).toBe(false);
});

test('writes years outside four digits as ISO 8601 expands them', () => {
  expect(formatLocalDate(epochDayOf(12_026, 11, 24))).toBe('+012026-11-24');
  expect(formatLocalDate(epochDayOf(-5, 1, 2))).toBe('-000005-01-02');
});
