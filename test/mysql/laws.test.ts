import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mysqlDialect } from '../../src/adapters/sequelize/dialects/mysql/dialect.ts';
import { serverSettings } from '../../src/adapters/sequelize/dialects/server/options.ts';
import { migrate } from '../../src/adapters/sequelize/index.ts';
import { rows } from '../../src/adapters/sequelize/program.ts';
import { storageLaws } from '../../src/core/contracts/storageLaws.ts';
import { pooled, type Pooled } from '../laws/pooled.ts';
import { contentionTests } from '../storage/contention.ts';
import { oneRoundTripTests } from '../storage/oneRoundTripTests.ts';
import { residueTests } from '../storage/residue.ts';
import { onMysql, type Raw } from '../storage/servedBy.ts';

type Server = Awaited<ReturnType<typeof onMysql.start>>;

let server: Server;
let url: string;
let raw: Raw;
let storages: Pooled;

beforeAll(async () => {
  server = await onMysql.start();
  url = await server.createDatabase();
  raw = await onMysql.connect(url);
  await migrate(onMysql.factory(url), 'up');
  const tables = await raw.query(`${onMysql.tables} AND column_name = 'company_id'`);
  const empty = tables.map(({ name }) => `DELETE FROM ${String(name)}`).join(';');
  storages = await pooled(onMysql.factory(url), async () => void (await raw.query(empty)));
}, 120_000);

afterAll(async () => {
  await storages.close();
  await raw.end();
  await server.stop();
});

test('the server is MySQL', async () => {
  const [row] = await raw.query('SELECT VERSION() AS version');
  expect(row?.['version']).not.toMatch(/mariadb/i);
});

test('every connection is strict and reads only what is committed, whatever the server is set to', async () => {
  await raw.query("SET GLOBAL sql_mode = '', GLOBAL transaction_isolation = 'REPEATABLE-READ'");
  const database = await mysqlDialect(serverSettings('mysql', url)).open(undefined);
  const [session] = await database.read(() => rows('SELECT @@sql_mode, @@transaction_isolation', []));
  await database.close();
  expect(session?.[0]).toContain('STRICT_ALL_TABLES');
  expect(session?.[1]).toBe('READ-COMMITTED');
});

test('the schema is taken back migration by migration, and made again', async () => {
  const place = await server.createDatabase();
  const factory = onMysql.factory(place);
  const { applied } = await migrate(factory, 'up');
  expect(applied.length).toBeGreaterThan(0);
  for (const _ of applied) await migrate(factory, 'down', { mayLose: true });
  expect((await migrate(factory, 'up')).applied).toEqual(applied);
});

describe('the laws of storage', () => {
  for (const law of storageLaws({ create: (clock) => storages.fresh(clock) })) test(law.name, law.run);
});

describe('when transactions meet', () => contentionTests(onMysql, () => server.createDatabase()));

residueTests(onMysql, () => server.createDatabase());

describe('in one round trip', () => oneRoundTripTests(onMysql));
