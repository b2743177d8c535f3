import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mariadb, migrate, postgres } from '../../src/adapters/sequelize/index.ts';
import type { ServerOptions } from '../../src/adapters/sequelize/dialects/server/options.ts';
import { serverSettings } from '../../src/adapters/sequelize/dialects/server/options.ts';
import { serverPool } from '../../src/adapters/sequelize/dialects/server/pool.ts';
import { mysqlDialect } from '../../src/adapters/sequelize/dialects/mysql/dialect.ts';
import { postgresDialect } from '../../src/adapters/sequelize/dialects/postgres/dialect.ts';
import { rows } from '../../src/adapters/sequelize/program.ts';
import type { Storage } from '../../src/adapter.ts';
import { canMakeCertificates, makeAuthority } from '../servers/certificates.ts';
import type { Authority } from '../servers/certificates.ts';
import { accountWhenRoot } from '../servers/installed.ts';
import { canHaveMariadb, fastMariadb, startMariadb } from '../servers/mariadb.ts';
import { until } from '../servers/poll.ts';
import { canHavePostgres, startPostgres } from '../servers/postgres.ts';
import { bookingOf, minutes, mondayMs, sampleAppointment, sampleCompany } from './sample.ts';

/** What the tests need of a server of each kind. */
interface Kind {
  readonly name: string;
  readonly canBeHad: () => boolean;
  start(options: readonly string[]): Promise<{
    createDatabase(): Promise<string>;
    query(sql: string): Promise<unknown>;
    stop(): Promise<void>;
  }>;
  readonly storage: (options: ServerOptions) => ReturnType<typeof mariadb>;
  readonly open: (options: ServerOptions) => ReturnType<ReturnType<typeof mysqlDialect>['open']>;
  /** Options of the server that make it encrypt. */
  readonly encrypting: (certFile: string, keyFile: string, caFile: string) => readonly string[];
  readonly account: () => ReturnType<typeof accountWhenRoot>;
  /** The ids of a database's connections. */
  readonly connections: (database: string) => string;
  readonly kill: (id: number) => string;
  /** Counts the prepared statements: MariaDB those of all connections, PostgreSQL those of one. */
  readonly kept: string;
  /** Asks a session for its cipher, an empty text where it has none. */
  readonly cipher: string;
}

const kinds: readonly Kind[] = [
  {
    name: 'MariaDB',
    canBeHad: canHaveMariadb,
    start: (options) => startMariadb([...fastMariadb, ...options]),
    storage: mariadb,
    open: (options) => mysqlDialect(serverSettings('mariadb', options)).open(undefined),
    encrypting: (cert, key, ca) => [`--ssl-cert=${cert}`, `--ssl-key=${key}`, `--ssl-ca=${ca}`],
    account: () => undefined,
    connections: (database) => `SELECT id FROM information_schema.PROCESSLIST WHERE db = '${database}'`,
    kill: (id) => `KILL ${id}`,
    kept: "SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'Prepared_stmt_count'",
    cipher: "SELECT VARIABLE_VALUE FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME = 'Ssl_cipher'",
  },
  {
    name: 'PostgreSQL',
    canBeHad: canHavePostgres,
    start: startPostgres,
    storage: postgres,
    open: (options) => postgresDialect(serverSettings('postgres', options)).open(undefined),
    encrypting: (cert, key, ca) => [
      '--ssl=on',
      `--ssl_cert_file=${cert}`,
      `--ssl_key_file=${key}`,
      `--ssl_ca_file=${ca}`,
    ],
    account: () => accountWhenRoot('postgres'),
    connections: (database) => `SELECT pid AS id FROM pg_stat_activity WHERE datname = '${database}'`,
    kill: (id) => `SELECT pg_terminate_backend(${id})`,
    kept: 'SELECT COUNT(*) FROM pg_prepared_statements',
    cipher: "SELECT COALESCE(cipher, '') FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
  },
];

