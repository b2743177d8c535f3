import { expect, test } from 'vitest';
import { at, served } from './asking.scene.ts';

const service = {
  durationMinutes: 60,
  stepMinutes: 60,
  assign: { staff: 1, room: 1 },
  assignBy: 'fewestChanges',
} as const;
const staff = { kind: 'staff', busy: [at('09:00-10:00')] };
const room = (...busy: string[]): object => ({ kind: 'room', busy: busy.map((each) => at(each)) });

test('the room in which the lead was before comes first', () => {
  const resources = [staff, room(), room('09:00-10:00')];
  expect(served({ service, resources })).toEqual(['10:00-11:00 r0,r2', '11:00-12:00 r0,r2']);
});

test('a neighbour whom nobody of the kind was with changes nothing', () => {
  expect(served({ service, resources: [staff, room(), room('09:00-09:50')] })[0]).toBe('10:00-11:00 r0,r1');
});

test('an interval without length is no neighbour', () => {
  const resources = [{ kind: 'staff', busy: [at('10:00-10:00')] }, room(), room('09:00-10:00')];
  expect(served({ service, resources })[1]).toBe('10:00-11:00 r0,r1');
});

test('whoever has no neighbour that day leaves the order as it is', () => {
  const resources = [{ kind: 'staff', busy: [at('09:00-10:00', '2026-11-23')] }, room(), room()];
  expect(served({ service, resources })[0]).toBe('09:00-10:00 r0,r1');
});
