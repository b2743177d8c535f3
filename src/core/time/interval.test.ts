import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  appendInterval,
  bufferedIntervals,
  covers,
  intersect,
  intervalBuffer,
  isNormal,
  normalise,
  overlaps,
  subtract,
  subtractShifted,
  union,
  type Intervals,
} from './interval.ts';

const SIZE = 60;
const anyList = fc
  .array(fc.tuple(fc.nat(SIZE), fc.nat(SIZE)), { maxLength: 12 })
  .map((pairs) => Float64Array.from(pairs.flat()));
const normalList = anyList.map(normalise);

/** The plain reading of a list: which of the first instants it contains. */
function instantsOf(list: Intervals): boolean[] {
  return Array.from({ length: SIZE + 1 }, (_, instant) => {
    for (let index = 0; index < list.length; index += 2) {
      if (instant >= (list[index] ?? NaN) && instant < (list[index + 1] ?? NaN)) return true;
    }
    return false;
  });
}

function zip(left: boolean[], right: boolean[], combine: (l: boolean, r: boolean) => boolean): boolean[] {
  return left.map((value, index) => combine(value, right[index] ?? false));
}

test('a normalised list is normal and has the same instants', () => {
  fc.assert(
    fc.property(anyList, (list) => {
      const normal = normalise(list);
      expect(isNormal(normal)).toBe(true);
      expect(instantsOf(normal)).toEqual(instantsOf(list));
    }),
  );
});

test('union, intersection and difference are those of sets of instants', () => {
  fc.assert(
    fc.property(normalList, normalList, (left, right) => {
      const [l, r] = [instantsOf(left), instantsOf(right)];
      const results = [union(left, right), intersect(left, right), subtract(left, right)] as const;
      for (const result of results) expect(isNormal(result)).toBe(true);
      expect(instantsOf(results[0])).toEqual(zip(l, r, (a, b) => a || b));
      expect(instantsOf(results[1])).toEqual(zip(l, r, (a, b) => a && b));
      expect(instantsOf(results[2])).toEqual(zip(l, r, (a, b) => a && !b));
    }),
  );
});

test('taking away shifted intervals is taking away what they are after the shift', () => {
  fc.assert(
    fc.property(normalList, normalList, fc.integer({ min: -9, max: 9 }), fc.nat(9), (from, removed, shift, wider) => {
      const out = intervalBuffer(2);
      subtractShifted(from, from.length, removed, shift, shift + wider, out);
      const shifted = removed.map((edge, index) => edge + shift + (index % 2) * wider);
      expect(bufferedIntervals(out)).toEqual(subtract(from, normalise(shifted)));
    }),
  );
});

test('an interval is covered or met exactly when its instants are', () => {
  fc.assert(
    fc.property(normalList, fc.nat(SIZE), fc.integer({ min: 1, max: 20 }), (list, start, length) => {
      const within = instantsOf(list).slice(start, start + length);
      if (start + length > SIZE) return;
      expect(covers(list, start, start + length)).toBe(within.every(Boolean));
      expect(overlaps(list, start, start + length)).toBe(within.some(Boolean));
    }),
  );
});

test('intervals that touch are one, empty ones are none', () => {
  expect(normalise(Float64Array.of(5, 9, 1, 5, 3, 3))).toEqual(Float64Array.of(1, 9));
  const out = intervalBuffer(2);
  for (const [start, end] of [
    [1, 1],
    [1, 2],
    [2, 4],
    [6, 8],
    [7, 7],
  ] as const)
    appendInterval(out, start, end);
  expect(bufferedIntervals(out)).toEqual(Float64Array.of(1, 4, 6, 8));
});

test('a normal list is returned as it is', () => {
  const list = Float64Array.of(1, 2, 3, 4);
  expect(normalise(list)).toBe(list);
});
