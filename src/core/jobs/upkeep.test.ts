import { expect, test } from 'vitest';
import { fakeClock } from '../contracts/fakeClock.ts';
import { EngineError } from '../errors.ts';
import { settle } from './relay.scene.ts';
import { UpkeepRounds, type Upkeep } from './upkeep.ts';
import { readUpkeep, type UpkeepOptions } from './upkeepOptions.ts';

function scene(turns: () => boolean | Promise<boolean>, random = 0.5) {
  const clock = fakeClock(0);
  const ran: number[] = [];
  const failed: unknown[] = [];
  const task: Upkeep = {
    name: 'dust',
    everyMs: 1000,
    async turn() {
      ran.push(clock.now());
      return turns();
    },
  };
  const rounds = new UpkeepRounds([task], { clock, random: () => random, onError: (...input) => failed.push(input) });
  const pass = async (byMs: number): Promise<void> => {
    clock.advance(byMs);
    await settle();
  };
  return { clock, ran, failed, rounds, pass };
}

test('each task has its turn at its own pace, within a fifth more or less', async () => {
  for (const [random, expectedMs] of [
    [0, 800],
    [0.5, 1000],
    [0.999_999, 1200],
  ] as const) {
    const { rounds, ran, pass } = scene(() => false, random);
    rounds.start();
    await pass(expectedMs - 1);
    expect(ran).toEqual([]);
    await pass(1);
    await pass(expectedMs);
    expect(ran).toHaveLength(2);
  }
});

test('more to do is done at once, up to fifty turns, and then at the next time', async () => {
  const { rounds, ran, pass } = scene(() => true);
  rounds.start();
  await pass(1000);
  await pass(0);
  expect(ran).toHaveLength(50);
  await pass(1000);
  await pass(0);
  expect(ran).toHaveLength(100);
});

test('what fails is told of, and tried again at the next time', async () => {
  const boom = new Error('boom');
  const { rounds, failed, ran, pass } = scene(() => Promise.reject(boom));
  rounds.start();
  await pass(1000);
  await pass(1000);
  expect(ran).toEqual([1000, 2000]);
  expect(failed).toEqual([
    [boom, 'dust'],
    [boom, 'dust'],
  ]);
});

test('a stop waits for the turn that runs, then nothing runs any more', async () => {
  const gate = Promise.withResolvers<boolean>();
  const { rounds, clock, ran, pass } = scene(() => gate.promise);
  rounds.start();
  await pass(1000);
  let stopped = false;
  const stopping = rounds.stop().then(() => (stopped = true));
  await settle();
  expect(stopped).toBe(false);
  gate.resolve(true);
  await stopping;
  await pass(10_000);
  expect(ran).toEqual([1000]);
  expect(clock.pending()).toBe(0);
});

test.each([
  [{ everyMs: 10 }, 'upkeep.everyMs must be a whole number from 1000'],
  [{ limit: 0.5 }, 'upkeep.limit must be a whole number from 1 on'],
  [{ limit: 10_001 }, 'upkeep.limit must be at most 10,000'],
  [{ silentCallsMs: Number.NaN }, 'upkeep.silentCallsMs must be'],
  [{ silentCallsMs: 60_000 }, 'upkeep.silentCallsMs must be a whole number from 120000'],
  [{ retention: { callsDays: 0 } }, 'upkeep.retention.callsDays must be null, or a whole number of days from 1'],
  [{ retention: { calls: 1 } }, 'upkeep.retention.calls must be one of appointmentsDays'],
  [{ every: 1000 }, 'upkeep.every must be one of everyMs, limit'],
])('%j is refused by its field', (given, message) => {
  const options = given as UpkeepOptions;
  expect(() => readUpkeep(options)).toThrow(EngineError);
  expect(() => readUpkeep(options)).toThrow(message);
});
