import { expect, test } from 'vitest';
import { saturated } from './capacity.ts';

const of = (...numbers: number[]): Float64Array => Float64Array.of(...numbers);

test('time is taken where as many intervals overlap as there is capacity', () => {
  expect(saturated(of(0, 10, 5, 15), 2)).toEqual(of(5, 10));
  expect(saturated(of(0, 10, 5, 15), 3)).toEqual(of());
});

test('the order of the intervals does not matter, and those that follow each other make one', () => {
  expect(saturated(of(10, 20, 0, 20, 0, 10), 2)).toEqual(of(0, 20));
});

test('an interval without length takes no place', () => {
  expect(saturated(of(5, 5, 0, 10), 2)).toEqual(of());
});
