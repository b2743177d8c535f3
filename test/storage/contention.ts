import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { BookingWrite, Customer, Storage } from '../../src/adapter.ts';
import { Lending } from '../../src/adapters/sequelize/dialects/server/lending.ts';
import { migrate } from '../../src/adapters/sequelize/index.ts';
import { until } from '../servers/poll.ts';
import type { Raw, Served } from './servedBy.ts';
import { bookingOf, minutes, mondayMs, newId, sampleAppointment, sampleCompany } from './sample.ts';

const busyLimitMs = 4000;

/** Transactions of the engine's own that stand in each other's way, without anything that is only made to look like it. */
export function contentionTests(on: Served, fresh: () => Promise<string>): void {
  const config = sampleCompany(1);
  const { id: company } = config.company;
  const [{ id: resource } = { id: newId<(typeof config.resources)[number]['id']>() }] = config.resources;
  const customers = Array.from({ length: 4 }, (_, nth): Customer => ({
    companyId: company,
    id: newId(),
    phone: `+4930231250${nth}`,
    name: 'A',
    email: null,
    locale: null,
    noShows: 0,
  }));
  const [first = '', second = '', third = '', fourth = ''] = customers.map(({ id }) => id);
  let raw: Raw;
  let storage: Storage;
  let halfHours = 0;

  beforeAll(async () => {
    const url = await fresh();
    await migrate(on.factory(url), 'up');
    raw = await on.connect(url);
    for (const sql of on.soonSeesDeadlocks(new URL(url).pathname.slice(1))) await raw.query(sql);
    storage = await on.factory({ url, busyLimitMs, oneRoundTrip: false, connections: { min: 2 } }).create({});
    await storage.start();
    await storage.saveConfig(company, config, 0);
    await storage.write(company, { customers, events: [] });
  }, 60_000);
  afterAll(async () => {
    await storage.stop();
    await raw.end();
  });
  afterEach(() => vi.restoreAllMocks());

  /** A booking that meets these customers one after the other. */
  const meeting = (...ids: readonly string[]): BookingWrite => ({
    ...bookingOf(sampleAppointment(config, resource, mondayMs + minutes(30 * halfHours++))),
    missed: ids.map((id) => ({ customerId: id as Customer['id'], by: 1 })),
  });
  const waiting = async (count: number): Promise<void> => {
    let now = -1;
    await until(
      async () => (now = Number((await raw.query(on.waits))[0]?.['n'])) === count,
      () => `${now} wait, and not ${count}`,
    );
  };
  const missed = async (): Promise<readonly (number | undefined)[]> =>
    Promise.all(customers.map(async ({ id }) => (await storage.customer(company, id))?.noShows));
  const count = async (sql: string): Promise<number> =>
    Number((await raw.query(`SELECT COUNT(*) AS n FROM ${sql}`))[0]?.['n']);
  const kept = async ({ appointments = [] }: BookingWrite): Promise<readonly number[]> => {
    const owner = on.id(appointments[0]?.row.id ?? '');
    return Promise.all([
      count(`appointments WHERE id = ${owner}`),
      count(`spans WHERE owner_id = ${owner}`),
      count(`claims WHERE owner_id = ${owner}`),
    ]);
  };

  /** Keeps rows of customers, and no others, until the commit. */
  const lock = async (...ids: readonly string[]): Promise<void> => {
    await raw.query('START TRANSACTION');
    for (const id of ids)
      await raw.query(`UPDATE customers SET name = 'B' WHERE company_id = ${on.id(company)} AND id = ${on.id(id)}`);
  };

  /** Two bookings of which each has what the other one wants next. */
  const crossing = async (): Promise<{ writes: readonly BookingWrite[]; ends: PromiseSettledResult<unknown>[] }> => {
    const writes = [meeting(first, third, second), meeting(second, fourth, first)];
    await lock(third, fourth);
    const asked = writes.map((write) => storage.write(company, write));
    await waiting(2);
    await raw.query('COMMIT');
    return { writes, ends: await Promise.allSettled(asked) };
  };

  describe('a deadlock of two bookings', () => {
    test('is ended by running one of them again as a whole, after a wait of its own, and both are booked once', async () => {
      const before = await missed();
      const sent = on.sent();
      const timers = vi.spyOn(globalThis, 'setTimeout');
      vi.spyOn(Math, 'random').mockReturnValue(0.7);
      const { writes, ends } = await crossing();
      expect(ends).toEqual(writes.map(() => ({ status: 'fulfilled', value: { kind: 'committed' } })));
      expect(timers.mock.calls.map(([, ms]) => ms)).toContain(0.7 * 5);
      const begun = sent().filter((sql) => sql === 'START TRANSACTION').length - 1;
      const claimed = sent().filter((sql) => sql.startsWith('INSERT INTO claims')).length;
      // On a busy machine they may meet once more.
      expect(begun).toBeGreaterThanOrEqual(3);
      expect(claimed).toBe(begun);
      for (const write of writes) expect(await kept(write)).toEqual([1, 1, 6]);
      expect(await missed()).toEqual(before.map((times = 0, nth) => times + (nth < 2 ? 2 : 1)));
    });

    test('control: where nothing is run again, one of them is told the fault, and leaves nothing', async () => {
      const before = await missed();
      vi.spyOn(Lending.prototype, 'repeat').mockImplementation((work, deadlineMs = performance.now() + busyLimitMs) =>
        work(deadlineMs),
      );
      const { writes, ends } = await crossing();
      vi.restoreAllMocks();
      const refused = ends.findIndex(({ status }) => status === 'rejected');
      expect(ends[refused]).toMatchObject({ reason: { code: 'STORAGE_BUSY', cause: on.deadlock } });
      expect(ends[1 - refused]).toEqual({ status: 'fulfilled', value: { kind: 'committed' } });
      const [lost, made] = [writes[refused], writes[1 - refused]];
      expect(await kept(lost ?? { events: [] })).toEqual([0, 0, 0]);
      expect(await kept(made ?? { events: [] })).toEqual([1, 1, 6]);
      expect((await missed()).slice(0, 2)).toEqual(before.slice(0, 2).map((times = 0) => times + 1));
    });
  });

  test('a booking that waits for a lock too long begins anew, and is there once when the lock is free', async () => {
    const write = meeting(third);
    const sent = on.sent();
    await lock(third);
    const asked = storage.write(company, write);
    await until(
      () => Promise.resolve(sent().filter((sql) => sql.startsWith('INSERT INTO claims')).length === 2),
      () => `sent: ${sent().join('; ')}`,
    );
    await raw.query('COMMIT');
    expect(await asked).toEqual({ kind: 'committed' });
    expect(await kept(write)).toEqual([1, 1, 6]);
  });
}
