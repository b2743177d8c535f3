import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Appointment, BatchItem } from '../../src/index.ts';
import type { Made, Tried } from './batchRacer.ts';
import { Ledger } from './ledger.ts';
import { racing } from './processes.ts';
import { bench, granted, MONDAY, salon, type Bench } from './salon.ts';

const BATCHES = 48;

let at: Bench;
let ledger: Ledger;
beforeEach(async () => {
  at = await bench({ relay: false, companies: [salon()] });
  ledger = new Ledger(at.file, 300_000);
});
afterEach(async () => {
  ledger.close();
  await at.close();
});

/** Each wants four times of a day that has room for sixteen, so that most batches want what others want. */
const tried: readonly Tried[] = Array.from({ length: BATCHES }, (_, batch) => ({
  mode: batch % 3 === 0 ? 'each' : 'all',
  items: Array.from({ length: 4 }, (_each, nth): BatchItem => {
    const half = (batch * 3 + nth * (1 + (batch % 4))) % 15;
    const time = `${String(9 + Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`;
    return { service: 'cut', start: `2026-11-${24 + (batch % 2)}T${time}:00+01:00` };
  }),
}));

const inFourProcesses = (): Promise<readonly Made[]> => racing(new URL('./batchRacer.ts', import.meta.url), at, tried);

async function stored(): Promise<readonly Appointment[]> {
  const { page } = granted(await at.door.listAppointments({ limit: 200 }));
  return page.items;
}

test('overlapping batches from four processes book nothing twice, and each of all or nothing is one or the other', async () => {
  const made = await inFourProcesses();
  expect(ledger.contradictions(MONDAY)).toEqual([]);
  expect(made).toHaveLength(BATCHES);
  expect(made.filter((ids) => ids.length === 0).length).toBeGreaterThan(0);
  expect(made.filter((ids) => ids.length === 4 && !ids.includes(null)).length).toBeGreaterThan(0);
  const told = made.flat().filter((id) => id !== null);
  const appointments = await stored();
  expect(appointments.map(({ id }) => id).toSorted()).toEqual(told.toSorted());
  // What was told of each process in turn: its batches of all or nothing have all four or none in the database.
  const sizes = new Map<string, number>();
  for (const { groupId } of appointments) sizes.set(groupId ?? '', (sizes.get(groupId ?? '') ?? 0) + 1);
  expect([...sizes.values()].toSorted()).toEqual(
    made
      .map((ids) => ids.filter((id) => id !== null).length)
      .filter((size) => size > 0)
      .toSorted(),
  );
}, 60_000);

test('control: without the key on claims the same batches overlap', async () => {
  ledger.dropClaimsKey();
  await inFourProcesses();
  expect(ledger.contradictions(MONDAY).length).toBeGreaterThan(0);
}, 60_000);
