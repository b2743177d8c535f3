import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isId } from './ids.ts';
import { uuidV7Source, type RandomBytes } from './uuid.ts';

/** Bytes of a small linear generator: the same in every run. */
const seeded = (seed: number): RandomBytes => {
  let state = seed >>> 0;
  return (into) => {
    for (let i = 0; i < into.length; i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      into[i] = state >>> 24;
    }
  };
};
const msOf = (uuid: string): number => Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);
const rises = (ids: readonly string[]): boolean => ids.every((id, i) => i === 0 || id > (ids[i - 1] ?? ''));
const now = Date.UTC(2026, 10, 23, 8);

test('an id carries its millisecond, version 7 and the variant of RFC 9562, and nothing else of its making', () => {
  const zeros = uuidV7Source((into) => into.fill(0));
  const ones = uuidV7Source((into) => into.fill(255));
  expect(zeros(0x0123_4567_89ab)).toBe('01234567-89ab-7000-8000-000000000000');
  // The first counter of a millisecond has its highest bit clear, so that it can count up at least 2,048 times.
  expect(ones(0x0123_4567_89ab)).toBe('01234567-89ab-77ff-bfff-ffffffffffff');
});

test('ids of one source are canonical, different and in the order of their making, however its clock jumps', () => {
  const clocks = fc.array(fc.integer({ min: 0, max: 2 ** 48 - 2 ** 20 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(clocks, fc.integer(), (clock, seed) => {
      const next = uuidV7Source(seeded(seed));
      const made = clock.map((ms) => next(ms));
      expect(made.every(isId)).toBe(true);
      expect(rises(made)).toBe(true);
    }),
  );
});

test('a clock that goes forward is written as it is', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 2 ** 48 - 1 }), { minLength: 1 }), (clock) => {
      const next = uuidV7Source(seeded(1));
      const rising = clock.toSorted((a, b) => a - b);
      expect(rising.map((ms) => msOf(next(ms)))).toEqual(rising);
    }),
  );
});

test('a clock with fractions of a millisecond keeps the order too', () => {
  const next = uuidV7Source(seeded(7));
  const made = Array.from({ length: 5000 }, (_, i) => next(now + i / 1000));
  expect(rises(made)).toBe(true);
  expect(msOf(made[0] ?? '')).toBe(now);
});

test('more than a millisecond can count run ahead of the clock, by one millisecond for each 4,096', () => {
  const next = uuidV7Source(seeded(3));
  const made = Array.from({ length: 20_000 }, () => next(now));
  expect(rises(made)).toBe(true);
  expect(msOf(made.at(-1) ?? '') - now).toBeLessThanOrEqual(5);
  expect(msOf(next(now + 60_000))).toBe(now + 60_000);
});

test('a clock that goes back an hour does not take the ids with it', () => {
  const next = uuidV7Source(seeded(5));
  const before = next(now);
  const after = next(now - 3_600_000);
  expect(after > before).toBe(true);
  expect(msOf(after)).toBe(now);
});

test('the 62 bits after the variant are even: each is set in about half of the ids', () => {
  const next = uuidV7Source((into) => crypto.getRandomValues(into));
  const rounds = 20_000;
  const counts = new Array<number>(62).fill(0);
  for (let i = 0; i < rounds; i++) {
    const bits = BigInt(
      `0x${next(now + i)
        .slice(19)
        .replace('-', '')}`,
    );
    for (let bit = 0; bit < 62; bit++) if ((bits >> BigInt(bit)) & 1n) counts[bit] = (counts[bit] ?? 0) + 1;
  }
  // Six standard deviations of a fair coin; a stuck or doubled bit is a hundred away.
  const tolerance = 6 * Math.sqrt(rounds / 4);
  for (const count of counts) expect(Math.abs(count - rounds / 2)).toBeLessThan(tolerance);
});

test('two sources do not meet in the same millisecond', () => {
  const [one, other] = [uuidV7Source(seeded(1)), uuidV7Source(seeded(2))];
  const made = Array.from({ length: 10_000 }, (_, i) => [one(now + (i >> 6)), other(now + (i >> 6))]).flat();
  expect(new Set(made).size).toBe(made.length);
});

test('random bytes are drawn in large pieces and none is used twice', () => {
  let draws = 0;
  const next = uuidV7Source((into) => {
    draws++;
    crypto.getRandomValues(into);
  });
  const tails = new Set(Array.from({ length: 8190 }, (_, i) => next(now + i).slice(19)));
  expect(draws).toBe(10);
  expect(tails.size).toBe(8190);
});

test('control: a source that takes the clock as it comes sorts wrongly once the clock goes back', () => {
  const naive = (ms: number): string => uuidV7Source(seeded(ms))(ms);
  const made = [naive(now), naive(now - 1)];
  expect(rises(made)).toBe(false);
});
