import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { BookingWrite, Storage } from '../../src/adapter.ts';
import { migrate } from '../../src/adapters/sequelize/index.ts';
import { bookProcedure } from '../../src/adapters/sequelize/migrations/0008-known-customers.ts';
import { fakeClock } from '../../src/core/contracts/fakeClock.ts';
import { storageLaws } from '../../src/core/contracts/storageLaws.ts';
import { pooled, type Pooled } from '../laws/pooled.ts';
import { openCable, type Cable } from '../servers/cable/cable.ts';
import { until } from '../servers/poll.ts';
import { overlaps } from './overlaps.ts';
import { startOf } from './racer.ts';
import { anna, carla, common, config, dora, next, refused, uncommon } from './roundTrips.ts';
import { bookingOf, minutes, mondayMs, sampleAppointment } from './sample.ts';
import type { Raw, Served } from './servedBy.ts';

const company = config.company.id;

interface Side {
  readonly url: string;
  readonly raw: Raw;
  readonly storage: Storage;
}

/** Bookings in one round trip beside the same step by step. */
export function oneRoundTripTests(on: Served): void {
  const onMariadbAlone = on.protocol === 'mysql' ? test : () => undefined;
  const onPostgresAlone = on.protocol === 'mysql' ? () => undefined : test;
  let server: Awaited<ReturnType<typeof on.start>>;
  /** Two databases: one is written to at once, the other step by step. */
  let once: Side;
  let slowly: Side;
  let steps: Pooled;
  const endings: (() => Promise<unknown>)[] = [];

  const open = async (url: string, oneRoundTrip: boolean): Promise<Storage> => {
    const storage = await on.factory({ url, oneRoundTrip, busyLimitMs: 20_000 }).create({ clock: fakeClock(mondayMs) });
    await storage.start();
    return storage;
  };

  const migrated = async (): Promise<string> => {
    const url = await server.createDatabase();
    await migrate(on.factory(url), 'up');
    return url;
  };

  const side = async (oneRoundTrip: boolean): Promise<Side> => {
    const url = await migrated();
    return { url, raw: await on.connect(url), storage: await open(url, oneRoundTrip) };
  };

  beforeAll(async () => {
    server = await on.start();
    [once, slowly] = [await side(true), await side(false)];
    const url = await migrated();
    const raw = await on.connect(url);
    const empty = (await dataTables(raw)).map((table) => `DELETE FROM ${table}`).join(';');
    steps = await pooled(on.factory({ url, oneRoundTrip: false }), async () => void (await raw.query(empty)));
    endings.push(() => raw.end());
  }, 120_000);

  afterAll(async () => {
    for (const end of endings) await end();
    await steps.close();
    for (const { storage, raw } of [once, slowly]) {
      await storage.stop();
      await raw.end();
    }
    await server.stop();
  });

  afterEach(() => vi.restoreAllMocks());

  const dataTables = async (raw: Raw): Promise<readonly string[]> =>
    (await raw.query(`${on.tables} AND column_name = 'company_id'`)).map(({ name }) => String(name)).sort();

  /** Everything that a database holds. */
  const contents = async (raw: Raw): Promise<unknown> => {
    const all: Record<string, readonly string[]> = {};
    for (const table of await dataTables(raw)) {
      all[table] = (await raw.query(`SELECT * FROM ${table}`)).map((row) => JSON.stringify(row)).sort();
    }
    return all;
  };

  const both = async (writes: readonly BookingWrite[]): Promise<readonly (readonly unknown[])[]> => {
    const outcomes: unknown[][] = [];
    for (const { storage } of [once, slowly]) {
      const told: unknown[] = [];
      for (const write of writes) told.push(await storage.write(company, write));
      outcomes.push(told);
    }
    return outcomes;
  };

  test.each(common)('%s is made by one statement, and leaves what the steps leave', async (_, writes) => {
    const all = writes();
    await both(all.slice(0, -1));
    const sent = on.sent();
    const [told] = await both([all.at(-1) ?? { events: [] }]);
    expect(told?.at(-1)).toEqual({ kind: 'committed' });
    expect(sent().filter((sql) => /^(CALL|WITH)/.test(sql))).toHaveLength(1);
    expect(sent().filter((sql) => sql === 'START TRANSACTION')).toHaveLength(1);
    expect(await contents(once.raw)).toEqual(await contents(slowly.raw));
  });

  test.each(uncommon)('%s is more than that, and all of it is stored', async (_, writes) => {
    const sent = on.sent();
    const outcomes = await both(writes());
    expect(outcomes.flat()).toEqual(outcomes.flat().map(() => ({ kind: 'committed' })));
    expect(sent().filter((sql) => sql.startsWith('INSERT INTO appointments'))).not.toEqual([]);
    expect(await contents(once.raw)).toEqual(await contents(slowly.raw));
  });

  test.each(refused)('what is %s is told as by the steps, and leaves nothing', async (kind, writes) => {
    const all = writes();
    const [told, expected] = await both(all);
    expect(told?.at(-1)).toMatchObject({ kind });
    expect(told).toEqual(expected);
    expect(await contents(once.raw)).toEqual(await contents(slowly.raw));
  });

  /** The procedure, which takes a moment longer before or behind its commit. */
  const slowed = async (where: 'before' | 'behind'): Promise<string> => {
    const [found] = await once.raw.query(`SHOW CREATE PROCEDURE ${bookProcedure}`);
    const loop = 'SET at_span = 0; WHILE at_span < 200000000 DO SET at_span = at_span + 1; END WHILE;';
    const whole = String(found?.['Create Procedure']);
    const slow = whole.replace(/COMMIT;(?=\s*END$)/, where === 'before' ? `${loop} COMMIT;` : `COMMIT; ${loop}`);
    expect(slow).not.toBe(whole);
    await once.raw.query(`DROP PROCEDURE ${bookProcedure}; ${slow.replace(/^CREATE DEFINER=\S+/, 'CREATE')}`);
    return whole.replace(/^CREATE DEFINER=\S+/, 'CREATE');
  };

  // No handler of a procedure sees that it is stopped between two of its statements.
  for (const where of ['before', 'behind'] as const)
    onMariadbAlone(`who is stopped by the server ${where} the commit leaves no half of a booking`, async () => {
      const whole = await slowed(where);
      try {
        const write = bookingOf(next());
        const written = once.storage.write(company, { ...write, idempotency: undefined });
        let id: unknown;
        await until(
          async () => (id = (await once.raw.query(on.executing))[0]?.['id']) !== undefined,
          () => 'nobody books',
        );
        await once.raw.query(`KILL QUERY ${String(id)}`);
        expect(await written).toEqual({ kind: 'committed' });
        await slowly.storage.write(company, { ...write, idempotency: undefined });
        expect(await contents(once.raw)).toEqual(await contents(slowly.raw));
      } finally {
        await once.raw.query(`DROP PROCEDURE ${bookProcedure}; ${whole}`);
      }
    });

  describe('races', () => {
    /** Two hundred who want overlapping times. */
    const race = async (
      resource: typeof anna,
    ): Promise<{ readonly committed: number; readonly busy: Float64Array | undefined }> => {
      const outcomes = await Promise.all(
        Array.from({ length: 200 }, (_, attempt) =>
          once.storage.write(company, bookingOf(sampleAppointment(config, resource, startOf(attempt % 4, attempt)))),
        ),
      );
      const range = { fromMs: mondayMs - minutes(60), toMs: mondayMs + minutes(600) };
      const { busy } = await once.storage.busy(company, { resourceIds: [resource], ...range });
      return { committed: outcomes.filter(({ kind }) => kind === 'committed').length, busy: busy[0] };
    };

    test('of two hundred who want overlapping times at once, none overlap', async () => {
      const { committed, busy } = await race(carla);
      expect(overlaps(busy)).toBe(0);
      expect(committed).toBeGreaterThan(0);
      expect(busy).toHaveLength(2 * committed);
    });

    test('control: without the guard the same race overlaps', async () => {
      for (const sql of on.unguard) await once.raw.query(sql);
      try {
        expect(overlaps((await race(dora)).busy)).toBeGreaterThan(100);
      } finally {
        for (const sql of on.guardAgain) await once.raw.query(sql);
      }
    });
  });

  describe('a connection that is lost meanwhile', () => {
    let cable: Cable;
    let far: Storage;

    beforeAll(async () => {
      const { port } = new URL(once.url);
      cable = await openCable(on.protocol, Number(port));
      far = await open(once.url.replace(`:${port}/`, `:${cable.port}/`), true);
    });

    afterAll(async () => {
      await far.stop();
      await cable.close();
    });

    const stored = async (write: BookingWrite): Promise<number> => {
      const id = write.appointments?.[0]?.row.id ?? '';
      return (await once.raw.query(`SELECT 1 FROM appointments WHERE id = ${on.id(id)}`)).length;
    };

    test.each(['before-commit-arrives', 'after-commit-arrived'] as const)(
      '%s: the booking is there once, and is told so',
      async (where) => {
        const write = bookingOf(next());
        const before = cable.broken();
        cable.breakNextCommit(where);
        expect(await far.write(company, write)).toEqual({ kind: 'committed' });
        expect(cable.broken()).toBe(before + 1);
        expect(await stored(write)).toBe(1);
      },
    );

    // MariaDB lets go of a booking once it notices, after seconds, that nobody waits for it any more.
    onPostgresAlone('while the server is still at it: who comes after it finds out that it was made', async () => {
      const write = bookingOf(next());
      const { startMs = 0 } = write.appointments?.[0]?.row ?? {};
      /** Who waits for a row, once somebody does who is not among these. */
      const waiting = async (...others: readonly unknown[]): Promise<readonly unknown[]> => {
        let who: readonly unknown[] = [];
        await until(
          async () => {
            who = (await once.raw.query(on.waiting)).map((row) => row['who']);
            return who.some((each) => !others.includes(each));
          },
          () => 'nobody waits',
        );
        return who;
      };
      // Somebody has its last cell, and will not keep it.
      const rival = await on.connect(once.url);
      await rival.query('BEGIN');
      await rival.query(
        `INSERT INTO claims VALUES (${[company, anna].map(on.id).join(', ')}, ${(startMs + minutes(25)) / minutes(5)}, 0, ${on.id(company)}, NULL)`,
      );
      const written = far.write(company, write);
      const first = await waiting();
      cable.cut();
      cable.mend();
      // Whoever tries it again waits for the server, which is still at it.
      await waiting(...first);
      await rival.query('ROLLBACK');
      await rival.end();
      expect(await written).toEqual({ kind: 'committed' });
      expect(await stored(write)).toBe(1);
    });
  });

  onMariadbAlone('where the procedure is missing or forbidden, everything is written step by step', async () => {
    const root = await on.connect(once.url);
    const name = new URL(once.url).pathname.slice(1);
    await root.query(
      `CREATE USER humble@'127.0.0.1'; GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP ON ${name}.* TO humble@'127.0.0.1'`,
    );
    const humble = await open(once.url.replace('root@', 'humble@'), true);
    expect(await humble.write(company, bookingOf(next()))).toEqual({ kind: 'committed' });
    await humble.stop();
    await root.query(`DROP PROCEDURE ${bookProcedure}`);
    const without = await open(once.url, true);
    const sent = on.sent();
    for (const write of [bookingOf(next()), bookingOf(next())])
      expect(await without.write(company, write)).toEqual({ kind: 'committed' });
    // It is asked once.
    expect(sent().filter((sql) => sql.startsWith('CALL'))).toHaveLength(1);
    await without.stop();
    // Nor does anybody have to be allowed to make one.
    const fresh = await server.createDatabase();
    await root.query(
      `GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP ON ${new URL(fresh).pathname.slice(1)}.* TO humble@'127.0.0.1'`,
    );
    const { pending } = await migrate(on.factory(fresh.replace('root@', 'humble@')), 'up');
    expect(pending).toEqual([]);
    await root.end();
  });

  describe('step by step, the laws of storage', () => {
    // All of them run where most bookings take one round trip; of the way step by step, some from each kind.
    const laws = storageLaws({ create: (clock) => steps.fresh(clock) });
    for (const law of laws.filter((_, index) => index % 5 === 0)) test(law.name, law.run);
  });
}