describe.each(kinds)('connections to $name', (kind) => {
  describe.skipIf(!kind.canBeHad() || !canMakeCertificates())('with a server that encrypts', () => {
    const endings: (() => unknown)[] = [];
    let server: Awaited<ReturnType<Kind['start']>>;
    let authority: Authority;
    let stranger: Authority;
    let url: string;
    let database: string;

    beforeAll(async () => {
      authority = makeAuthority('askpro');
      stranger = makeAuthority('stranger');
      endings.push(authority.remove, stranger.remove);
      const { certFile, keyFile } = authority.sign('DNS:db.test,IP:127.0.0.1', kind.account());
      server = await kind.start(kind.encrypting(certFile, keyFile, authority.caFile));
      endings.push(() => server.stop());
      url = await server.createDatabase();
      database = new URL(url).pathname.slice(1);
      await migrate(kind.storage({ url }), 'up');
    }, 120_000);

    afterAll(async () => {
      for (const end of endings.reverse()) await end();
    });

    const ids = async (): Promise<readonly number[]> =>
      ((await server.query(kind.connections(database))) as readonly { readonly id: unknown }[]).map(({ id }) =>
        Number(id),
      );

    async function withStorage<T>(options: Partial<ServerOptions>, work: (storage: Storage) => Promise<T>): Promise<T> {
      const storage = await kind.storage({ url, ...options }).create({});
      await storage.start();
      try {
        return await work(storage);
      } finally {
        await storage.stop();
      }
    }

    const many = (storage: Storage, count: number): Promise<readonly number[]> =>
      Promise.all(Array.from({ length: count }, () => storage.now()));

    async function book(storage: Storage): Promise<void> {
      const config = sampleCompany(1);
      const [resource] = config.resources;
      if (resource === undefined) throw new TypeError('the company needs a resource');
      const appointment = sampleAppointment(config, resource.id, mondayMs);
      expect(await storage.write(config.company.id, bookingOf(appointment))).toEqual({ kind: 'committed' });
      expect(await storage.appointments(config.company.id, { limit: 5 })).toEqual([appointment]);
      const range = { fromMs: mondayMs, toMs: mondayMs + minutes(60) };
      const { busy } = await storage.busy(config.company.id, { resourceIds: [resource.id], ...range });
      expect(busy).toEqual([Float64Array.of(appointment.startMs, appointment.endMs)]);
    }

    test('the least number is opened at the start, what is needed more is closed when idle, the least is kept', async () => {
      await withStorage({ connections: { min: 2, max: 6, idleMs: 300 } }, async (storage) => {
        expect(await ids()).toHaveLength(2);
        await many(storage, 30);
        expect(await ids()).toHaveLength(6);
        await until(
          async () => (await ids()).length < 3,
          () => 'idle connections stay open',
          10_000,
        );
        await many(storage, 1);
        expect(await ids()).toHaveLength(2);
      });
      await until(
        async () => (await ids()).length === 0,
        () => 'connections outlive their storage',
        10_000,
      );
    });

    test('connections that the server ends are replaced, and no call fails', async () => {
      await withStorage({ connections: { min: 4, max: 4 } }, async (storage) => {
        for (let round = 0; round < 3; round++) {
          const before = await ids();
          expect(before).toHaveLength(4);
          const under = Array.from({ length: 8 }, () => book(storage));
          for (const id of before) await server.query(kind.kill(id));
          await Promise.all(under);
          await many(storage, 20);
          await until(
            async () => (await ids()).length === 4,
            () => 'ended connections are not replaced',
            10_000,
          );
          expect((await ids()).filter((id) => before.includes(id))).toEqual([]);
        }
      });
    });

    test('a start tells where the server cannot hold what its processes may want, and else says nothing', async () => {
      const told: string[] = [];
      const hear = (warning: Error): void => {
        if (warning.name === 'AskproWarning') told.push(warning.message);
      };
      process.on('warning', hear);
      try {
        await withStorage({}, async () => undefined);
        await withStorage({ connections: { ...serverPool, min: 0, processes: 2 } }, async () => undefined);
      } finally {
        process.off('warning', hear);
      }
      expect(told[0]).toMatch(/2 processes with 200 connections each may want 400.*max_connections/);
      expect(told).toHaveLength(kind.name === 'MariaDB' ? 2 : 1);
    });

    test('a connection keeps no more statements prepared than it may, and what finds no room is sent without', async () => {
      const keptOf = async (preparedStatements: number): Promise<number> => {
        const opened = await kind.open({ url, connections: { max: 1, preparedStatements } });
        try {
          for (let number = 0; number < 8; number++) {
            const sql = `SELECT ? + ${number}`.replace('?', kind.name === 'PostgreSQL' ? 'CAST(? AS INTEGER)' : '?');
            for (const value of [1, 2]) {
              expect(Number((await opened.read(() => rows(sql, [value])))[0]?.[0])).toBe(value + number);
            }
          }
          return Number((await opened.read(() => rows(kind.kept, [])))[0]?.[0]);
        } finally {
          await opened.close();
        }
      };
      // mysql2 gives one back only when it has prepared the next one.
      expect(await keptOf(5)).toBe(kind.name === 'MariaDB' ? 6 : 5);
      expect(await keptOf(0)).toBe(0);
      await withStorage({ connections: { max: 3, preparedStatements: 0 } }, book);
    });

    if (kind.name === 'MariaDB') {
      test('where the whole server has no room for statements, all goes on', async () => {
        await server.query('SET GLOBAL max_prepared_stmt_count = 2');
        try {
          await withStorage({ connections: 3 }, async (storage) => {
            await Promise.all(Array.from({ length: 6 }, () => book(storage)));
          });
        } finally {
          await server.query('SET GLOBAL max_prepared_stmt_count = 16382');
        }
      });
    }

    describe('encrypted', () => {
      const cipherOf = async (options: Partial<ServerOptions>): Promise<unknown> => {
        const opened = await kind.open({ url, connections: 1, ...options });
        try {
          return (await opened.read(() => rows(kind.cipher, [])))[0]?.[0];
        } finally {
          await opened.close();
        }
      };
      const at = (host: string): string => url.replace('@127.0.0.1:', `@${host}:`);

      test('with whom one trusts, under the name or the number that the certificate holds for', async () => {
        const { ca } = authority;
        expect(await cipherOf({ tls: { ca } })).toMatch(/\w/);
        expect(await cipherOf({ tls: { ca: [stranger.ca, ca] }, url: `${url}?sslmode=verify-full` })).toMatch(/\w/);
        expect(await cipherOf({ tls: { ca, servername: 'db.test' }, url: at('localhost') })).toMatch(/\w/);
        await withStorage({ tls: { ca } }, book);
      });

      test.each([
        ['an authority that nobody trusts', () => ({ tls: true })],
        ['an authority that nobody trusts, asked for in the address', () => ({ url: `${url}?ssl=true` })],
        ['another authority', () => ({ tls: { ca: stranger.ca } })],
        ['another host', () => ({ tls: { ca: authority.ca }, url: at('localhost') })],
        ['another name', () => ({ tls: { ca: authority.ca, servername: 'other.test' } })],
      ])('a certificate of %s is refused, and why is told', async (_, options) => {
        const storage = await kind.storage({ url, ...options() }).create({});
        const refused = expect(storage.start()).rejects;
        await refused.toMatchObject({ code: 'STORAGE_UNREACHABLE' });
        await expect(storage.start()).rejects.toThrow(/certificate|altnames|self.signed/i);
      });

      test('control: who asks for no proof gets in all the same', async () => {
        expect(await cipherOf({ tls: { rejectUnauthorized: false } })).toMatch(/\w/);
        expect(await cipherOf({ tls: { rejectUnauthorized: false }, url: at('localhost') })).toMatch(/\w/);
      });

      test('control: without the option nothing is encrypted', async () => {
        expect(await cipherOf({})).toBe('');
      });
    });
  });
});
