import { expect, test } from 'vitest';
import { EngineError } from '../errors.ts';
import { scene, settle } from './relay.scene.ts';

const boom = new Error('boom');

test('what is in the outbox when it starts is delivered, each event to each handler once, in the order of handlers', async () => {
  const { outbox, relay, handler, ran } = scene();
  handler('one');
  handler('two');
  outbox.add('a', 'e1');
  outbox.add('b', 'e2');
  relay().start();
  await settle();
  expect(ran.toSorted()).toEqual(['one e1', 'one e2', 'two e1', 'two e2']);
  expect(ran.indexOf('one e1')).toBeLessThan(ran.indexOf('two e1'));
  expect(outbox.unsent()).toBe(0);
});

test('an event that nobody handles is ended', async () => {
  const { outbox, relay } = scene();
  outbox.add('a');
  relay().start();
  await settle();
  expect(outbox.unsent()).toBe(0);
});

test('events of one aggregate run in order, one after the other, while others go on', async () => {
  const { outbox, relay, handler, ran } = scene();
  const gates = new Map<string, PromiseWithResolvers<void>>();
  handler('slow', (event) => {
    if (event.aggregate !== 'a') return undefined;
    const gate = Promise.withResolvers<void>();
    gates.set(event.id, gate);
    return gate.promise;
  });
  for (const id of ['a1', 'a2', 'a3']) outbox.add('a', id);
  outbox.add('b', 'b1');
  relay().start();
  await settle();
  expect(ran).toEqual(['slow a1', 'slow b1']);
  gates.get('a1')?.resolve();
  await settle();
  expect(ran).toEqual(['slow a1', 'slow b1', 'slow a2']);
  gates.get('a2')?.resolve();
  await settle();
  expect(ran.at(-1)).toBe('slow a3');
});

test('a handler that fails does not hold up other aggregates, nor the other handlers of its event', async () => {
  const { outbox, relay, handler, ran, reported } = scene();
  handler('bad', (event) => {
    if (event.id === 'a1') throw boom;
  });
  handler('good');
  outbox.add('a', 'a1');
  outbox.add('a', 'a2');
  outbox.add('b', 'b1');
  relay().start();
  await settle();
  expect(ran).toEqual(expect.arrayContaining(['bad a1', 'good a1', 'bad b1', 'good b1']));
  expect(ran).not.toContain('bad a2');
  expect(outbox.unsent()).toBe(2);
  expect(reported).toEqual([{ error: boom, event: 'a1', handler: 'bad' }]);
});

test('what has succeeded does not run again when another handler of the event is retried', async () => {
  const { outbox, relay, handler, ran, pass } = scene();
  let tries = 0;
  handler('first');
  handler('flaky', () => {
    if (++tries < 4) throw boom;
  });
  handler('last');
  outbox.add('a', 'e');
  relay().start();
  await settle();
  await pass(60_000, 500);
  expect(ran.filter((entry) => entry === 'first e')).toHaveLength(1);
  expect(ran.filter((entry) => entry === 'last e')).toHaveLength(1);
  expect(ran.filter((entry) => entry === 'flaky e')).toHaveLength(4);
  expect(outbox.unsent()).toBe(0);
});

test('control: an outbox that forgets what was delivered lets a handler run twice', async () => {
  const { outbox, relay, handler, ran, pass } = scene();
  let tries = 0;
  handler('first');
  handler('flaky', () => {
    if (++tries < 2) throw boom;
  });
  const [row] = [outbox.add('a', 'e')].map(() => outbox.rows[0]);
  if (row !== undefined) row.delivered = Object.assign([], { push: () => 0 });
  relay().start();
  await settle();
  await pass(5000, 500);
  expect(ran.filter((entry) => entry === 'first e')).toHaveLength(2);
});

