import { expect, test } from 'vitest';
import { compose, type Composition } from './compose.ts';
import { contributionPoint } from './contribution.ts';
import { definePlugin, type Plugin } from './definePlugin.ts';
import type { ErrorPlace } from './errorSink.ts';
import { manualTimer } from './manualTimer.ts';
import { token } from './token.ts';

const Greeting = token<string>()('test/greeting');
const Rule = contributionPoint<string>()('test/rule');

const composeAll = (plugins: readonly Plugin[]): Promise<Composition> => compose({ plugins, onError: () => {} });

test('an asynchronous setup is awaited before the next, and its hooks start and stop', async () => {
  const steps: string[] = [];
  const slow = definePlugin({
    name: 'slow',
    apiVersion: 1,
    provides: [Greeting],
    async setup({ provide }) {
      await new Promise(setImmediate);
      provide(Greeting, 'Hello');
      return { start: () => steps.push('start slow'), stop: async () => steps.push('stop slow') };
    },
  });
  const after = definePlugin({
    name: 'after',
    apiVersion: 1,
    requires: { greeting: Greeting },
    setup: (_, { greeting }) => ({ start: () => steps.push(`start after ${greeting}`) }),
  });
  const composition = await composeAll([after, slow]);
  await composition.start();
  await composition.stop();
  expect(steps).toEqual(['start slow', 'start after Hello', 'stop slow']);
});

test('a declared token that setup does not provide is an error, and what setup opened is closed', async () => {
  let closed = false;
  const forgetful = definePlugin({
    name: 'forgetful',
    apiVersion: 1,
    provides: [Greeting],
    setup: () => ({ stop: () => (closed = true) }),
  });
  await expect(composeAll([forgetful])).rejects.toThrow(
    /^PLUGIN_NOT_PROVIDED: Plugin "forgetful" did not provide "test\/greeting"\./u,
  );
  expect(closed).toBe(true);
});

test('a setup that throws names the plugin, keeps the cause, and undoes the setups before it', async () => {
  const boom = new Error('boom');
  const stuck = new Error('stuck');
  const reported: (ErrorPlace & { readonly error: unknown })[] = [];
  const opened = definePlugin({ name: 'opened', apiVersion: 1, setup: () => ({ stop: () => Promise.reject(stuck) }) });
  const faulty = definePlugin({ name: 'faulty', apiVersion: 1, setup: () => Promise.reject(boom) });
  const composing = compose({
    plugins: [opened, faulty],
    onError: (error, place) => reported.push({ error, ...place }),
  });
  await expect(composing).rejects.toMatchObject({
    code: 'SETUP_FAILED',
    cause: boom,
    message: expect.stringContaining('"faulty" could not be set up: boom.') as string,
  });
  expect(reported).toMatchObject([{ error: { code: 'STOP_FAILED' }, phase: 'rollback', plugin: 'host' }]);
});

test('a fault with a code of its own keeps it', async () => {
  const handling = (name: string): Plugin =>
    definePlugin({ name, apiVersion: 1, setup: ({ handle }) => handle('hold.released', 'calls.note', () => {}) });
  const both = definePlugin({
    name: 'both',
    apiVersion: 1,
    setup({ handle }) {
      handle('hold.released', 'note', () => {});
      handle('hold.released', 'note', () => {});
    },
  });
  await expect(composeAll([both])).rejects.toMatchObject({ code: 'HANDLER_NAME_TAKEN' });
  await expect(composeAll([handling('one'), handling('two')])).rejects.toThrow(/"two" .* plugin "one" already does/u);
});

test('a setup over its limit is named, closed off, and undone when it ends after all', async () => {
  const timer = manualTimer();
  const waiting = Promise.withResolvers<void>();
  const steps: string[] = [];
  const slow = definePlugin({
    name: 'slow',
    apiVersion: 1,
    async setup({ contribute }) {
      await waiting.promise;
      try {
        contribute(Rule, 'late');
      } catch (error) {
        steps.push(String(error));
      }
      return { stop: () => steps.push('stop slow') };
    },
  });
  const composing = compose({ plugins: [slow], onError: () => {}, timer, limits: { setupMs: 20 } });
  const refused = expect(composing).rejects.toThrow(
    /^PLUGIN_TIMEOUT: Plugin "slow" did not finish its setup within 20 ms/u,
  );
  timer.advance(20);
  await refused;
  waiting.resolve();
  await new Promise(setImmediate);
  expect(steps).toEqual([expect.stringContaining('"slow" called contribute() after its setup had ended'), 'stop slow']);
});
