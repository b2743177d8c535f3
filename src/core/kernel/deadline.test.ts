import { expect, test } from 'vitest';
import { systemTimer, withinLimit, type Step } from './deadline.ts';
import { manualTimer } from './manualTimer.ts';

const step = <T>(run: () => T | PromiseLike<T>, onLate?: Step<T>['onLate']): Step<T> => ({
  plugin: 'slow',
  phase: 'start',
  limitMs: 100,
  run,
  ...(onLate && { onLate }),
});

test('a step in time answers, and leaves no timer behind', async () => {
  const timer = manualTimer();
  await expect(
    withinLimit(
      step(() => 'done'),
      timer,
    ),
  ).resolves.toBe('done');
  expect(timer.pending()).toBe(0);
});

test('a step that fails rejects as it failed, thrown or rejected, and leaves no timer behind', async () => {
  const timer = manualTimer();
  const boom = new Error('boom');
  const throws = (): never => {
    throw boom;
  };
  await expect(withinLimit(step(throws), timer)).rejects.toBe(boom);
  await expect(
    withinLimit(
      step(() => Promise.reject(boom)),
      timer,
    ),
  ).rejects.toBe(boom);
  expect(timer.pending()).toBe(0);
});

test('a step over its limit is given up with the names of plugin and phase, not a millisecond sooner', async () => {
  const timer = manualTimer();
  let settled = false;
  const running = withinLimit(
    step(() => new Promise(() => {})),
    timer,
  ).finally(() => (settled = true));
  running.catch(() => {});
  timer.advance(99);
  await new Promise(setImmediate);
  expect(settled).toBe(false);
  timer.advance(1);
  await expect(running).rejects.toThrow(/^PLUGIN_TIMEOUT: Plugin "slow" did not finish its start within 100 ms\./u);
});

test('whoever asked is told how a step ended that had been given up', async () => {
  const timer = manualTimer();
  const ends: unknown[] = [];
  const boom = new Error('boom');
  const [good, bad] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
  const runs = [good, bad].map(({ promise }) =>
    withinLimit(
      step(
        () => promise,
        (end) => ends.push(end),
      ),
      timer,
    ),
  );
  const outcomes = Promise.allSettled(runs);
  timer.advance(100);
  await outcomes;
  good.resolve('open');
  bad.reject(boom);
  await new Promise(setImmediate);
  expect(ends).toEqual([{ value: 'open' }, { error: boom }]);
});

test('the time of the machine goes forward, calls back, and can be told not to', async () => {
  const begunMs = systemTimer.monotonicMs();
  let cancelledRan = false;
  systemTimer.after(0, () => (cancelledRan = true))();
  await new Promise<void>((resolve) => systemTimer.after(1, resolve));
  expect(cancelledRan).toBe(false);
  expect(systemTimer.monotonicMs()).toBeGreaterThan(begunMs);
});
