import { expect, test } from 'vitest';
import type { BranchId, ServiceId } from '../model/ids.ts';
import type { Slot } from '../model/slot.ts';
import { zoneNamed } from '../time/zone.ts';
import { rankAlternatives } from './rank.ts';

const lookup = zoneNamed('Europe/Berlin');
if (!lookup.ok) throw new Error('Berlin is a zone');
const { zone } = lookup;

const slotAt = (start: string): Slot => ({
  serviceId: 'service' as ServiceId,
  branchId: 'branch' as BranchId,
  resourceIds: [],
  timeZone: 'Europe/Berlin',
  startMs: Date.parse(start),
  endMs: Date.parse(start) + 3_600_000,
  start,
  end: start,
});

/** What is told instead of a start, of these free ones. */
const instead = (wanted: string, free: readonly string[]): readonly string[] =>
  rankAlternatives(free.map(slotAt), Date.parse(wanted), zone).map(({ start }) => start.slice(0, 16));

const TUESDAY = '2026-11-24T10:00:00+01:00';

test('the same day comes first, nearest first, the earlier of two that are as near', () => {
  const free = ['09:00', '11:00', '11:30', '16:00'].map((time) => `2026-11-24T${time}:00+01:00`);
  expect(instead(TUESDAY, free)).toEqual(['2026-11-24T09:00', '2026-11-24T11:00', '2026-11-24T11:30']);
});

test('then the next day with any start at the same time, then the same weekday a week later', () => {
  const free = ['2026-11-24T16', '2026-11-26T09', '2026-11-26T10', '2026-12-01T10'].map(
    (hour) => `${hour}:00:00+01:00`,
  );
  expect(instead(TUESDAY, free)).toEqual(['2026-11-24T16:00', '2026-11-26T10:00', '2026-12-01T10:00']);
});

test('then whatever is free next, and what is free before only where nothing is later', () => {
  expect(instead(TUESDAY, ['2026-11-26T09:00:00+01:00', '2026-11-27T15:00:00+01:00'])).toEqual([
    '2026-11-26T09:00',
    '2026-11-27T15:00',
  ]);
  expect(instead(TUESDAY, ['2026-11-23T09:00:00+01:00'])).toEqual(['2026-11-23T09:00']);
  expect(instead(TUESDAY, [])).toEqual([]);
});

test('the same time is the time on the clock, also across the change to winter time', () => {
  const free = ['2026-10-26T09:00:00+01:00', '2026-10-26T10:00:00+01:00'];
  expect(instead('2026-10-23T10:00:00+02:00', free)[0]).toBe('2026-10-26T10:00');
});
