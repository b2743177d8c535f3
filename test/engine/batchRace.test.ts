import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Appointment, BatchItem } from '../../src/index.ts';
import type { Made, Tried } from './batchRacer.ts';
import { Ledger } from './ledger.ts';
import { bench, granted, MONDAY, salon, type Bench } from './salon.ts';

const PROCESSES = 4;
const BATCHES = 48;
const racer = fileURLToPath(new URL('./batchRacer.ts', import.meta.url));

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

async function inFourProcesses(): Promise<readonly Made[]> {
  const racers = Array.from({ length: PROCESSES }, (_, p) => {
    const share = tried.filter((_batch, i) => i % PROCESSES === p);
    const args = ['--disable-warning=ExperimentalWarning', racer, at.file, at.door.company.id, String(MONDAY)];
    const child = spawn(process.execPath, [...args, JSON.stringify(share)], { stdio: ['pipe', 'pipe', 'inherit'] });
    return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
  });
  const line = async ({ lines }: (typeof racers)[number]): Promise<string> => String((await lines.next()).value);
  expect(await Promise.all(racers.map(line))).toEqual(racers.map(() => 'ready'));
  // The barrier: everyone is up and waits before anyone begins.
  for (const { child } of racers) child.stdin.write('go\n');
  const made = (await Promise.all(racers.map(line))).flatMap((text) => JSON.parse(text) as Made[]);
  await Promise.all(racers.map(async ({ child }) => child.exitCode === null && (await once(child, 'exit'))));
  return made;
}

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
