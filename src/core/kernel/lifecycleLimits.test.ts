import { expect, test } from 'vitest';
import { rejection, scene } from './lifecycle.scene.ts';

const boom = new Error('boom');

test('a start over its limit fails, and is stopped if it succeeds after all', async () => {
  const { lifecycle, timer, steps, member } = scene();
  const late = Promise.withResolvers<void>();
  member('a');
  lifecycle.add('slow', { start: () => late.promise, stop: () => void steps.push('stop slow') });
  const failure = rejection(lifecycle.start());
  await new Promise(setImmediate);
  timer.advance(100);
  const error = await failure;
  expect(error.code).toBe('START_FAILED');
  expect(error.cause).toMatchObject({ code: 'PLUGIN_TIMEOUT' });
  expect(error.message).toContain('"slow" did not finish its start within 100 ms');
  expect(steps).toEqual(['start a', 'stop a']);
  late.resolve();
  await new Promise(setImmediate);
  expect(steps).toEqual(['start a', 'stop a', 'stop slow']);
});

test('a start that fails after it was given up is reported', async () => {
  const { lifecycle, timer, reported } = scene();
  const late = Promise.withResolvers<void>();
  lifecycle.add('slow', { start: () => late.promise });
  const failure = rejection(lifecycle.start());
  timer.advance(100);
  await failure;
  late.reject(boom);
  await new Promise(setImmediate);
  expect(reported).toEqual([{ error: boom, phase: 'late', plugin: 'slow' }]);
});

test('a stop over its limit is given up, and the others are stopped', async () => {
  const { lifecycle, timer, steps, member } = scene();
  member('a');
  lifecycle.add('hanging', { start: () => {}, stop: () => new Promise(() => {}) });
  await lifecycle.start();
  const failure = rejection(lifecycle.stop());
  await new Promise(setImmediate);
  timer.advance(50);
  expect(((await failure).cause as AggregateError).errors).toMatchObject([{ code: 'PLUGIN_TIMEOUT' }]);
  expect(steps).toEqual(['start a', 'stop a']);
});
