import { expect, test } from 'vitest';
import type { Need } from './need.ts';
import { staying } from './staying.ts';

const part = {
  ...{ lengthsMs: [], offsetsMs: [], fromMs: 0, toMs: 0 },
  ...{ bufferBeforeMs: 0, bufferAfterMs: 0, openBeforeMs: 0, openAfterMs: 0 },
};
const need = (segment: number, kind = 'staff', needed = 1): Need => ({
  ...{ kind, needed, members: [], segments: [segment], part, sized: [] },
});

test('whoever served before stays, though another comes first', () => {
  expect(staying([need(0), need(1)], [[1], [0, 1]])).toEqual([[1], [1, 0]]);
});

test('a place goes to who can go on for the most segments in a row', () => {
  const needs = [need(0), need(1), need(2)];
  expect(staying(needs, [[0, 1], [1, 0], [1]])).toEqual([[1, 0], [1, 0], [1]]);
});

test('equals stay in order', () => {
  expect(
    staying(
      [need(0), need(1)],
      [
        [2, 1],
        [1, 2],
      ],
    ),
  ).toEqual([
    [2, 1],
    [2, 1],
  ]);
});

test('each kind stays for itself', () => {
  const needs = [need(0), need(0, 'room'), need(1), need(1, 'room')];
  expect(staying(needs, [[0], [3], [1, 0], [2, 3]])).toEqual([[0], [3], [0, 1], [3, 2]]);
});
