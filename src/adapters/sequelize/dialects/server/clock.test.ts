import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ServerClock } from './clock.ts';

test("the server's time is carried on without asking, and asked for again after five seconds", async () => {
  let steadyMs = 100;
  let asked = 0;
  const clock = new ServerClock(() => steadyMs);
  const ask = (): Promise<number> => {
    asked++;
    return Promise.resolve(1_000_000 * asked);
  };
  expect(await clock.now(ask)).toBe(1_000_000);
  steadyMs += 5000;
  expect(await clock.now(ask)).toBe(1_004_995);
  expect(asked).toBe(1);
  steadyMs += 1;
  expect(await clock.now(ask)).toBe(2_000_000);
  expect(asked).toBe(2);
});

/** A server whose question and answer take their time, asked by a process whose clock runs a little wrong, as its own does. */
async function asked(
  trip: Trip,
): Promise<{ readonly told: number; readonly server: number; readonly halfway: number }> {
  let realMs = 0;
  const steadyMs = (): number => realMs * (1 + trip.ours);
  const serverMs = (): number => 1_000_000 + realMs * (1 + trip.servers);
  const clock = new ServerClock(steadyMs);
  let read = 0;
  await clock.refresh(() => {
    realMs += trip.there;
    read = serverMs();
    realMs += trip.back;
    return Promise.resolve(read);
  });
  const middle = steadyMs() / 2;
  realMs += trip.later;
  const told = await clock.now(() => Promise.reject(new Error('asked again')));
  return { told, server: serverMs(), halfway: read + steadyMs() - middle };
}

interface Trip {
  readonly there: number;
  readonly back: number;
  readonly later: number;
  readonly ours: number;
  readonly servers: number;
}

const skew = fc.double({ min: -0.0005, max: 0.0005, noNaN: true });
const milliseconds = fc.double({ min: 0, max: 3000, noNaN: true });
const trips = fc.record({
  there: milliseconds,
  back: milliseconds,
  later: fc.double({ min: 0, max: 4990, noNaN: true }),
  ours: skew,
  servers: skew,
});

test('what is told is never ahead of the server, and behind it by the way of the answer and a few milliseconds at most', () =>
  fc.assert(
    fc.asyncProperty(trips, async (trip) => {
      const { told, server } = await asked(trip);
      expect(told).toBeLessThanOrEqual(server);
      expect(told).toBeGreaterThan(server - trip.back * 1.001 - 12);
    }),
  ));

test('control: who takes the middle of the round trip for the moment of the reading is ahead after a slow question', async () => {
  const { halfway, server } = await asked({ there: 800, back: 0, later: 100, ours: 0, servers: 0 });
  expect(halfway).toBe(server + 400);
});
