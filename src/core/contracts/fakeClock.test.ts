import { expect, test } from 'vitest';
import { fakeClock } from './fakeClock.ts';

const START_MS = Date.UTC(2026, 10, 23, 8);

test('stands still until it is told otherwise', () => {
  const clock = fakeClock(START_MS);
  expect(clock.now()).toBe(START_MS);
  clock.advance(1500);
  expect(clock.now()).toBe(START_MS + 1500);
});

test('shows each callback the moment at which it falls due', () => {
  const clock = fakeClock(START_MS);
  const seen: number[] = [];
  for (const delayMs of [300, 100, 200]) clock.after(delayMs, () => seen.push(clock.now() - START_MS));
  clock.advance(250);
  expect(seen).toEqual([100, 200]);
  expect(clock.now()).toBe(START_MS + 250);
  expect(clock.pending()).toBe(1);
});

test('calls those that fall due together in the order in which they were asked for', () => {
  const clock = fakeClock(START_MS);
  const seen: string[] = [];
  clock.after(10, () => seen.push('first'));
  clock.after(10, () => seen.push('second'));
  clock.advance(10);
  expect(seen).toEqual(['first', 'second']);
});

test('runs what callbacks order within the time that passes', () => {
  const clock = fakeClock(START_MS);
  let ticks = 0;
  const tick = (): void => void clock.after(10, () => (ticks++, tick()));
  tick();
  clock.advance(35);
  expect(ticks).toBe(3);
});

test('a callback can still be cancelled by one before it', () => {
  const clock = fakeClock(START_MS);
  let called = false;
  clock.after(10, () => cancel());
  const cancel = clock.after(10, () => (called = true));
  clock.advance(10);
  expect(called).toBe(false);
});

test('put forward or back, it lets no time pass', () => {
  const clock = fakeClock(START_MS);
  let called = false;
  clock.after(1000, () => (called = true));
  clock.set(START_MS + 5000);
  expect([clock.now(), called]).toEqual([START_MS + 5000, false]);
  clock.set(START_MS - 5000);
  clock.advance(999);
  expect(called).toBe(false);
  clock.advance(1);
  expect([clock.now(), called]).toEqual([START_MS - 4000, true]);
});

test('does not run backwards', () => {
  const clock = fakeClock(START_MS);
  expect(() => clock.advance(-1)).toThrow(RangeError);
  expect(() => clock.advance(Number.NaN)).toThrow(RangeError);
});

test('a callback that throws stops the clock at its moment and loses no other', () => {
  const clock = fakeClock(START_MS);
  let called = false;
  clock.after(10, () => {
    throw new Error('broken callback');
  });
  clock.after(20, () => (called = true));
  expect(() => clock.advance(30)).toThrow('broken callback');
  expect(clock.now()).toBe(START_MS + 10);
  clock.advance(10);
  expect(called).toBe(true);
});