test('the delay doubles with each try, up to five minutes, and only the kind of the error is stored', async () => {
  const { outbox, relay, handler, pass } = scene();
  class CardDeclined extends Error {
    override readonly name = 'CardDeclined';
  }
  handler('bad', () => {
    throw new CardDeclined('Anna Schmidt, +491701111111');
  });
  outbox.add('a');
  relay().start();
  await settle();
  await pass(3_600_000, 1000);
  const postponed = outbox.rows[0]?.postponed ?? [];
  const delays = postponed.map(({ delayMs }) => delayMs);
  expect(delays.slice(0, 10)).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000]);
  expect(new Set(delays.slice(9))).toEqual(new Set([300_000]));
  expect(new Set(postponed.map(({ error }) => error))).toEqual(new Set(['CardDeclined']));
});

test('an error of the engine is stored by its code, and something thrown that is no error by its type', async () => {
  const { outbox, relay, handler } = scene();
  handler('bad', (event) => {
    const thrown: unknown = event.id === 'a' ? new EngineError('STORAGE_BUSY', 'locked.') : 'text';
    throw thrown;
  });
  outbox.add('a', 'a');
  outbox.add('b', 'b');
  relay().start();
  await settle();
  expect(outbox.rows.map(({ postponed }) => postponed[0]?.error)).toEqual(['STORAGE_BUSY', 'string']);
});

test('a handler that never settles holds up nobody else, is given up within the lease, told of, and tried again', async () => {
  const { outbox, relay, handler, ran, reported, pass } = scene();
  handler('stuck', (event) => (event.id === 'a1' ? new Promise(() => undefined) : undefined));
  handler('after');
  outbox.add('a', 'a1');
  relay({ leaseMs: 10_000 }).start();
  await settle();
  outbox.add('b', 'b1');
  await pass(1000);
  expect(ran).toEqual(['stuck a1', 'stuck b1', 'after b1']);
  await pass(8000);
  expect(reported).toMatchObject([
    { error: { code: 'HANDLER_TIMEOUT', retryable: true }, event: 'a1', handler: 'stuck' },
  ]);
  expect(outbox.rows[0]?.postponed).toEqual([{ delayMs: 1000, error: 'HANDLER_TIMEOUT' }]);
  // Time was up for the event: its next handler waits for the next try.
  expect(ran).not.toContain('after a1');
});

test('a handler that fails after it was given up disturbs nobody', async () => {
  const { outbox, relay, handler, reported, pass } = scene();
  const late = Promise.withResolvers<void>();
  handler('late', () => late.promise);
  outbox.add('a');
  relay({ leaseMs: 10_000 }).start();
  await settle();
  await pass(9000);
  late.reject(boom);
  await settle();
  expect(reported).toHaveLength(1);
});

test('two relays share the events: each event runs once', async () => {
  const { outbox, relay, handler, ran, pass } = scene();
  handler('one', () => new Promise(setImmediate));
  for (let i = 0; i < 50; i++) outbox.add(`a${i % 10}`, `e${i}`);
  const [first, second] = [relay({ batchSize: 3 }), relay({ batchSize: 3 })];
  first.start();
  second.start();
  await pass(10_000, 500);
  expect(ran).toHaveLength(50);
  expect(new Set(ran).size).toBe(50);
  expect(outbox.unsent()).toBe(0);
});

test('a relay that was killed between a handler and its note leaves the event to another one, which runs it again', async () => {
  const { outbox, relay, handler, ran, reported, pass } = scene();
  handler('one');
  outbox.add('a', 'e');
  outbox.onEnd = () => {
    throw boom;
  };
  const killed = relay();
  killed.start();
  await settle();
  await killed.stop();
  expect(reported).toEqual([{ error: boom, event: 'e', handler: undefined }]);
  outbox.onEnd = () => undefined;
  relay().start();
  await pass(29_000, 1000);
  expect(ran).toEqual(['one e']);
  await pass(3000, 1000);
  expect(ran).toEqual(['one e', 'one e']);
  expect(outbox.unsent()).toBe(0);
});

test('a relay whose lease was lost runs no further handler of the event', async () => {
  const { outbox, relay, handler, ran } = scene();
  handler('first', () => {
    const [row] = outbox.rows;
    if (row !== undefined) row.leaseOwner = 'another relay';
  });
  handler('second');
  outbox.add('a', 'e');
  relay().start();
  await settle();
  expect(ran).toEqual(['first e']);
  expect(outbox.unsent()).toBe(1);
});
