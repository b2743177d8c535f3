import { expect, test } from 'vitest';
import { epochDayAt } from '../time/localDate.ts';
import { open, resource, spans, zone } from './explain.scene.ts';
import { freeMsOn } from './freeTime.ts';

const tuesday = epochDayAt(Date.UTC(2026, 10, 24));
const HOUR_MS = 3_600_000;

test('free is what is open and not busy, overlaps counted once', () => {
  const anna = resource('anna', { busy: spans('09:30-10:00', '09:45-10:30') });
  expect(freeMsOn(anna, zone('Europe/Berlin'), tuesday)).toBe(2 * HOUR_MS);
});

test('busy time outside opening hours costs nothing', () => {
  expect(freeMsOn(resource('anna', { busy: spans('12:00-13:00') }), zone('Europe/Berlin'), tuesday)).toBe(3 * HOUR_MS);
});

test('a date ends at midnight of the zone asked about, not of the schedule', () => {
  const night = resource('anna', { schedule: open('22:00-02:00') });
  expect(freeMsOn(night, zone('Europe/Berlin'), tuesday)).toBe(4 * HOUR_MS);
  expect(freeMsOn(resource('anna', { schedule: open('00:00-02:00') }), zone('UTC'), tuesday)).toBe(2 * HOUR_MS);
});
