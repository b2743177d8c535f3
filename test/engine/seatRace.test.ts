import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { overlaps, type Attempt, type Outcome } from './attempts.ts';
import { inProcesses } from './processes.ts';
import { bench, granted, salon, type Bench } from './salon.ts';

let at: Bench;
beforeEach(async () => {
  at = await bench({
    relay: false,
    companies: [
      salon({
        resources: [{ key: 'anna', name: 'Anna', schedule: 'week' }],
        services: [
          { key: 'yoga', name: 'Yoga', durationMinutes: 60, stepMinutes: 60, seats: 4 },
          { key: 'dance', name: 'Dance', durationMinutes: 45, stepMinutes: 15, seats: 50, bufferAfterMinutes: 15 },
          { key: 'cut', name: 'Cut', durationMinutes: 60, stepMinutes: 30 },
        ],
      }),
    ],
  });
});
afterEach(() => at.close());

const on = (date: string, time: string): string => `2026-11-${date}T${time}:00+01:00`;

/** Contests on dates of their own, so that all of them are one race of four processes. */
const contests = {
  two: (index: number) => (index < 2 ? { service: 'yoga', start: on('23', '10:00') } : undefined),
  single: () => ({ service: 'yoga', start: on('24', '10:00') }),
  parties: () => ({ service: 'yoga', start: on('25', '10:00'), partySize: 3 }),
  /** A class and haircuts, of which none can be beside another. */
  mixed: (index: number) => ({
    service: index % 2 === 0 ? 'yoga' : 'cut',
    start: on('26', index % 2 === 0 ? '10:00' : index % 4 === 1 ? '09:30' : '10:30'),
  }),
  /** Classes with time around them that begin every quarter of an hour. */
  neighbours: (index: number) => ({
    service: 'dance',
    start: on('27', `10:${['00', '15', '30', '45'][index % 4] ?? ''}`),
  }),
} as const;
type Contest = keyof typeof contests;
const names = Object.keys(contests) as readonly Contest[];

/** Everybody at once: forty in each contest. */
async function race(viaHolds: boolean): Promise<Readonly<Record<Contest, readonly Outcome[]>>> {
  const tried = Array.from({ length: 40 }, (_, index) =>
    names.flatMap((name) => {
      const wanted: Omit<Attempt, 'viaHold'> | undefined = contests[name](index);
      return wanted === undefined ? [] : [{ name, attempt: { ...wanted, viaHold: viaHolds && index % 3 === 0 } }];
    }),
  ).flat();
  // The processes take every fourth attempt, and answer one after the other.
  const order = [0, 1, 2, 3].flatMap((process) => tried.filter((_, index) => index % 4 === process));
  const outcomes = await inProcesses(
    at,
    tried.map(({ attempt }) => attempt),
  );
  const of = (name: Contest): readonly Outcome[] => outcomes.filter((_, index) => order[index]?.name === name);
  return {
    two: of('two'),
    single: of('single'),
    parties: of('parties'),
    mixed: of('mixed'),
    neighbours: of('neighbours'),
  };
}

type Booked = Extract<Outcome, { readonly resource: string }>;
const booked = (outcomes: readonly Outcome[]): readonly Booked[] => outcomes.filter((outcome) => 'resource' in outcome);
const seats = (outcomes: readonly Outcome[]): number =>
  booked(outcomes).reduce((sum, { partySize }) => sum + partySize, 0);
const sessions = (outcomes: readonly Outcome[]): number =>
  new Set(booked(outcomes).map(({ sessionId }) => sessionId)).size;

/** Lets nobody find what others have claimed or occupy: one writer at a time would see them all even without a key. */
function forgetClaims(): void {
  const db = new DatabaseSync(at.file);
  db.exec(`PRAGMA busy_timeout = 5000; DROP TABLE claims;
    CREATE TABLE claims (company_id, subject, cell, ordinal, owner_id, expires_ms);
    CREATE TRIGGER forget AFTER INSERT ON claims BEGIN DELETE FROM claims; END;
    CREATE TRIGGER free AFTER INSERT ON spans BEGIN DELETE FROM spans; END`);
  db.close();
}

test('of many who race for seats from four processes as many get them as there are', { timeout: 90_000 }, async () => {
  const { two, single, parties, mixed, neighbours } = await race(true);
  // Two who come first open one session, and have two seats of it.
  expect([booked(two).length, sessions(two)]).toEqual([2, 1]);
  const { slot } = granted(await at.door.check({ service: 'yoga', start: on('23', '10:00') }));
  expect(slot.seatsLeft).toBe(2);
  expect([seats(single), sessions(single)]).toEqual([4, 1]);
  const codes = single.flatMap((outcome) => ('code' in outcome ? [outcome.code] : []));
  expect(new Set(codes)).toEqual(new Set(['SLOT_TAKEN']));
  expect([booked(parties).length, seats(parties)]).toEqual([1, 3]);
  // A class and a haircut never share an instructor.
  expect(booked(mixed).length).toBeGreaterThan(0);
  expect(overlaps(mixed)).toBe(0);
  // Neighbours keep the time around them: one begins, and all ten who wanted it are in it.
  expect([overlaps(neighbours), sessions(neighbours), seats(neighbours)]).toEqual([0, 1, 10]);
});

test('control: without the guard each of these races is lost', { timeout: 90_000 }, async () => {
  forgetClaims();
  const { single, parties, mixed, neighbours } = await race(false);
  expect(seats(single)).toBeGreaterThan(4);
  expect(booked(parties).length).toBeGreaterThan(1);
  expect(overlaps(mixed)).toBeGreaterThan(0);
  expect(sessions(neighbours)).toBeGreaterThan(1);
});
