import { expect, test } from 'vitest';
import { pickNext, pickSpread } from './pick.ts';

const quarter = 900_000;
const slots = (count: number, everyMs = quarter): readonly { readonly startMs: number }[] =>
  Array.from({ length: count }, (_, index) => ({ startMs: index * everyMs }));
const quarters = (picked: readonly { readonly startMs: number }[]): readonly number[] =>
  picked.map(({ startMs }) => startMs / quarter);

test('the next free times begin with the earliest and lie an hour apart', () => {
  expect(quarters(pickNext(slots(20), 3))).toEqual([0, 4, 8]);
});

test('where there are too few apart, the earliest others fill up', () => {
  expect(quarters(pickNext(slots(4), 3))).toEqual([0, 1, 2]);
  expect(quarters(pickNext(slots(6), 3))).toEqual([0, 1, 4]);
  expect(quarters(pickNext(slots(2), 3))).toEqual([0, 1]);
});

test('times of a day are spread over it', () => {
  expect(quarters(pickSpread(slots(21), 3))).toEqual([0, 10, 20]);
  expect(quarters(pickSpread(slots(2), 3))).toEqual([0, 1]);
  expect(quarters(pickSpread(slots(21), 1))).toEqual([0]);
});
