import { expect, test } from 'vitest';
import type { StorageFactory } from '../../../src/adapter.ts';
import { found } from './found.ts';
import type { BusySalon } from './busySalon.ts';
import type { Planting } from './planting.ts';
import { rowPlants } from './rowPlants.ts';
import { scarcePlants } from './scarcePlants.ts';
import { timePlants } from './timePlants.ts';

/** A database that was filled once. */
export interface Planted {
  readonly storage: StorageFactory;
  readonly salon: BusySalon;
  readonly at: Planting;
}

const codesIn = async ({ storage, salon: { nowMs } }: Planted): Promise<readonly string[]> => [
  ...new Set((await found(storage, { nowMs })).map(({ code }) => code)),
];

/** Each thing that must not be is planted by itself, found by its name, and taken away again. */
export function plantTests(planted: () => Planted): void {
  test('every table of the schema has rows to be looked at', () => {
    const empty = [...planted().at.counts].filter(([, count]) => count === 0).map(([name]) => name);
    expect(empty).toEqual([]);
  });

  test('what the engine has written is in order', async () => {
    const { storage, salon } = planted();
    expect(await found(storage, { nowMs: salon.nowMs })).toEqual([]);
    expect(await found(storage, { nowMs: salon.nowMs, company: 'salon' })).toEqual([]);
  });

  test.each([...timePlants, ...scarcePlants, ...rowPlants])('$name is found', async ({ codes, tables, plant }) => {
    const { at, salon } = planted();
    try {
      await plant(at, salon);
      expect((await codesIn(planted())).toSorted()).toEqual([...codes]);
    } finally {
      await at.restore(tables);
    }
  });

  test('afterwards all is in order again', async () => {
    expect(await codesIn(planted())).toEqual([]);
  });
}
