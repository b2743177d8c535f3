import { expect, test } from 'vitest';
import { rejection, scene } from './lifecycle.scene.ts';

const boom = new Error('boom');

test('members start in order and stop in reverse', async () => {
  const { lifecycle, steps, member } = scene();
  for (const name of ['a', 'b', 'c']) member(name);
  await lifecycle.start();
  await lifecycle.stop();
  expect(steps).toEqual(['start a', 'start b', 'start c', 'stop c', 'stop b', 'stop a']);
});

test('a start that fails half-way stops what had started, in reverse, and says which and why', async () => {
  const { lifecycle, steps, member } = scene();
  member('a');
  member('b');
  member('c', { start: boom });
  member('d');
  const error = await rejection(lifecycle.start());
  expect(error.code).toBe('START_FAILED');
  expect(error.message).toContain('"c" could not start: boom.');
  expect(error.cause).toBe(boom);
  expect(steps).toEqual(['start a', 'start b', 'start c', 'stop b', 'stop a']);
  await lifecycle.stop();
  expect(steps).toHaveLength(5);
});

test('a stop that fails while a start is undone is reported, and the start failure still told', async () => {
  const { lifecycle, reported, steps, member } = scene();
  const stuck = new Error('stuck');
  member('a');
  member('b', { stop: stuck });
  member('c', { start: boom });
  expect((await rejection(lifecycle.start())).cause).toBe(boom);
  expect(reported).toEqual([{ error: stuck, phase: 'rollback', plugin: 'b' }]);
  expect(steps.at(-1)).toBe('stop a');
});

test('every stop runs although some fail, and all reasons are told', async () => {
  const { lifecycle, steps, member } = scene();
  const stuck = new Error('stuck');
  member('a', { stop: stuck });
  member('b');
  member('c', { stop: boom });
  await lifecycle.start();
  const error = await rejection(lifecycle.stop());
  expect(error.code).toBe('STOP_FAILED');
  expect(error.message).toContain('"c", "a"');
  expect(error.cause).toBeInstanceOf(AggregateError);
  expect((error.cause as AggregateError).errors).toEqual([boom, stuck]);
  expect(steps.slice(3)).toEqual(['stop c', 'stop b', 'stop a']);
});

test('calls at the same time share one start and one stop, and later calls change nothing', async () => {
  const { lifecycle, steps, member } = scene();
  member('a');
  const starting = lifecycle.start();
  expect(lifecycle.start()).toBe(starting);
  await starting;
  const stopping = lifecycle.stop();
  expect(lifecycle.stop()).toBe(stopping);
  await stopping;
  await lifecycle.stop();
  expect(steps).toEqual(['start a', 'stop a']);
});

test('control: lifecycles that do not share a promise start the same hooks twice', async () => {
  const [one, other] = [scene(), scene()];
  let starts = 0;
  for (const { lifecycle } of [one, other]) lifecycle.add('a', { start: () => (starts += 1) });
  await Promise.all([one.lifecycle.start(), other.lifecycle.start()]);
  expect(starts).toBe(2);
});

test('a stop during a start waits for it, then stops what it started', async () => {
  const { lifecycle, steps, member } = scene();
  const opening = Promise.withResolvers<void>();
  lifecycle.add('slow', { start: () => opening.promise, stop: () => void steps.push('stop slow') });
  member('b');
  const both = Promise.all([lifecycle.start(), lifecycle.stop()]);
  await new Promise(setImmediate);
  expect(steps).toEqual([]);
  opening.resolve();
  await both;
  expect(steps).toEqual(['start b', 'stop b', 'stop slow']);
});

test('nothing starts after a stop', async () => {
  const { lifecycle, steps, member } = scene();
  member('a');
  await lifecycle.stop();
  expect((await rejection(lifecycle.start())).code).toBe('ENGINE_STOPPED');
  expect(steps).toEqual([]);
});

test('a member without start is stopped although nothing was started, for its setup may hold something open', async () => {
  const { lifecycle, steps } = scene();
  lifecycle.add('pool', { stop: () => void steps.push('stop pool') });
  lifecycle.add('nothing', {});
  await lifecycle.stop();
  expect(steps).toEqual(['stop pool']);
});

test('the time of each start is recorded', async () => {
  const { lifecycle, boot, timer } = scene();
  boot.setUp('slow', [], 1);
  lifecycle.add('slow', { start: () => timer.advance(30) });
  await lifecycle.start();
  expect(boot.report().plugins).toEqual([{ name: 'slow', after: [], setupMs: 1, startMs: 30 }]);
});
