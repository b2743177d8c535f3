import { expect, test } from 'vitest';
import { at, caseOf, daily, hour, questionOf, windowOf, type Asked } from './asking.scene.ts';
import { checkStart } from './checkStart.ts';

function blockers(asked: Asked, start: string): readonly unknown[] {
  const check = checkStart(questionOf(caseOf({ days: 7, ...asked })), Date.parse(start));
  return check.ok ? [] : check.blockers;
}

const ms = (text: string): number => Date.parse(text);
const tuesday = (time: string): string => `2026-11-24T${time}:00+01:00`;
const stretch = (from: string, to: string): unknown => ({ startMs: ms(tuesday(from)), endMs: ms(tuesday(to)) });

test('a free start comes with the slot that is listed for it', () => {
  const check = checkStart(questionOf(caseOf({ service: hour })), ms(tuesday('10:00')));
  const slot = { startMs: ms(tuesday('10:00')), endMs: ms(tuesday('11:00')) };
  const resources = ['r0'];
  expect(check).toEqual({
    ok: true,
    slot: { ...slot, resources, free: ['r0'], segments: [{ ...slot, resources }] },
  });
});

test('outside hours: says when the nearest ones are', () => {
  const resources = [{ weekly: daily('09:00-12:00', '14:00-18:00') }];
  const [previous, next] = [stretch('09:00', '12:00'), stretch('14:00', '18:00')];
  expect(blockers({ service: hour, resources }, tuesday('13:00'))).toEqual([
    { code: 'OUTSIDE_HOURS', resource: 'r0', previous, next },
  ]);
  expect(blockers({ service: { ...hour, durationMinutes: 61 }, resources }, tuesday('11:00'))).toEqual([
    { code: 'OUTSIDE_HOURS', resource: 'r0', previous, next },
  ]);
});

test('closed by an override: says which date', () => {
  const resources = [{ overrides: [{ date: '2026-11-24', windows: [] }] }];
  expect(blockers({ service: hour, resources }, tuesday('10:00'))).toEqual([
    { code: 'CLOSED_DATE', resource: 'r0', date: '2026-11-24' },
  ]);
});

test('time off: says which', () => {
  const resources = [{ timeOff: [at('10:30-11:00')] }];
  expect(blockers({ service: hour, resources }, tuesday('10:00'))).toEqual([
    { code: 'TIME_OFF', resource: 'r0', timeOff: stretch('10:30', '11:00') },
  ]);
});

test('off the grid: says the starts before and after', () => {
  expect(blockers({ service: hour }, tuesday('10:10'))).toEqual([
    { code: 'OFF_GRID', resource: 'r0', previousMs: ms(tuesday('10:00')), nextMs: ms(tuesday('11:00')) },
  ]);
});

test('off the grid of its window', () => {
  const service = { durationMinutes: 40, stepMinutes: 40 };
  expect(blockers({ service }, tuesday('09:30'))).toEqual([
    { code: 'OFF_GRID', resource: 'r0', previousMs: ms(tuesday('09:00')), nextMs: ms(tuesday('09:40')) },
  ]);
});

test('busy: says with what, each', () => {
  const resources = [{ busy: [at('10:45-11:00'), at('10:00-10:15'), at('11:00-12:00')] }];
  expect(blockers({ service: hour, resources }, tuesday('10:00'))).toEqual([
    { code: 'BUSY', resource: 'r0', segment: 0, busy: stretch('10:00', '10:15') },
    { code: 'BUSY', resource: 'r0', segment: 0, busy: stretch('10:45', '11:00') },
  ]);
});

test('only a buffer is in the way: says which side and what of', () => {
  const resources = [{ weekly: daily('08:00-14:00'), busy: [at('09:00-09:50'), at('11:05-12:00')] }];
  const service = { ...hour, bufferBeforeMinutes: 15, bufferAfterMinutes: 10 };
  expect(blockers({ service, resources }, tuesday('10:00'))).toEqual([
    { code: 'BUFFER_BUSY', resource: 'r0', side: 'before', busy: stretch('09:00', '09:50') },
    { code: 'BUFFER_BUSY', resource: 'r0', side: 'after', busy: stretch('11:05', '12:00') },
  ]);
});

test('a buffer that must stay within hours and does not', () => {
  const service = { ...hour, bufferBeforeMinutes: 15, bufferAfterMinutes: 15, buffersWithinHours: true };
  expect(blockers({ service }, tuesday('09:00'))).toEqual([
    { code: 'BUFFER_OUTSIDE_HOURS', resource: 'r0', side: 'before' },
  ]);
  expect(blockers({ service }, tuesday('11:00'))).toEqual([
    { code: 'BUFFER_OUTSIDE_HOURS', resource: 'r0', side: 'after' },
  ]);
});

test('notice too short: says the earliest start', () => {
  const asked = { service: { ...hour, noticeMinutes: 120 }, now: tuesday('08:30') };
  expect(blockers(asked, tuesday('10:00'))).toEqual([{ code: 'NOTICE_TOO_SHORT', earliestMs: ms(tuesday('10:30')) }]);
});

test('beyond the horizon: says the last date', () => {
  const asked = { service: { ...hour, horizonDays: 2 }, now: '2026-11-22T12:00:00+01:00' };
  expect(blockers(asked, '2026-11-25T10:00:00+01:00')).toEqual([
    { code: 'BEYOND_HORIZON', resource: 'r0', lastDate: '2026-11-24' },
  ]);
});

test('outside the range that was asked about', () => {
  const asked = { service: hour, days: 1 };
  const range = { startMs: ms('2026-11-24T00:00:00+01:00'), endMs: ms('2026-11-25T00:00:00+01:00') };
  expect(blockers(asked, '2026-11-25T10:00:00+01:00')).toEqual([{ code: 'OUTSIDE_RANGE', range }]);
});

test('too few of a kind', () => {
  const service = { ...hour, assign: { staff: 1, room: 2 } };
  const resources = [{ id: 'anna' }, { id: 'room', kind: 'room' }];
  expect(blockers({ service, resources }, tuesday('10:00'))).toEqual([
    { code: 'RESOURCE_MISSING', kind: 'room', needed: 2, available: 1 },
  ]);
});

test('every reason of every resource is given', () => {
  const service = { ...hour, noticeMinutes: 600 };
  const resources = [
    { id: 'anna', busy: [at('10:00-11:00')], timeOff: [at('09:00-10:30')] },
    { id: 'ben', weekly: [{ days: ['mo'], ...windowOf('09:00-12:00') }], busy: [at('10:00-11:00')] },
  ];
  const found = blockers({ service, resources, now: tuesday('09:00') }, tuesday('10:10'));
  expect(
    found
      .map((blocker) =>
        Object.values(blocker as object)
          .slice(0, 2)
          .join(' '),
      )
      .map(String),
  ).toEqual([
    `NOTICE_TOO_SHORT ${ms(tuesday('19:00'))}`,
    ...['OFF_GRID anna', 'TIME_OFF anna', 'BUSY anna', 'OFF_GRID ben', 'OUTSIDE_HOURS ben', 'BUSY ben'],
  ]);
});

test('of several segments the one that is in the way is named', () => {
  const segments = [{ durationMinutes: 30, gapAfterMinutes: 30 }, { durationMinutes: 30 }];
  const resources = [{ busy: [at('09:30-10:00'), at('10:00-10:10')] }];
  expect(blockers({ service: { segments }, resources }, tuesday('09:00'))).toEqual([
    { code: 'BUSY', resource: 'r0', segment: 1, busy: stretch('10:00', '10:10') },
  ]);
});
