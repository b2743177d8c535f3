import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';

import { dateOf, dayOf, instantMinute, localDay, MINUTE_MS, wallMinuteAt, weekdayOf, weekOf } from './clocks.ts';
import { randomFrom } from './random.ts';
import { ZONES } from './randomStage.ts';

test.each(ZONES)('the clock of %s is the one Temporal knows', (zone) => {
  const random = randomFrom(1);
  for (let tried = 0; tried < 300; tried++) {
    const date = Temporal.PlainDate.from({ year: random.int(2008, 2031), month: random.int(1, 12), day: 15 });
    const change = date.toZonedDateTime(zone).getTimeZoneTransition('next') ?? date.toZonedDateTime(zone);
    const near = (random.chance(0.7) ? change : date.toZonedDateTime(zone)).add({ minutes: random.int(-2000, 2000) });
    const instant = near.toInstant().round('minute');
    const minute = instant.epochMilliseconds / MINUTE_MS;
    const local = instant.toZonedDateTimeISO(zone).toPlainDateTime();
    const wall = wallMinuteAt(minute, zone);
    expect(new Date(wall * MINUTE_MS).toISOString().slice(0, 16)).toBe(local.toString().slice(0, 16));
    expect(dateOf(localDay(instant.epochMilliseconds, zone))).toBe(local.toPlainDate().toString());
    const wished = local.add({ minutes: random.int(-90, 90) });
    const day = dayOf(wished.toPlainDate().toString());
    const expected = wished.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
    expect(instantMinute(day, wished.hour * 60 + wished.minute, zone) * MINUTE_MS).toBe(expected);
  }
});

test('weeks go from Monday to Sunday', () => {
  // The 23rd of November 2026 is a Monday.
  const monday = dayOf('2026-11-23');
  expect([0, 5, 6, 7].map((days) => weekdayOf(monday + days))).toEqual([0, 5, 6, 0]);
  expect([-1, 0, 6, 7].map((days) => weekOf(monday + days) - weekOf(monday))).toEqual([-1, 0, 0, 1]);
});
