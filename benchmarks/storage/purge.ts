import type { BookingWrite, CompanyId, Storage } from 'askpro/adapter';
import type { Row } from '../measure/row.ts';
import type { Benchmark } from '../measure/suite.ts';
import { timingOf } from '../measure/summary.ts';
import { bookingOf } from './bookings.ts';
import type { StorageScene } from './scene.ts';
import { DAY_MS, GRAIN_MS, HALF_HOUR_MS, measured, NOW_MS, numberedId } from './town.ts';

const TOWN = 10_000;
/** Half hours of one resource that are over, and that are to come: six claims each. */
const OVER = 17_000;
const TO_COME = 50_000;
const AT_ONCE = 100;
const LIMIT = 200;
/** What cannot be done in this time is told as far as it came. */
const MOST_SECONDS = 60;

const company = measured.company as CompanyId;
const resource = numberedId(0x1004, 0);
const retention = { sentEventsMs: DAY_MS, idempotencyMs: DAY_MS, expiredHoldsMs: DAY_MS, pastClaimsMs: DAY_MS };

type Claim = NonNullable<BookingWrite['claims']>[number];

function claimOf(nth: number, startMs: number): Claim {
  const spans = [
    { resourceId: resource as Claim['spans'][number]['resourceId'], startMs, endMs: startMs + HALF_HOUR_MS },
  ];
  return { owner: numberedId(0x1005, nth) as Claim['owner'], spans, grainMs: GRAIN_MS, expiresMs: null };
}

/** Time of one resource without a gap, from long ago to far ahead. */
async function fill(storage: Storage): Promise<void> {
  const firstMs = NOW_MS - 2 * DAY_MS - OVER * HALF_HOUR_MS;
  for (let from = 0; from < OVER; from += AT_ONCE) await claimSome(storage, from, firstMs);
  const nextMs = NOW_MS + DAY_MS - OVER * HALF_HOUR_MS;
  for (let from = OVER; from < OVER + TO_COME; from += AT_ONCE) await claimSome(storage, from, nextMs);
}

async function claimSome(storage: Storage, from: number, firstMs: number): Promise<void> {
  const claims = Array.from({ length: AT_ONCE }, (_, nth) =>
    claimOf(from + nth, firstMs + (from + nth) * HALF_HOUR_MS),
  );
  const outcome = await storage.write(company, { claims, events: [] });
  if (outcome.kind !== 'committed') throw new Error(`Free time was refused: ${outcome.kind}`);
}

/**
 * A hundred thousand claims of a resource that are over, swept away while it has three times as many to come and others
 * book. One row tells of the turns of the sweep, the other of the bookings meanwhile. Printed.
 */
export const purge = (scene: StorageScene): Benchmark => ({
  name: `purge-${scene.ground.dialect}`,
  tags: ['purge'],
  async measure() {
    const { dialect } = scene.ground;
    const storage = scene.keep(await (await scene.ground.town(TOWN)).storage());
    await fill(storage);
    const wishes = scene.wishes(2000).map(bookingOf);
    const [turns, bookings]: [number[], number[]] = [[], []];
    let isDone = false;
    const book = async (): Promise<void> => {
      for (const write of wishes) {
        if (isDone) return;
        bookings.push(await timed(() => storage.write(company, write)));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    const booking = book();
    const beganMs = performance.now();
    const seconds = (): number => (performance.now() - beganMs) / 1000;
    for (let left = 1; left > 0 && seconds() < MOST_SECONDS;)
      turns.push(await timed(async () => (left = (await storage.maintenance.sweep(retention, LIMIT)).pastSpans)));
    const took = seconds();
    isDone = true;
    await booking;
    const { busy } = await storage.busy(company, { resourceIds: [resource as never], fromMs: 0, toMs: NOW_MS });
    const rows = 6 * (OVER - (busy[0]?.length ?? 0) / 2);
    const told = (name: string, timesMs: readonly number[]): Row => {
      // The longest one instead: it is what somebody may have waited for.
      return { suite: 'storage', name, dialect, ...timingOf(timesMs), p99Ns: Math.max(...timesMs) * 1e6 };
    };
    return [{ ...told('purge', turns), opsPerSec: rows / took, rows, seconds: took }, told('purge-book', bookings)];
  },
});

async function timed(work: () => Promise<unknown>): Promise<number> {
  const beganMs = performance.now();
  await work();
  return performance.now() - beganMs;
}
