import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { partingMs } from '../../src/adapters/sequelize/dialects/server/silence.ts';
import { idBytes } from '../../src/adapters/sequelize/ids.ts';
import { mariadb, migrate, postgres } from '../../src/adapters/sequelize/index.ts';
import type { BookingWrite, Storage } from '../../src/adapter.ts';
import { openCable } from '../servers/cable/cable.ts';
import type { Cable } from '../servers/cable/cable.ts';
import { canHaveMariadb, fastMariadb, startMariadb } from '../servers/mariadb.ts';
import { canHavePostgres, startPostgres } from '../servers/postgres.ts';
import { bookingOf, minutes, mondayMs, newId, sampleAppointment, sampleCompany } from './sample.ts';

const busyLimitMs = 1600;

const servers = [
  {
    name: 'MariaDB',
    canHave: canHaveMariadb,
    protocol: 'mysql',
    start: () => startMariadb(fastMariadb),
    storage: mariadb,
    idOf: (id: string) => `X'${Buffer.from(idBytes(id)).toString('hex')}'`,
  },
  {
    name: 'PostgreSQL',
    canHave: canHavePostgres,
    protocol: 'postgres',
    start: () => startPostgres(['--fsync=off', '--synchronous_commit=off']),
    storage: postgres,
    idOf: (id: string) => `'${id}'`,
  },
] as const;

