import { expect, test } from 'vitest';
import { at, daily, served } from './asking.scene.ts';
import type { CaseResource } from './case/caseFile.ts';

const staff = (busy: CaseResource['busy'] = []): Partial<CaseResource> => ({ kind: 'staff', busy });
const room = (busy: CaseResource['busy'] = []): Partial<CaseResource> => ({ kind: 'room', busy });
const service = {
  segments: [{ durationMinutes: 30, gapAfterMinutes: { min: 0, max: 60 } }, { durationMinutes: 30 }],
  assign: { staff: 1, room: 1 },
  stepMinutes: 180,
};

test('those who serve share the smallest gap that is free for all of them', () => {
  const resources = [staff([at('09:30-10:00')]), room([at('10:05-10:10')])];
  expect(served({ service, resources })).toEqual(['09:00-10:40 r0,r1']);
});

test('whoever allows a smaller gap serves, though others come first', () => {
  const resources = [staff([at('09:30-10:10')]), staff([at('09:30-09:40')]), room()];
  expect(served({ service, resources })).toEqual(['09:00-10:10 r1,r2']);
});

test('nobody serves where each is free, but not with one gap', () => {
  const resources = [staff([at('09:45-12:00')]), room([at('09:30-12:00')])];
  expect(served({ service, resources })).toEqual([]);
});

test('no gap leads out of one window into the next', () => {
  const weekly = daily('09:00-09:40', '10:00-10:30');
  expect(served({ service, resources: [{ ...staff(), weekly }, room()] })).toEqual([]);
  expect(served({ service: { ...service, keep: 'free' }, resources: [{ ...staff(), weekly }, room()] })).toEqual([
    '09:00-10:30 r0,r1',
  ]);
});

test('a limit that one of them reaches leaves the day to the others', () => {
  const limits = { perDay: 1, booked: [at('11:00-12:00').start] };
  const resources = [{ ...staff(), limits }, staff([at('09:30-09:40')]), room()];
  expect(served({ service, resources })).toEqual(['09:00-10:10 r1,r2']);
});
