import { expect, test } from 'vitest';
import { demand, demandEqual, demandFound, LawBroken } from './law.ts';

test('a demand that is met says nothing', () => {
  demand(true, 'water should be wet');
  demandEqual({ a: [1, { b: null }] }, { a: [1, { b: null }] }, 'trees');
  expect(demandFound(0, 'a number')).toBe(0);
});

test('a demand that is not met says what should have been', () => {
  expect(() => demand(false, 'water should be wet')).toThrow(new LawBroken('water should be wet'));
  expect(() => demandFound(undefined, 'a customer')).toThrow('a customer: expected one, got undefined');
});

test('a difference is named by its place', () => {
  const differ = (): void => demandEqual({ rows: [{ id: 1 }, { id: 3 }] }, { rows: [{ id: 1 }, { id: 2 }] }, 'answer');
  expect(differ).toThrow(
    'answer (at rows.1.id): expected {"rows":[{"id":1},{"id":2}]}, got {"rows":[{"id":1},{"id":3}]}',
  );
});

test('a missing field is the same as an undefined one, and unlike null', () => {
  demandEqual({ a: 1 }, { a: 1, b: undefined }, 'objects');
  expect(() => demandEqual({ a: 1 }, { a: 1, b: null }, 'objects')).toThrow(LawBroken);
});

test('lengths and kinds count', () => {
  expect(() => demandEqual([1, 2], [1], 'lists')).toThrow(LawBroken);
  expect(() => demandEqual([1], [1, 2], 'lists')).toThrow(LawBroken);
  expect(() => demandEqual([], {}, 'kinds')).toThrow(LawBroken);
  expect(() => demandEqual('1', 1, 'kinds')).toThrow(LawBroken);
  expect(() => demandEqual(null, {}, 'kinds')).toThrow(LawBroken);
});

test('typed arrays compare by their numbers and are shown as lists', () => {
  demandEqual(Float64Array.of(1, 2), [1, 2], 'numbers');
  expect(() => demandEqual(Float64Array.of(1, 2), [1, 3], 'numbers')).toThrow('expected [1,3], got [1,2]');
});
