import { expect, test } from 'vitest';
import { bufferedIntervals, intervalBuffer } from '../time/interval.ts';
import { epochDayAt } from '../time/localDate.ts';
import { UTC, type Zone } from '../time/zone.ts';
import { appendDates } from './dates.ts';
import { zone } from './explain.scene.ts';

function written(name: Zone, dates: readonly string[], from: string, to: string): string[] {
  const days = dates.flatMap((date) => [epochDayAt(Date.parse(date)), epochDayAt(Date.parse(date)) + 1]);
  const out = intervalBuffer();
  appendDates(Float64Array.from(days), name, Date.parse(from), Date.parse(to), out);
  return Array.from(bufferedIntervals(out), (ms) => new Date(ms).toISOString().slice(0, 16));
}

test('a date is cut to the range', () => {
  expect(written(UTC, ['2026-11-24'], '2026-11-24T08:00Z', '2026-11-26T00:00Z')).toEqual([
    '2026-11-24T08:00',
    '2026-11-25T00:00',
  ]);
});

test('the day of a clock change is an hour longer', () => {
  expect(written(zone('Europe/Berlin'), ['2026-10-25'], '2026-10-20T00:00Z', '2026-10-30T00:00Z')).toEqual([
    '2026-10-24T22:00',
    '2026-10-25T23:00',
  ]);
});

test('a date that a zone skips has no instant', () => {
  expect(written(zone('Pacific/Apia'), ['2011-12-30'], '2011-12-25T00:00Z', '2012-01-05T00:00Z')).toEqual([]);
});
