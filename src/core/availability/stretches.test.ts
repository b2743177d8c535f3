import { expect, test } from 'vitest';
import { readsOf, stretchesOf } from './stretches.ts';

const DAY = 86_400_000;

test('a range is read as it is, and what comes next at most twice, never from the past', () => {
  expect(readsOf(DAY, 9 * DAY, 5 * DAY)).toEqual([{ fromMs: DAY, toMs: 9 * DAY }]);
  expect(readsOf(DAY, undefined, 5 * DAY)).toEqual([
    { fromMs: 5 * DAY, toMs: 19 * DAY },
    { fromMs: 19 * DAY, toMs: 405 * DAY },
  ]);
});

test('stretches cover a range without a gap and end with it', () => {
  for (const days of [1, 14, 15, 60, 61, 400]) {
    const range = { fromMs: 3 * DAY, toMs: (3 + days) * DAY };
    const stretches = stretchesOf(range);
    expect(stretches[0]?.fromMs).toBe(range.fromMs);
    expect(stretches.at(-1)?.toMs).toBe(range.toMs);
    for (const [index, { fromMs, toMs }] of stretches.entries()) {
      expect(fromMs).toBeLessThan(toMs);
      expect(stretches[index + 1]?.fromMs ?? range.toMs).toBe(toMs);
    }
  }
});
