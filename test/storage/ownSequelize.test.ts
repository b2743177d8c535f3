import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as mysql2 from 'mysql2';
import pg from 'pg';
import { DataTypes, Sequelize } from 'sequelize';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sqliteModule } from '../../src/adapters/sequelize/dialects/sqlite/sqliteModule.ts';
import type { SequelizeInstance } from '../../src/adapters/sequelize/dialects/host/options.ts';
import { migrate, sequelizeStorage } from '../../src/adapters/sequelize/index.ts';
import { storageLaws } from '../../src/core/contracts/storageLaws.ts';
import type { Storage } from '../../src/adapter.ts';
import { pooled } from '../laws/pooled.ts';
import type { Pooled } from '../laws/pooled.ts';
import { canHaveMariadb, fastMariadb, startMariadb } from '../servers/mariadb.ts';
import { canHavePostgres, startPostgres } from '../servers/postgres.ts';
import { bookingOf, mondayMs, sampleAppointment, sampleCompany } from './sample.ts';

/** A host that has Sequelize already, on a server of each kind. */
interface Kind {
  readonly name: string;
  readonly canBeHad: () => boolean;
  start(): Promise<{ createDatabase(): Promise<string>; stop(): Promise<void> }>;
  /** Each of its connections is set as the engine could not use it. */
  host(url: string): Sequelize;
  /** Asks a session how it is set. */
  readonly session: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly companyTables: string;
}

const isSaid = (connection: unknown, sql: string): Promise<void> =>
  new Promise((resolve, reject) => {
    (connection as mysql2.Connection).query(sql, (error) => (error === null ? resolve() : reject(error)));
  });

const kinds: readonly Kind[] = [
  {
    name: 'MariaDB',
    canBeHad: canHaveMariadb,
    start: () => startMariadb(fastMariadb),
    host: (url) =>
      new Sequelize(url, {
        dialectModule: mysql2,
        logging: false,
        pool: { max: 4 },
        hooks: {
          afterConnect: (connection) =>
            isSaid(connection, "SET SESSION sql_mode = '', SESSION tx_isolation = 'REPEATABLE-READ'"),
        },
      }),
    session: 'SELECT @@sql_mode AS mode, @@tx_isolation AS isolation, @@innodb_lock_wait_timeout AS wait',
    settings: { mode: '', isolation: 'REPEATABLE-READ', wait: 50 },
    companyTables:
      "SELECT DISTINCT TABLE_NAME AS name FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND COLUMN_NAME = 'company_id'",
  },
  {
    name: 'PostgreSQL',
    canBeHad: canHavePostgres,
    start: startPostgres,
    host: (url) =>
      new Sequelize(url, {
        dialectModule: pg,
        logging: false,
        pool: { max: 4 },
        hooks: {
          async afterConnect(connection) {
            await (connection as pg.Client).query(
              "SET default_transaction_isolation = 'serializable'; SET lock_timeout = '7s'",
            );
          },
        },
      }),
    session:
      "SELECT current_setting('default_transaction_isolation') AS isolation, current_setting('lock_timeout') AS wait",
    settings: { isolation: 'serializable', wait: '7s' },
    companyTables:
      "SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'company_id'",
  },
];

const uuid = '0195e6b0-7c11-7000-8000-0000000000aa';

/** What the host keeps himself, beside the engine. */
async function hostsOwn(sequelize: Sequelize) {
  const widget = sequelize.define('widget', {
    id: { type: DataTypes.BIGINT, primaryKey: true },
    reference: DataTypes.UUID,
    madeAt: DataTypes.DATE,
  });
  await widget.sync();
  await widget.create({ id: '9007199254740993', reference: uuid, madeAt: new Date(mondayMs) });
  return widget;
}

async function book(storage: Storage): Promise<void> {
  const config = sampleCompany(1);
  const [resource] = config.resources;
  if (resource === undefined) throw new TypeError('the company needs a resource');
  const appointment = sampleAppointment(config, resource.id, mondayMs);
  expect(await storage.write(config.company.id, bookingOf(appointment))).toEqual({ kind: 'committed' });
  expect(await storage.appointment(config.company.id, appointment.id)).toEqual(appointment);
}

