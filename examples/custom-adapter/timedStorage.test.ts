import { createEngine } from 'askpro';
import { storageLaws, type Clock, type Storage } from 'askpro/adapter';
import { sqlite } from 'askpro/adapters/sequelize';
import { expect, test } from 'vitest';
import { timedStorage, type StorageCall } from './timedStorage.ts';

const inMemory = sqlite(':memory:');

for (const law of storageLaws({ create: async (clock) => timedStorage(inMemory, () => {}).create({ clock }) }))
  test(law.name, law.run);

test('every call is told by name, and how long it took', async () => {
  const calls: StorageCall[] = [];
  const engine = await createEngine({ storage: timedStorage(inMemory, (call) => calls.push(call)), relay: false });
  await engine.phone.resolve({ to: '+493023125999' });
  await engine.stop();
  expect(calls.map(({ method }) => method)).toEqual(expect.arrayContaining(['start', 'directory.number', 'stop']));
  for (const { milliseconds, failed } of calls) {
    expect(milliseconds).toBeGreaterThanOrEqual(0);
    expect(failed).toBe(false);
  }
});

test('control: a storage that confirms what it has not written breaks laws of claims', async () => {
  const forgetful = async (clock: Clock): Promise<Storage> => {
    const storage = timedStorage(inMemory, () => {}).create({ clock });
    return new Proxy(await storage, {
      get: (target, name) =>
        name === 'write'
          ? () => Promise.resolve({ kind: 'committed' })
          : (Reflect.get(target, name, target) as unknown),
    });
  };
  const laws = storageLaws({ create: forgetful }).filter(({ name }) => name.includes('claim'));
  const outcomes = await Promise.allSettled(laws.map((law) => law.run()));
  expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
});
