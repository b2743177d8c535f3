import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { globalKeys } from '../../src/adapters/sequelize/globalKeys.ts';
import { postgresDialect } from '../../src/adapters/sequelize/dialects/postgres/dialect.ts';
import { serverSettings } from '../../src/adapters/sequelize/dialects/server/options.ts';
import type { WriteOutcome } from '../../src/adapter.ts';
import { bookingProgram, isCommitted } from '../../src/adapters/sequelize/bookingProgram.ts';
import type { Database } from '../../src/adapters/sequelize/dialect.ts';
import { idBytes } from '../../src/adapters/sequelize/ids.ts';
import { readBack } from '../../src/adapters/sequelize/outcomeProgram.ts';
import { rows } from '../../src/adapters/sequelize/program.ts';
import type { Program } from '../../src/adapters/sequelize/program.ts';
import { migrate, postgres } from '../../src/adapters/sequelize/index.ts';
import { fakeClock } from '../../src/core/contracts/fakeClock.ts';
import { storageLaws } from '../../src/core/contracts/storageLaws.ts';
import { pooled, type Pooled } from '../laws/pooled.ts';
import { openCable, type Cable } from '../servers/cable/cable.ts';
import { until } from '../servers/poll.ts';
import { canHavePostgres, startPostgres, type PostgresServer } from '../servers/postgres.ts';
import { bookingOf, minutes, mondayMs, sampleAppointment, sampleCompany } from './sample.ts';
import { expectListsToBeFilled } from './filledLists.ts';
import { unscopedUniqueIndexes } from './uniqueIndexes.ts';
import type { UniqueColumn } from './uniqueIndexes.ts';

/** Every table that holds data of companies. */
const dataTables = `SELECT table_name AS name FROM information_schema.columns
  WHERE table_schema = 'public' AND column_name = 'company_id'`;

const uniqueColumns = `SELECT t.relname AS "table", i.relname AS "index", k.position AS position, a.attname AS "column"
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
  JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
  CROSS JOIN LATERAL unnest(x.indkey::int[]) WITH ORDINALITY AS k (attnum, position)
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum
  WHERE x.indisunique AND t.relname NOT LIKE 'schema\\_%' AND NOT i.relispartition`;

/** Who never looks whether a lost commit was one. */
function* absent(): Program<'absent'> {
  yield* rows('SELECT 1', []);
  return 'absent';
}

