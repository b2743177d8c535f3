import { expect, test } from 'vitest';
import { resource, service } from './explain.scene.ts';
import { needsOf } from './needs.ts';
import type { Keep, Assign, Segment } from './service.ts';

const resources = [resource('anna'), resource('ben'), resource('1', { kind: 'room' })];
function needs(assign: Assign, keep: Exclude<Keep, 'preferred'>, segments: readonly Segment[]): unknown[] {
  return needsOf(service({ assign, keep, segments }), keep, resources, [1, 0, 2]).map(
    ({ kind, needed, members, segments: own }) => [kind, needed, members, own],
  );
}
const half = { durationMinutes: 30 };

test('any is one of everyone, all is everyone, in order', () => {
  expect(needs('any', 'required', [half])).toEqual([[undefined, 1, [1, 0, 2], [0]]]);
  expect(needs('all', 'required', [half])).toEqual([[undefined, 3, [1, 0, 2], [0]]]);
});

test('who is kept is one need for all of his segments', () => {
  const segments = [
    { ...half, assign: { staff: 1 } },
    { ...half, assign: { staff: 1, room: 1 } },
  ];
  expect(needs({ staff: 1 }, 'required', segments)).toEqual([
    ['staff', 1, [1, 0], [0, 1]],
    ['room', 1, [2], [1]],
  ]);
});

test('who may change is a need for each segment', () => {
  expect(needs({ staff: 2 }, 'free', [half, half])).toEqual([
    ['staff', 2, [1, 0], [0]],
    ['staff', 2, [1, 0], [1]],
  ]);
});
