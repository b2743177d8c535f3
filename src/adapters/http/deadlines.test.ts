import { expect, test } from 'vitest';
import { fakeClock } from '../../testing.ts';
import { Deadlines, type Timed } from './deadlines.ts';

const timed = (expired: string[], name: string): Timed => ({ dueTick: 0, expire: () => expired.push(name) });

test('each deadline passes once, not before its time and at most two ticks after it', () => {
  const clock = fakeClock(0);
  const deadlines = new Deadlines(clock.after, 100);
  const expired: string[] = [];
  deadlines.add(timed(expired, 'late'), 1_000);
  deadlines.add(timed(expired, 'soon'), 250);
  clock.advance(250);
  expect(expired).toEqual([]);
  clock.advance(200);
  expect(expired).toEqual(['soon']);
  clock.advance(549);
  expect(expired).toEqual(['soon']);
  clock.advance(201);
  expect(expired).toEqual(['soon', 'late']);
  clock.advance(10_000);
  expect(expired).toEqual(['soon', 'late']);
});

test('what is over in time never expires, and the timer rests while nothing is in flight', () => {
  const clock = fakeClock(0);
  const deadlines = new Deadlines(clock.after, 100);
  const expired: string[] = [];
  const first = timed(expired, 'first');
  deadlines.add(first, 500);
  expect(clock.pending()).toBe(1);
  deadlines.delete(first);
  clock.advance(5_000);
  expect(expired).toEqual([]);
  expect(clock.pending()).toBe(0);
  deadlines.add(timed(expired, 'second'), 100);
  clock.advance(300);
  expect(expired).toEqual(['second']);
});

test('a clock that jumps ends nothing', () => {
  const clock = fakeClock(0);
  const deadlines = new Deadlines(clock.after, 100);
  const expired: string[] = [];
  deadlines.add(timed(expired, 'request'), 15_000);
  clock.set(3_600_000);
  clock.advance(1_000);
  clock.set(-3_600_000);
  clock.advance(1_000);
  expect(expired).toEqual([]);
});
