import { expect, test } from 'vitest';
import { ServerClock } from './clock.ts';

test("the server's time is carried on without asking, and asked for again after five seconds", async () => {
  let steadyMs = 100;
  let asked = 0;
  const clock = new ServerClock(() => steadyMs);
  const ask = (): Promise<number> => {
    asked++;
    return Promise.resolve(1_000_000 * asked);
  };
  expect(await clock.now(ask)).toBe(1_000_000);
  steadyMs += 5000;
  expect(await clock.now(ask)).toBe(1_005_000);
  expect(asked).toBe(1);
  steadyMs += 1;
  expect(await clock.now(ask)).toBe(2_000_000);
  expect(asked).toBe(2);
});

test('half of a slow round trip is counted as already past', async () => {
  let steadyMs = 0;
  const clock = new ServerClock(() => steadyMs);
  const slow = (): Promise<number> => {
    steadyMs += 40;
    return Promise.resolve(5000);
  };
  expect(await clock.now(slow)).toBe(5020);
});
