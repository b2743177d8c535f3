import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { globalKeys } from '../../src/adapters/sequelize/globalKeys.ts';
import { postgresDialect } from '../../src/adapters/sequelize/dialects/postgres/dialect.ts';
import { serverSettings } from '../../src/adapters/sequelize/dialects/server/options.ts';
import { rows } from '../../src/adapters/sequelize/program.ts';
import { migrate, postgres } from '../../src/adapters/sequelize/index.ts';
import { storageLaws } from '../../src/core/contracts/storageLaws.ts';
import { pooled, type Pooled } from '../laws/pooled.ts';
import { canHavePostgres, startPostgres, type PostgresServer } from '../servers/postgres.ts';
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

  test('every connection of the pool reads only what is committed, whatever the server is set to', async () => {
    await raw.query(
      `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET default_transaction_isolation = 'serializable'`,
    );
    const database = await postgresDialect(serverSettings('postgres', url)).open(undefined);
    const [session] = await database.read(() => rows("SELECT current_setting('transaction_isolation')", []));
    await database.close();
    expect(session?.[0]).toBe('read committed');
  });

  test('several who migrate one database at once all find it migrated', async () => {
    const fresh = await server.createDatabase();
    const ends = await Promise.all(Array.from({ length: 4 }, () => migrate(postgres(fresh), 'up')));
    for (const end of ends) expect(end).toMatchObject({ pending: [], unknown: [] });
    expect((await migrate(postgres(fresh), 'down')).pending).toHaveLength(1);
    while ((await migrate(postgres(fresh), 'status')).applied.length > 0) await migrate(postgres(fresh), 'down');
    expect(await migrate(postgres(fresh), 'up')).toMatchObject({ pending: [] });
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
