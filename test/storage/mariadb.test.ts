import { createConnection } from 'mysql2/promise';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { idBytes } from '../../src/adapters/sequelize/ids.ts';
import { globalKeys } from '../../src/adapters/sequelize/globalKeys.ts';
import { mysqlDialect } from '../../src/adapters/sequelize/dialects/mysql/dialect.ts';
import { serverSettings } from '../../src/adapters/sequelize/dialects/server/options.ts';
import { mysqlSql } from '../../src/adapters/sequelize/dialects/mysql/sql.ts';
import { bookingSql } from '../../src/adapters/sequelize/bookingSql.ts';
import { outboxSql } from '../../src/adapters/sequelize/maintenanceWork.ts';
import { rows } from '../../src/adapters/sequelize/program.ts';
import { mariadb, migrate } from '../../src/adapters/sequelize/index.ts';
import { storageLaws } from '../../src/core/contracts/storageLaws.ts';
import type { Clock, Storage } from '../../src/adapter.ts';
import { canHaveMariadb, fastMariadb, startMariadb } from '../servers/mariadb.ts';
import type { MariadbServer } from '../servers/mariadb.ts';
import { expectListsToBeFilled } from './filledLists.ts';
import { overlaps } from './overlaps.ts';
import { startOf } from './racer.ts';
import { bookingOf, minutes, mondayMs, newId, sampleAppointment, sampleCompany } from './sample.ts';
import { unscopedUniqueIndexes } from './uniqueIndexes.ts';
import type { UniqueColumn } from './uniqueIndexes.ts';

/** Every table that holds data of companies, in the order in which they may be emptied. */
const dataTables = `SELECT DISTINCT TABLE_NAME AS name FROM information_schema.COLUMNS
  WHERE TABLE_SCHEMA = DATABASE() AND COLUMN_NAME = 'company_id'`;

