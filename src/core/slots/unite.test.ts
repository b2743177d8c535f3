import { expect, test } from 'vitest';
import { at, served } from './asking.scene.ts';

test('the first in order who can serve in his own time does', () => {
  const service = { durationMinutes: 60, durationMinutesOf: { r1: 30 }, stepMinutes: 90 };
  expect(served({ service, resources: [{}, {}] })).toEqual(['09:00-10:00 r0', '10:30-11:30 r0']);
  expect(served({ service, resources: [{ busy: [at('09:30-09:40')] }, {}] })[0]).toBe('09:00-09:30 r1');
});

// The room comes first in the needs, but has no length of its own in the first segment.
test('who decides the length of the first segment decides before who decides that of the second', () => {
  const service = {
    assign: { room: 1, staff: 1 },
    segments: [
      { durationMinutes: 10, durationMinutesOf: { r0: 10 }, gapAfterMinutes: { min: 0, max: 20 } },
      { durationMinutes: 20, durationMinutesOf: { r2: 30 } },
    ],
    stepMinutes: 180,
  };
  const staff = { kind: 'staff' };
  const room = { kind: 'room' };
  const late = [at('09:10-09:20')];
  const resources = [{ ...staff, busy: late }, staff, { ...room, busy: [at('09:40-12:00')] }, { ...room, busy: late }];
  expect(served({ service, resources })).toEqual(['09:00-09:40 r0,r3']);
});

test('keeping who serves comes before the order of the list', () => {
  const service = {
    segments: [{ durationMinutes: 30 }, { durationMinutes: 30 }],
    keep: 'preferred',
    stepMinutes: 180,
  } as const;
  expect(served({ service, resources: [{ busy: [at('09:30-09:40')] }, {}] })).toEqual(['09:00-10:00 r1']);
});