describe.skipIf(!canHavePostgres())('on PostgreSQL', () => {
  let server: PostgresServer;
  let url: string;
  let raw: Client;
  let storage: Pooled;

  beforeAll(async () => {
    // Laws are about outcomes, not about disks.
    server = await startPostgres(['--fsync=off', '--synchronous_commit=off']);
    url = await server.createDatabase();
    raw = new Client(url);
    await raw.connect();
    await migrate(postgres(url), 'up');
    const { rows: tables } = await raw.query<{ readonly name: string }>(dataTables);
    const empty = tables.map(({ name }) => `DELETE FROM ${name}`).join(';');
    storage = await pooled(postgres(url), async () => void (await raw.query(empty)));
  }, 120_000);

  afterAll(async () => {
    await storage.close();
    await raw.end();
    await server.stop();
  });

  describe('the laws of storage', () => {
    for (const law of storageLaws({ create: (clock) => storage.fresh(clock) })) test(law.name, law.run);
  });

  test('the keys that are unique over all companies are those in one list, in the schema as it is', async () => {
    const { rows: columns } = await raw.query<UniqueColumn>(uniqueColumns);
    const expected = Object.values(globalKeys).map(({ table, index }) => `${table}.${index}`);
    expect(unscopedUniqueIndexes(columns)).toEqual([...expected].sort());
  });

  test("the time is the server's own where nobody brings a clock", async () => {
    const production = await postgres(url).create({});
    await production.start();
    const { rows: now } = await raw.query<{ readonly ms: number }>('SELECT EXTRACT(EPOCH FROM now()) * 1000 AS ms');
    expect(Math.abs((await production.now()) - Number(now[0]?.ms))).toBeLessThan(1000);
    await production.stop();
  });

  test('nothing is found by a text that no column can hold, as elsewhere', async () => {
    const asked = await storage.fresh(fakeClock(mondayMs));
    const { company } = sampleCompany();
    expect(await asked.idempotency(company.id, 'a\0')).toBeUndefined();
    expect(await asked.holdsOf(company.id, '\0')).toEqual([]);
    expect(await asked.customerByPhone(company.id, '+49\0')).toBeUndefined();
    expect(await asked.directory.number('+49\0')).toBeUndefined();
    expect(await asked.directory.agent('a\0b')).toBeUndefined();
    expect(await asked.directory.companyByKey('salon\0')).toBeUndefined();
  });

  test('every connection of the pool reads only what is committed, whatever the server is set to', async () => {
    await raw.query(
      `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET default_transaction_isolation = 'serializable'`,
    );
    const database = await postgresDialect(serverSettings('postgres', url)).open(undefined);
    const [session] = await database.read(() => rows("SELECT current_setting('transaction_isolation')", []));
    await database.close();
    expect(session?.[0]).toBe('read committed');
  });

  describe('a server that is still at a commit whose connection was lost', () => {
    const config = sampleCompany(1);
    const [resource] = config.resources;
    const company = idBytes(config.company.id);
    let cable: Cable;
    let far: Database;

    beforeAll(async () => {
      const home = await server.createDatabase();
      await migrate(postgres(home), 'up');
      // A commit waits for a copy that there is not, until nobody asks for one any more.
      await server.query(`ALTER DATABASE ${new URL(home).pathname.slice(1)} SET synchronous_commit = on`);
      cable = await openCable('postgres', server.port);
      const settings = serverSettings('postgres', home.replace(`:${server.port}/`, `:${cable.port}/`));
      far = await postgresDialect(settings).open(() => mondayMs);
    });
    afterAll(async () => {
      await far.close();
      await cable.close();
    });

    const waitsForCopies = async (names: string): Promise<void> => {
      await server.query(`ALTER SYSTEM SET synchronous_standby_names = '${names}'`);
      await server.query('SELECT pg_reload_conf()');
    };
    const backends = async (waiting: string): Promise<boolean> =>
      (await server.query(`SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND wait_event_type = '${waiting}'`))
        .length > 0;
    /** Loses the connection while the server is at the commit, which ends once the next attempt waits for it. */
    const bookMeanwhile = async (halfHour: number, looks: boolean): Promise<WriteOutcome> => {
      if (resource === undefined) throw new TypeError('the company needs a resource');
      // Without a key, by which the next attempt would find the first one.
      const row = sampleAppointment(config, resource.id, mondayMs + minutes(30 * halfHour));
      const write = bookingOf(row, { idempotency: undefined });
      await waitsForCopies('nobody');
      const booked = far.write<WriteOutcome>(
        (nowMs) => bookingProgram(far.sql, company, write, nowMs),
        isCommitted,
        looks ? () => readBack(far.sql, company, write) : absent,
      );
      await until(
        () => backends('IPC'),
        () => 'no commit waits for a copy',
      );
      cable.cut();
      cable.mend();
      await until(
        () => backends('Lock'),
        () => 'no attempt waits for the first one',
      );
      await waitsForCopies('');
      return booked;
    };

    test('the next attempt is refused by what the first one books, and finds that it is its own', async () => {
      expect(await bookMeanwhile(1, true)).toEqual({ kind: 'committed' });
      const found = await far.read(() => rows('SELECT COUNT(*) FROM appointments', []));
      expect(found).toEqual([[1]]);
    });

    test('control: who looks only before the next attempt is told that his own time is taken', async () => {
      expect(await bookMeanwhile(2, false)).toEqual({ kind: 'taken' });
    });
  });

  test('several who migrate one database at once all find it migrated', async () => {
    const fresh = await server.createDatabase();
    const ends = await Promise.all(Array.from({ length: 4 }, () => migrate(postgres(fresh), 'up')));
    for (const end of ends) expect(end).toMatchObject({ pending: [], unknown: [] });
    expect((await migrate(postgres(fresh), 'down')).pending).toHaveLength(1);
    while ((await migrate(postgres(fresh), 'status')).applied.length > 0) await migrate(postgres(fresh), 'down');
    expect(await migrate(postgres(fresh), 'up')).toMatchObject({ pending: [] });
  });

  test('what an earlier version stored is found by the lists of this one', async () => {
    await expectListsToBeFilled(postgres(await server.createDatabase()));
  });

  test('an older schema is refused until it is migrated by hand', async () => {
    const fresh = await postgres(await server.createDatabase()).create({});
    await expect(fresh.start()).rejects.toMatchObject({ code: 'STORAGE_SCHEMA_OLDER' });
  });

  test('a server that cannot be reached or entered is named without its secrets', async () => {
    const wrong = postgres(url.replace('root@', 'someone:secret@'));
    expect(wrong.name).not.toContain('secret');
    const refused = await wrong.create({});
    await expect(refused.start()).rejects.toMatchObject({ code: 'STORAGE_UNREACHABLE' });
    await expect(refused.start()).rejects.not.toThrow(/secret/);
    const nowhere = await postgres('postgres://root@127.0.0.1:1/askpro').create({});
    await expect(nowhere.start()).rejects.toMatchObject({ code: 'STORAGE_UNREACHABLE' });
  });
});