describe.each(kinds)("through a host's own Sequelize on $name", (kind) => {
  describe.skipIf(!kind.canBeHad())('whose sessions are otherwise', () => {
    let server: Awaited<ReturnType<Kind['start']>>;
    let host: Sequelize;
    let laws: Pooled;
    const endings: (() => unknown)[] = [];

    beforeAll(async () => {
      server = await kind.start();
      endings.push(() => server.stop());
      host = kind.host(await server.createDatabase());
      endings.push(() => host.close());
      await migrate(sequelizeStorage(host), 'up');
      const [found] = (await host.query(kind.companyTables)) as [readonly { readonly name: string }[], unknown];
      const tables = [...new Set(found.map(({ name }) => name))];
      laws = await pooled(sequelizeStorage(host), async () => {
        for (const table of tables) await host.query(`DELETE FROM ${table}`);
      });
      endings.push(laws.close);
    }, 120_000);

    afterAll(async () => {
      for (const end of endings.reverse()) await end();
    });

    describe('the laws of storage hold (every eighth)', () => {
      const some = storageLaws({ create: (clock) => laws.fresh(clock) }).filter((_, index) => index % 8 === 0);
      for (const law of some) test(law.name, law.run);
    });

    test("the host's queries and models beside it read and behave as ever, and after it as well", async () => {
      const widget = await hostsOwn(host);
      const storage = await sequelizeStorage(host).create({});
      await storage.start();
      const asEver = async (): Promise<void> => {
        const [[session], found] = await Promise.all([
          host.query(kind.session),
          widget.findOne({ where: { reference: uuid } }),
        ]);
        expect(session).toEqual([kind.settings]);
        expect(found?.get()).toMatchObject({ reference: uuid, madeAt: new Date(mondayMs) });
        expect(String(found?.get('id'))).toBe('9007199254740993');
      };
      await Promise.all(Array.from({ length: 24 }, (_, turn) => (turn % 2 === 0 ? book(storage) : asEver())));
      expect(Object.keys(host.models)).toEqual(['widget']);
      await storage.stop();
      await Promise.all(Array.from({ length: 8 }, asEver));
      await expect(storage.now()).rejects.toMatchObject({ code: 'ENGINE_STOPPED' });
    }, 30_000);

    test('tables of somebody else by the names of our own are refused, and left as they are', async () => {
      const other = kind.host(await server.createDatabase());
      try {
        await other.query('CREATE TABLE customers (a INTEGER)');
        await expect(migrate(sequelizeStorage(other), 'up')).rejects.toThrow(/OPTION_INVALID.*customers/);
        expect(await other.getQueryInterface().showAllTables()).toEqual(['customers']);
        await other.query('DROP TABLE customers');
        await other.query('CREATE TABLE schema_migrations (other INTEGER)');
        await expect(migrate(sequelizeStorage(other), 'up')).rejects.toThrow(/OPTION_INVALID.*schema_migrations/);
      } finally {
        await other.close();
      }
    });
  });
});

test("a host's SQLite file is opened beside him, and both write it", async () => {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-own-'));
  const dialectModule = sqliteModule((file) => new DatabaseSync(file));
  const host = new Sequelize({ dialect: 'sqlite', storage: join(folder, 'shop.db'), dialectModule, logging: false });
  try {
    const widget = await hostsOwn(host);
    const storage = await sequelizeStorage(host, { migrate: 'auto' }).create({});
    await storage.start();
    await book(storage);
    await storage.stop();
    expect(await widget.count()).toBe(1);
    expect(Object.keys(host.models)).toEqual(['widget']);
  } finally {
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

const fake = (dialect: string, more: object = {}): SequelizeInstance =>
  Object.assign(Object.create(null) as object, {
    Sequelize: { version: '6.37.8' },
    connectionManager: {},
    getDialect: () => dialect,
    getDatabaseName: () => 'shop',
    ...more,
  });

test.each([
  ['mssql', fake('mssql'), /mssql/],
  ['oracle', fake('oracle'), /oracle/],
  ['snowflake', fake('snowflake'), /snowflake/],
  ['db2', fake('db2'), /db2/],
  ['the driver of MariaDB', fake('mariadb'), /dialect mysql, with mysql2/],
  ['another Sequelize', fake('mysql', { Sequelize: { version: '7.0.0' } }), /Sequelize 6.*7\.0\.0/],
  ['a database in memory', fake('sqlite', { options: { storage: ':memory:' } }), /:memory:/],
  ['pg-native', fake('postgres', { options: { native: true } }), /pg-native/],
  ['numbers as texts', fake('mysql', { options: { dialectOptions: { bigNumberStrings: true } } }), /bigNumberStrings/],
  ['something else', {} as SequelizeInstance, /must be a Sequelize/],
])('%s is refused by name', (_, instance, named) => {
  expect(() => sequelizeStorage(instance)).toThrow(named);
  expect(() => sequelizeStorage(instance)).toThrow('OPTION_INVALID');
});

test('options that cannot be used are refused by their names', () => {
  expect(() => sequelizeStorage(fake('mysql'), { busyLimitMs: -1 })).toThrow(/busyLimitMs/);
  expect(() => sequelizeStorage(fake('mysql'), { preparedStatements: -1 })).toThrow(/: preparedStatements/);
  expect(() => sequelizeStorage(fake('mysql'), { migrate: 'later' as 'auto' })).toThrow(/migrate/);
});