describe.skipIf(!canHaveMariadb())('on MariaDB', () => {
  let server: MariadbServer;
  const endings: (() => Promise<unknown>)[] = [];
  let url: string;
  let raw: Connection;
  let storage: Storage;
  let judge: Clock | undefined;

  beforeAll(async () => {
    // Laws are about outcomes, not about disks.
    server = await startMariadb(fastMariadb);
    endings.push(() => server.stop());
    url = await server.createDatabase();
    raw = await createConnection({ uri: url, multipleStatements: true });
    endings.push(() => raw.end());
    await migrate(mariadb(url), 'up');
    const clock: Clock = {
      now: () => judge?.now() ?? Date.now(),
      after: (delayMs, callback) => judge?.after(delayMs, callback) ?? (() => undefined),
    };
    storage = await mariadb(url).create({ clock });
    await storage.start();
    endings.push(() => storage.stop());
  }, 120_000);

  afterAll(async () => {
    for (const end of endings.reverse()) await end();
  });

  afterEach(() => {
    judge = undefined;
  });

  const empty = async (): Promise<void> => {
    const [tables] = await raw.query<RowDataPacket[]>(dataTables);
    for (const table of tables) await raw.query(`DELETE FROM ${String(table['name'])}`);
  };

  describe('the laws of storage', () => {
    const kept = (clock: Clock): Storage => {
      judge = clock;
      return new Proxy(storage, {
        get: (target, name) => {
          if (name === 'start' || name === 'stop') return () => Promise.resolve();
          const value: unknown = Reflect.get(target, name, target);
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        },
      });
    };
    const create = async (clock: Clock): Promise<Storage> => {
      await empty();
      return kept(clock);
    };
    for (const law of storageLaws({ create })) test(law.name, law.run);
  });

  test('the keys that are unique over all companies are those in one list, in the schema as it is', async () => {
    const [columns] = await raw.query<RowDataPacket[]>(
      `SELECT TABLE_NAME AS \`table\`, INDEX_NAME AS \`index\`, SEQ_IN_INDEX AS position, COLUMN_NAME AS \`column\`
       FROM information_schema.STATISTICS
       WHERE TABLE_SCHEMA = DATABASE() AND NON_UNIQUE = 0 AND TABLE_NAME NOT LIKE 'schema\\_%'`,
    );
    const expected = Object.values(globalKeys).map(({ table, index }) => `${table}.${index}`);
    expect(unscopedUniqueIndexes(columns as unknown as readonly UniqueColumn[])).toEqual([...expected].sort());
  });

  test("the time is the server's own where nobody brings a clock", async () => {
    const production = await mariadb(url).create({});
    await production.start();
    const [row] = await raw.query<RowDataPacket[]>('SELECT UNIX_TIMESTAMP(NOW(3)) * 1000 AS now');
    expect(Math.abs((await production.now()) - Number(row[0]?.['now']))).toBeLessThan(1000);
    await production.stop();
  });

  test('every connection of the pool is strict and reads only what is committed, whatever the server is set to', async () => {
    await raw.query("SET GLOBAL sql_mode = '', GLOBAL tx_isolation = 'REPEATABLE-READ'");
    const database = await mysqlDialect(serverSettings('mariadb', url)).open(undefined);
    const [session] = await database.read(() => rows('SELECT @@sql_mode, @@tx_isolation', []));
    await database.close();
    expect(session?.[0]).toContain('STRICT_ALL_TABLES');
    expect(session?.[1]).toBe('READ-COMMITTED');
  });

  test('a claim on held time is refused by a strict connection; control: one that is not strict overwrites the owner', async () => {
    await empty();
    const [company, subject, first, second] = [newId(), newId(), newId(), newId()].map((id) => idBytes(id));
    const claim = (owner: unknown) => [company, subject, 1, 0, owner, null, company, subject, 2, 0, owner, null, 5];
    const ownerNow = async (): Promise<unknown> => {
      const [found] = await raw.query<RowDataPacket[]>('SELECT DISTINCT owner_id FROM claims');
      return found.map((row) => (row['owner_id'] as Buffer).toString('hex'));
    };
    await raw.query("SET SESSION sql_mode = 'STRICT_ALL_TABLES'");
    await raw.query(mysqlSql.claim(2), claim(first));
    await expect(raw.query(mysqlSql.claim(2), claim(second))).rejects.toMatchObject({ errno: 1048 });
    expect(await ownerNow()).toEqual([first?.toString('hex')]);
    await raw.query("SET SESSION sql_mode = ''");
    await raw.query(mysqlSql.claim(2), claim(second));
    expect(await ownerNow()).not.toEqual([first?.toString('hex')]);
    await raw.query("SET SESSION sql_mode = 'STRICT_ALL_TABLES'");
  });

  describe('plans', () => {
    const config = sampleCompany(8);
    const company = idBytes(config.company.id);
    const ids = config.resources.map(({ id }) => id);
    const [one = newId<(typeof ids)[number]>(), two = one] = ids;

    beforeAll(async () => {
      for (let halfHour = 0; halfHour < 60; halfHour++) {
        for (const id of ids) {
          const appointment = sampleAppointment(config, id, mondayMs + minutes(30 * halfHour));
          await storage.write(config.company.id, bookingOf(appointment));
        }
      }
      await raw.query('ANALYZE TABLE spans, outbox, phone_numbers, appointments, claims');
    }, 60_000);

    // 16 bytes an id, 8 a time: the length tells how many columns of the key bound the range.
    test.each([
      [
        'the busy read, by the start as well',
        mysqlSql.busy(2, false),
        [company, idBytes(one), idBytes(two), company, mondayMs, mondayMs + minutes(60), mondayMs, 1],
        'spans',
        'PRIMARY',
        40,
      ],
      [
        'the busy read with an exception, by the start as well',
        mysqlSql.busy(1, true),
        [company, idBytes(one), company, mondayMs, mondayMs + minutes(60), mondayMs, 1, company, company, company, 1],
        'spans',
        'PRIMARY',
        40,
      ],
      ['units', mysqlSql.unitCounts(1, false), [company, 1, 9, company, 1], 'claims', 'PRIMARY', 40],
      ['what an owner has', bookingSql.heldByOwner, Array(4).fill(company), 'units', 'PRIMARY', 32],
      ['what an owner occupies', bookingSql.heldByOwner, Array(4).fill(company), 'spans', 'spans_by_owner', 32],
      ['claims given back', bookingSql.deleteClaims, [company, idBytes(one), 5, 9, company], 'claims', 'PRIMARY', 40],
      ['one event', outboxSql.event, [idBytes(newId())], 'outbox', 'outbox_by_event', 16],
    ] as const)('%s uses its index', async (_, sql, values, table, index, keyLength) => {
      // Prepared as the adapter does it, so that values arrive in the types in which the driver sends them.
      const [steps] = await raw.execute<RowDataPacket[]>(`EXPLAIN ${sql}`, [...values]);
      expect(steps.find((step) => step['table'] === table)).toMatchObject({ key: index, key_len: String(keyLength) });
    });
  });

  describe('races', () => {
    const race = async (): Promise<{ committed: number; busy: Float64Array | undefined }> => {
      const config = sampleCompany(1);
      const [resource] = config.resources;
      if (resource === undefined) throw new TypeError('the company needs a resource');
      const outcomes = await Promise.all(
        Array.from({ length: 200 }, (_, attempt) =>
          storage.write(
            config.company.id,
            bookingOf(sampleAppointment(config, resource.id, startOf(attempt % 4, attempt))),
          ),
        ),
      );
      const range = { fromMs: mondayMs - minutes(60), toMs: mondayMs + minutes(600) };
      const { busy } = await storage.busy(config.company.id, { resourceIds: [resource.id], ...range });
      return { committed: outcomes.filter(({ kind }) => kind === 'committed').length, busy: busy[0] };
    };

    test('of two hundred who want overlapping times at once, none overlap', async () => {
      const { committed, busy } = await race();
      expect(overlaps(busy)).toBe(0);
      expect(committed).toBeGreaterThan(0);
      expect(busy).toHaveLength(2 * committed);
    });

    test('control: without the key of the claims the same race overlaps', async () => {
      await raw.query('ALTER TABLE claims DROP PRIMARY KEY');
      try {
        expect(overlaps((await race()).busy)).toBeGreaterThan(100);
      } finally {
        await raw.query('DELETE FROM claims');
        await raw.query('ALTER TABLE claims ADD PRIMARY KEY (company_id, subject, cell, ordinal)');
      }
    });
  });

  test('several who migrate one database at once all find it migrated', async () => {
    const fresh = await server.createDatabase();
    const ends = await Promise.all(Array.from({ length: 4 }, () => migrate(mariadb(fresh), 'up')));
    for (const end of ends) expect(end).toMatchObject({ pending: [], unknown: [] });
    expect((await migrate(mariadb(fresh), 'down')).pending).toHaveLength(1);
    while ((await migrate(mariadb(fresh), 'status')).applied.length > 1) await migrate(mariadb(fresh), 'down');
    const table = `${new URL(fresh).pathname.slice(1)}.schedules`;
    await raw.query(`INSERT INTO ${table} VALUES ('company', 'id', 'hours', NULL, '', '', NULL, NULL, 1, 0)`);
    await migrate(mariadb(fresh), 'up');
    expect((await raw.query(`SELECT schedule_key, rules FROM ${table}`))[0]).toEqual([
      { schedule_key: 'hours', rules: null },
    ]);
  });

  test('what an earlier version stored is found by the lists of this one', async () =>
    expectListsToBeFilled(mariadb(await server.createDatabase())));

  test('an older schema is refused until it is migrated by hand', async () => {
    const fresh = await mariadb(await server.createDatabase()).create({});
    await expect(fresh.start()).rejects.toMatchObject({ code: 'STORAGE_SCHEMA_OLDER' });
  });

  test('a server that cannot be reached or entered is named without its secrets', async () => {
    const wrong = mariadb(url.replace('root@', 'someone:secret@'));
    expect(wrong.name).not.toContain('secret');
    const refused = await wrong.create({});
    await expect(refused.start()).rejects.toMatchObject({ code: 'STORAGE_UNREACHABLE' });
    await expect(refused.start()).rejects.not.toThrow(/secret/);
    const nowhere = await mariadb('mysql://root@127.0.0.1:1/askpro').create({});
    await expect(nowhere.start()).rejects.toMatchObject({ code: 'STORAGE_UNREACHABLE' });
  });
});
