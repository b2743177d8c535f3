import { expect, test } from 'vitest';
import { scene, settle } from './relay.scene.ts';

const boom = new Error('boom');

test('a wake during a pass is not lost', async () => {
  const { outbox, relay, handler, ran } = scene();
  handler('one');
  const running = relay();
  outbox.onLease = () => {
    // After the last look of the pass, before its end.
    if (outbox.leases !== 1) return;
    queueMicrotask(() => {
      outbox.add('a', 'e');
      running.wake();
    });
  };
  running.start();
  await settle();
  expect(ran).toEqual(['one e']);
});

test('without a wake it looks by itself, within a fifth more or less of the interval', async () => {
  for (const [random, expectedMs] of [
    [0, 800],
    [0.5, 1000],
    [0.999_999, 1200],
  ] as const) {
    const { outbox, relay, handler, ran, pass } = scene();
    handler('one');
    relay({}, random).start();
    await settle();
    outbox.add('a', 'e');
    await pass(expectedMs - 1);
    expect(ran).toEqual([]);
    await pass(1);
    expect(ran).toEqual(['one e']);
  }
});

test('a storage that cannot be reached is told of, and looked at again', async () => {
  const { outbox, relay, handler, ran, reported, pass } = scene();
  handler('one');
  outbox.add('a', 'e');
  outbox.onLease = () => {
    if (outbox.leases < 3) throw boom;
  };
  relay().start();
  await settle();
  await pass(2000, 1000);
  expect(reported).toEqual([
    { error: boom, event: undefined, handler: undefined },
    { error: boom, event: undefined, handler: undefined },
  ]);
  expect(ran).toEqual(['one e']);
});

test('a storage that fails to end one event still lets the pass finish the others', async () => {
  const { outbox, relay, handler, ran, reported } = scene();
  const gate = Promise.withResolvers<void>();
  handler('one', (event) => (event.id === 'b' ? gate.promise : undefined));
  outbox.add('a', 'a');
  outbox.add('b', 'b');
  let ends = 0;
  outbox.onEnd = () => {
    if (++ends === 1) throw boom;
  };
  const running = relay();
  running.start();
  await settle();
  expect(reported).toEqual([{ error: boom, event: 'a', handler: undefined }]);
  let stopped = false;
  const stopping = running.stop().then(() => (stopped = true));
  await settle();
  expect(stopped).toBe(false);
  gate.resolve();
  await stopping;
  expect(outbox.rows.map(({ sent }) => sent)).toEqual([false, true]);
  expect(ran).toHaveLength(2);
});

test('a stop waits for what is being delivered, then nothing runs any more', async () => {
  const { outbox, relay, handler, ran, clock, pass } = scene();
  const gate = Promise.withResolvers<void>();
  handler('one', () => gate.promise);
  outbox.add('a', 'e1');
  outbox.add('a', 'e2');
  const running = relay();
  running.start();
  await settle();
  const stopping = running.stop();
  gate.resolve();
  await stopping;
  expect(outbox.rows.map(({ sent }) => sent)).toEqual([true, false]);
  running.wake();
  await pass(60_000, 1000);
  expect(ran).toEqual(['one e1']);
  expect(clock.pending()).toBe(0);
});

test('a relay that was stopped can start again', async () => {
  const { outbox, relay, handler, ran } = scene();
  handler('one');
  const running = relay();
  running.start();
  await running.stop();
  outbox.add('a', 'e');
  running.start();
  await settle();
  expect(ran).toEqual(['one e']);
});

test('no more events are in delivery at a time than a batch holds', async () => {
  const { outbox, relay, handler, ran } = scene();
  const gate = Promise.withResolvers<void>();
  handler('one', () => gate.promise);
  for (let i = 0; i < 25; i++) outbox.add(`a${i}`);
  const running = relay({ batchSize: 10 });
  running.start();
  await settle();
  running.wake();
  await settle();
  expect(ran).toHaveLength(10);
  gate.resolve();
  await settle();
  expect(ran).toHaveLength(25);
});

test('more events than a batch holds are delivered in one go, without waiting for the clock', async () => {
  const { outbox, relay, handler, ran } = scene();
  handler('one');
  for (let i = 0; i < 25; i++) outbox.add(`a${i}`);
  relay({ batchSize: 10 }).start();
  await settle();
  expect(ran).toHaveLength(25);
  expect(outbox.leases).toBe(4);
});
