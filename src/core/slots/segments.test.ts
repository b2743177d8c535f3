import { expect, test } from 'vitest';
import { at, caseOf, daily, questionOf, served, starts } from './asking.scene.ts';
import { findSlots } from './find.ts';
import { slotsOf } from './found.ts';

const cut = { stepMinutes: 30, segments: [{ durationMinutes: 30, gapAfterMinutes: 30 }, { durationMinutes: 30 }] };

test('the whole span lies in open time', () => {
  expect(served({ service: cut })).toEqual([
    ...['09:00-10:30 r0', '09:30-11:00 r0', '10:00-11:30 r0', '10:30-12:00 r0'],
  ]);
  expect(starts({ service: cut, resources: [{ timeOff: [at('10:00-10:30')] }] })).toEqual(['10:30']);
});

test('the resource is free for others in the gaps', () => {
  expect(starts({ service: cut, resources: [{ busy: [at('09:30-10:00')] }] })).toEqual(['09:00', '10:00', '10:30']);
});

test('every segment must be free', () => {
  expect(starts({ service: cut, resources: [{ busy: [at('11:00-11:05')] }] })).toEqual(['09:00', '09:30', '10:30']);
});

test('buffers lie before the first and after the last segment only', () => {
  const service = { ...cut, bufferBeforeMinutes: 15, bufferAfterMinutes: 15 };
  expect(starts({ service, resources: [{ busy: [at('09:30-10:00'), at('10:40-11:00')] }] })).toEqual([]);
  expect(starts({ service, resources: [{ busy: [at('09:30-10:00'), at('10:45-11:00')] }] })).toEqual(['09:00']);
});

test('a service of six segments is bookable in the gaps of another', () => {
  const segments = [
    { durationMinutes: 50, gapAfterMinutes: 15 },
    { durationMinutes: 5, gapAfterMinutes: 10 },
    { durationMinutes: 15 },
    { durationMinutes: 40 },
  ];
  const service = { durationMinutes: 135, segments, stepMinutes: 15 };
  expect(served({ service })).toEqual([...['09:00-11:15 r0', '09:15-11:30 r0', '09:30-11:45 r0', '09:45-12:00 r0']]);
  expect(starts({ service, resources: [{ busy: [at('09:50-10:05'), at('10:10-10:20')] }] })).toEqual(['09:00']);
});

const flexible = {
  stepMinutes: 60,
  segments: [
    { durationMinutes: 30, gapAfterMinutes: { min: 10, max: 40 } },
    { durationMinutes: 20, gapAfterMinutes: { min: 0, max: 30 } },
    { durationMinutes: 10 },
  ],
};

function layouts(busy: ReturnType<typeof at>[], weekly = daily('09:00-12:00')): string[] {
  const found = findSlots(questionOf(caseOf({ service: flexible, resources: [{ weekly, busy }] })));
  return slotsOf(found).map(({ segments, startMs }) =>
    segments
      .map((segment) => `${(segment.startMs - startMs) / 60_000}-${(segment.endMs - startMs) / 60_000}`)
      .join(' '),
  );
}

test('gaps with a choice are as small as they can be', () => {
  expect(layouts([])[0]).toBe('0-30 40-60 60-70');
});

test('a gap grows only as far as the busy time that is in its way', () => {
  expect(layouts([at('09:40-09:47')])[0]).toBe('0-30 47-67 67-77');
  expect(layouts([at('10:00-10:05')])[0]).toBe('0-30 40-60 65-75');
});

test('the earlier gap stays small as long as the later one can give way', () => {
  expect(layouts([at('10:00-10:30')])[0]).toBe('0-30 40-60 90-100');
});

test('the earlier gap grows where the later one cannot give way far enough', () => {
  // Ten minutes in a row are free again at 10:35, thirty minutes after 10:05 at the latest.
  const busy = [at('10:05-10:08'), at('10:12-10:15'), at('10:20-10:23'), at('10:28-10:35')];
  expect(layouts(busy)[0]).toBe('0-30 45-65 95-105');
});

test('gaps never grow beyond their greatest length', () => {
  expect(layouts([at('09:40-10:10')])).toEqual(['0-30 70-90 90-100']);
  expect(layouts([at('09:40-10:11')])).toEqual([]);
});

test('gaps never grow out of open time', () => {
  expect(layouts([at('09:40-09:50')], daily('09:00-10:20'))).toEqual(['0-30 50-70 70-80']);
  expect(layouts([at('09:40-09:50')], daily('09:00-10:19'))).toEqual([]);
});

test('all share one set of gaps', () => {
  const resources = [{ busy: [at('09:40-09:50')] }, { busy: [at('10:00-10:10')] }];
  expect(served({ service: { ...flexible, assign: 'all' }, resources })[0]).toBe('09:00-10:40 r0,r1');
});

test('those picked of each kind share one set of gaps', () => {
  const resources = [
    { id: 'anna', busy: [at('09:40-09:50')] },
    { id: 'room', kind: 'room', busy: [at('10:00-10:10')] },
  ];
  const service = { ...flexible, assign: { staff: 1, room: 1 } };
  expect(served({ service, resources })[0]).toBe('09:00-10:40 anna,room');
});

test('of several of a kind, those are picked that allow the smallest gaps', () => {
  const resources = [{ id: 'anna', busy: [at('09:40-09:50')] }, { id: 'ben' }];
  expect(served({ service: { ...flexible, assign: { staff: 1 } }, resources })[0]).toBe('09:00-10:10 ben');
  expect(served({ service: flexible, resources })[0]).toBe('09:00-10:20 anna');
});

test('those who are free only with different gaps cannot serve together', () => {
  const resources = [
    { id: 'anna', busy: [at('09:40-09:50')] },
    { id: 'room', kind: 'room', busy: [at('10:00-10:30')] },
  ];
  expect(resources.map((resource) => served({ service: flexible, resources: [resource] })[0])).toEqual([
    ...['09:00-10:20 anna', '09:00-10:40 room'],
  ]);
  expect(served({ service: { ...flexible, assign: { staff: 1, room: 1 } }, resources })).toEqual([]);
  expect(served({ service: { ...flexible, assign: 'all' }, resources })).toEqual([]);
});
