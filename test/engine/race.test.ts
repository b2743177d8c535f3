import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { attemptOn, overlaps, type Attempt, type Outcome } from './attempts.ts';
import { inProcesses } from './processes.ts';
import { bench, salon, type Bench } from './salon.ts';

const ATTEMPTS = 200;

let at: Bench;
beforeEach(async () => {
  at = await bench({
    relay: false,
    companies: [
      salon({
        resources: [{ key: 'anna', name: 'Anna', schedule: 'week' }],
        services: [
          { key: 'short', name: 'Short', durationMinutes: 30, stepMinutes: 15 },
          { key: 'cut', name: 'Cut', durationMinutes: 60, stepMinutes: 15 },
          { key: 'long', name: 'Long', durationMinutes: 90, stepMinutes: 15, bufferAfterMinutes: 15 },
        ],
      }),
    ],
  });
});
afterEach(() => at.close());

const oneSlot: readonly Attempt[] = Array.from({ length: ATTEMPTS }, (_, i) => ({
  service: 'cut',
  start: '2026-11-24T10:00:00+01:00',
  viaHold: i % 2 === 0,
}));

/** Starts and lengths that all cover a quarter past ten, so that at most one can be had. */
const mixed: readonly Attempt[] = Array.from({ length: ATTEMPTS }, (_, i) => {
  const [service, time] = (
    [
      ['short', '10:00'],
      ['cut', '09:45'],
      ['cut', '10:15'],
      ['long', '09:00'],
      ['long', '10:15'],
      ['short', '10:15'],
    ] as const
  )[i % 6] ?? ['cut', '10:00'];
  return { service, start: `2026-11-24T${time}:00+01:00`, viaHold: i % 3 === 0 };
});

const inOneProcess = (attempts: readonly Attempt[]): Promise<readonly Outcome[]> =>
  Promise.all(attempts.map((attempt) => attemptOn(at.door, attempt)));

/** Makes the claims table accept two owners of one cell: the guard that the other tests are about. */
function dropClaimsKey(file: string): void {
  const db = new DatabaseSync(file);
  db.exec(
    'PRAGMA busy_timeout = 5000; CREATE TABLE unguarded AS SELECT * FROM claims WHERE 0; DROP TABLE claims; ALTER TABLE unguarded RENAME TO claims;',
  );
  db.close();
}

function expectExactlyOne(outcomes: readonly Outcome[]): void {
  expect(outcomes).toHaveLength(ATTEMPTS);
  const refused = outcomes.filter((outcome) => 'code' in outcome);
  expect(refused).toHaveLength(ATTEMPTS - 1);
  expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['SLOT_TAKEN']));
  expect(Math.min(...refused.map(({ alternatives }) => alternatives))).toBe(3);
}

test('of 200 attempts at one slot in one process exactly one succeeds and all others get alternatives', async () => {
  expectExactlyOne(await inOneProcess(oneSlot));
});

test('of 200 overlapping attempts of different starts and lengths in one process exactly one succeeds', async () => {
  expectExactlyOne(await inOneProcess(mixed));
});

test('of 200 attempts at one slot from four processes exactly one succeeds', { timeout: 60_000 }, async () => {
  expectExactlyOne(await inProcesses(at, oneSlot));
});

test('of 200 overlapping attempts from four processes exactly one succeeds', { timeout: 60_000 }, async () => {
  expectExactlyOne(await inProcesses(at, mixed));
});

test('control: without the key on claims the same attempts overlap, in one process', async () => {
  dropClaimsKey(at.file);
  const direct = oneSlot.map((attempt) => ({ ...attempt, viaHold: false }));
  expect(overlaps(await inOneProcess(direct))).toBeGreaterThan(0);
});

test(
  'control: without the key on claims the same attempts overlap, from four processes',
  { timeout: 60_000 },
  async () => {
    dropClaimsKey(at.file);
    expect(overlaps(await inProcesses(at, mixed))).toBeGreaterThan(0);
  },
);
