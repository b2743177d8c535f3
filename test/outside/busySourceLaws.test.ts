import { expect, test } from 'vitest';
import { busySourceLaws } from '../../src/core/contracts/busySourceLaws.ts';
import { LawBroken } from '../../src/core/contracts/law.ts';
import { faults, memorySource } from './brokenSources.ts';

const laws = busySourceLaws({ create: () => memorySource(), remote: true });

test.each(laws)('a source in memory keeps the law: $name', ({ run }) => run());

test('every law has a source that breaks it', () => {
  expect(Object.keys(faults).toSorted()).toEqual(laws.map(({ name }) => name).toSorted());
});

test.each(Object.entries(faults))('a source with a fault breaks the law: %s', async (name, fault) => {
  const law = busySourceLaws({ create: () => memorySource(fault), remote: true }).find((each) => each.name === name);
  await expect(law?.run()).rejects.toThrow(LawBroken);
});

test('a source that computes its answers is not asked to be cut off', () => {
  const names = busySourceLaws({ create: () => memorySource(), remote: false }).map(({ name }) => name);
  expect(names.filter((name) => /^(?:cut off|reached)/.test(name))).toEqual([]);
});