describe.each(servers)('with a bad cable to $name', ({ canHave, protocol, start, storage: factory, idOf }) => {
  describe.skipIf(!canHave())('there', () => {
    let cable: Cable;
    let near: { query(sql: string): Promise<unknown> };
    let far: Storage;
    let farUrl: string;
    let serverPort: number;
    const config = sampleCompany(1);
    const { id: company } = config.company;
    const resource = config.resources[0]?.id ?? newId<(typeof config.resources)[number]['id']>();
    const endings: (() => Promise<unknown>)[] = [];
    let halfHours = 0;
    const booking = (): BookingWrite =>
      bookingOf(sampleAppointment(config, resource, mondayMs + minutes(30 * halfHours++)));

    beforeAll(async () => {
      const server = await start();
      endings.push(() => server.stop());
      serverPort = server.port;
      const url = await server.createDatabase();
      await migrate(factory(url), 'up');
      cable = await openCable(protocol, server.port);
      endings.push(() => cable.close());
      farUrl = url.replace(`:${server.port}/`, `:${cable.port}/`);
      far = await factory({ url: farUrl, connections: 4, busyLimitMs }).create({});
      await far.start();
      endings.push(() => far.stop());
      await far.saveConfig(company, config, 0);
      const database = new URL(url).pathname.slice(1);
      near = { query: (sql) => server.query(protocol === 'mysql' ? sql.replace('FROM ', `FROM ${database}.`) : sql) };
      if (protocol === 'postgres') near = await postgresAt(url);
    }, 120_000);

    afterEach(() => cable.mend());

    afterAll(async () => {
      for (const end of endings.reverse()) await end();
    });

    /** A server's query runs in its own database. */
    async function postgresAt(url: string): Promise<typeof near> {
      const { Client } = await import('pg');
      const client = new Client({ connectionString: url });
      await client.connect();
      endings.push(() => client.end());
      return { query: async (sql) => (await client.query(sql)).rows as unknown };
    }

    /** A connection of the bare driver through the cable; what it answers is a statement that it runs there. */
    async function bareStatement(): Promise<() => Promise<'answered' | 'lost'>> {
      const heard = (asked: Promise<unknown>): Promise<'answered' | 'lost'> =>
        asked.then(
          () => 'answered' as const,
          () => 'lost' as const,
        );
      if (protocol === 'mysql') {
        const { createConnection } = await import('mysql2/promise');
        const connection = await createConnection({ uri: farUrl });
        connection.on('error', () => undefined);
        return () => heard(connection.query('SELECT 1'));
      }
      const { Client } = await import('pg');
      const client = new Client({ connectionString: farUrl });
      client.on('error', () => undefined);
      await client.connect();
      return () => heard(client.query('SELECT 1'));
    }

    const stored = async ({ appointments = [] }: BookingWrite): Promise<number> => {
      const id = idOf(appointments[0]?.row.id ?? '');
      const [row] = (await near.query(`SELECT COUNT(*) AS n FROM appointments WHERE id = ${id}`)) as [{ n: unknown }];
      return Number(row.n);
    };

    test('half a second of delay slows a booking down and does not stop it', async () => {
      const write = booking();
      cable.delay(250);
      expect(await far.write(company, write)).toEqual({ kind: 'committed' });
      cable.mend();
      expect(await stored(write)).toBe(1);
    });

    describe('a connection that is lost at the commit', () => {
      test.each(['after-commit-arrived', 'before-commit-arrives'] as const)(
        '%s: the booking is there once, read back or made again',
        async (where) => {
          const write = booking();
          const before = cable.broken();
          cable.breakNextCommit(where);
          expect(await far.write(company, write)).toEqual({ kind: 'committed' });
          expect(cable.broken()).toBe(before + 1);
          expect(await stored(write)).toBe(1);
        },
      );

      test('a write of which nothing can tell is answered as unknown, and never repeated', async () => {
        cable.breakNextCommit('after-commit-arrived');
        const put = far.documents.put(company, { collection: 'notes', id: '1', value: 1, indexes: {} });
        await expect(put).rejects.toMatchObject({ code: 'STORAGE_OUTCOME_UNKNOWN', retryable: true });
        expect(await far.documents.get(company, 'notes', '1')).toMatchObject({ version: 1 });
      });

      test('a server that stays away is answered as unknown at the commit, and as unreachable before', async () => {
        cable.breakNextCommit('before-commit-arrives', 'cut');
        // From the commit on every attempt to read the outcome back finds the cable cut.
        await expect(far.write(company, booking())).rejects.toMatchObject({ code: 'STORAGE_OUTCOME_UNKNOWN' });
        await expect(far.write(company, booking())).rejects.toMatchObject({ code: 'STORAGE_UNREACHABLE' });
      });
    });

    test('a server that falls silent is given up in time, whatever is asked of it, and serves again afterwards', async () => {
      const write = booking();
      const unguarded = await bareStatement();
      cable.silence();
      const sinceMs = performance.now();
      const bare = unguarded();
      const asked = [
        far.write(company, write),
        far.saveConfig(company, config, 1),
        far.config(company),
        far.busy(company, { fromMs: mondayMs, toMs: mondayMs + minutes(60), resourceIds: [resource] }),
        far.documents.put(company, { collection: 'notes', id: '2', value: 1, indexes: {} }),
        far.now(),
        // More than there are connections.
        far.appointment(company, newId()),
      ];
      const answers = await Promise.allSettled(asked);
      // A quarter for a machine that is busy with other tests.
      expect(performance.now() - sinceMs).toBeLessThan(busyLimitMs * 1.25);
      for (const answer of answers) {
        expect(answer).toMatchObject({ status: 'rejected', reason: { name: 'EngineError' } });
        const { code } = (answer as PromiseRejectedResult).reason as { readonly code: string };
        expect(['STORAGE_UNREACHABLE', 'STORAGE_BUSY']).toContain(code);
      }
      // Control: the bare driver goes on waiting until the cable is mended.
      expect(await Promise.race([bare, Promise.resolve('waits')])).toBe('waits');
      cable.mend();
      expect(await bare).toBe('lost');
      expect(await far.write(company, write)).toEqual({ kind: 'committed' });
      expect(await stored(write)).toBe(1);
    });

    test('a silence that begins at the commit is not answered as a failure: the truth is read back, or it is unknown', async () => {
      const write = booking();
      const sinceMs = performance.now();
      cable.breakNextCommit('after-commit-arrived', 'silence');
      await expect(far.write(company, write)).rejects.toMatchObject({ code: 'STORAGE_OUTCOME_UNKNOWN' });
      expect(performance.now() - sinceMs).toBeLessThan(busyLimitMs * 1.75);
      expect(await stored(write)).toBe(1);
      cable.mend();
      // The very same write again is found by its key, or by its event where it meets a connection that broke off meanwhile.
      expect(['replayed', 'committed']).toContain((await far.write(company, write)).kind);
      expect(await stored(write)).toBe(1);
    });

    test('a start at a silent server is answered too', async () => {
      cable.silence();
      const storage = await factory({ url: farUrl, busyLimitMs: 400 }).create({});
      await expect(storage.start()).rejects.toMatchObject({ name: 'EngineError' });
    });

    test('a start is answered in time wherever in it the server falls silent', async () => {
      const limitMs = 600;
      const start = async ({ port }: Cable): Promise<unknown> => {
        const url = farUrl.replace(`:${cable.port}/`, `:${port}/`);
        const storage = await factory({ url, busyLimitMs: limitMs, connections: { min: 3, max: 4 } }).create({});
        await storage.start();
        await storage.stop();
        return undefined;
      };
      const own = await Promise.all(Array.from({ length: 9 }, () => openCable(protocol, serverPort)));
      const [whole, ...cables] = own;
      try {
        if (whole === undefined) return;
        await start(whole);
        const bytes = whole.told();
        for (const [nth, each] of cables.entries()) each.silenceAfter(Math.floor((bytes * nth) / cables.length));
        const sinceMs = performance.now();
        const ends = await Promise.all(cables.map((each) => start(each).catch((error: unknown) => error)));
        expect(performance.now() - sinceMs).toBeLessThan(limitMs * 1.25 + partingMs + 500);
        for (const end of ends) expect(end).toMatchObject({ code: 'STORAGE_UNREACHABLE' });
      } finally {
        for (const each of own) await each.close();
      }
    });

    test.each([
      ['to-server', 60],
      ['to-server', 700],
      ['to-application', 30],
      ['to-application', 90],
    ] as const)('a connection that is reset in the middle (%s, %i bytes) leaves nothing half', async (way, bytes) => {
      const write = booking();
      cable.resetAfter(bytes, way);
      expect(await far.write(company, write)).toEqual({ kind: 'committed' });
      expect(await stored(write)).toBe(1);
    });

    test('when all connections stay in use, the next one is answered as busy in time', async () => {
      const crowded = await factory({ url: farUrl, connections: 1, busyLimitMs: 600 }).create({});
      await crowded.start();
      const first = booking();
      cable.delay(800);
      const held = crowded.write(company, first).catch((error: unknown) => error);
      const sinceMs = performance.now();
      await expect(crowded.write(company, booking())).rejects.toMatchObject({ code: 'STORAGE_BUSY' });
      expect(performance.now() - sinceMs).toBeLessThan(1100);
      await held;
      await crowded.stop();
    });
  });
});
