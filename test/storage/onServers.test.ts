import { once, type EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { socketOf as mysqlSocket } from '../../src/adapters/sequelize/dialects/mysql/connection.ts';
import { mysqlDialect } from '../../src/adapters/sequelize/dialects/mysql/dialect.ts';
import { socketOf as postgresSocket } from '../../src/adapters/sequelize/dialects/postgres/connection.ts';
import { postgresDialect } from '../../src/adapters/sequelize/dialects/postgres/dialect.ts';
import { serverSettings } from '../../src/adapters/sequelize/dialects/server/options.ts';
import type { Database } from '../../src/adapters/sequelize/dialect.ts';
import { change, rows, type Program } from '../../src/adapters/sequelize/program.ts';
import { run } from '../../src/cli/run.ts';
import { canHaveMariadb } from '../servers/mariadb.ts';
import { canHavePostgres } from '../servers/postgres.ts';
import { twoRestoreTests } from './backup/twoRestores.ts';
import { contentionTests } from './contention.ts';
import { mariadbGround, postgresGround, type MigrationGround } from './migrationGrounds.ts';
import { planTests, type Explaining } from './plans/planTests.ts';
import { mariadbPlans, postgresPlans } from './plans/servers.ts';
import { residueTests } from './residue.ts';
import { killedTests } from './retired/killedTests.ts';
import { salonTests } from './retired/salonTests.ts';
import { onMariadb, onPostgres } from './servedBy.ts';

const salon = {
  key: 'salon',
  name: 'Salon',
  timeZone: 'Europe/Berlin',
  country: 'DE',
  branches: [{ key: 'mitte', name: 'Mitte' }],
};

interface Repeated {
  readonly on: typeof onMariadb | typeof onPostgres;
  readonly start: () => Promise<MigrationGround>;
  readonly plans: Explaining;
  /** The database, which gives up after 300 ms. */
  readonly open: (url: string) => Promise<Database>;
  /** A statement that the server refuses with this code. */
  readonly refusing: (code: string) => string;
  /** Those after which the whole transaction is run again, and some after which it is not. */
  readonly again: readonly string[];
  readonly never: readonly string[];
  /** A statement that takes a second. */
  readonly sleeping: string;
  readonly killing: {
    /** Asks a connection for its number. */
    readonly own: string;
    readonly kill: (own: string) => string;
    readonly socket: (connection: unknown) => EventEmitter;
  };
}

const mariadbRepeated: Repeated = {
  on: onMariadb,
  start: mariadbGround,
  plans: mariadbPlans,
  open: (url) => mysqlDialect(serverSettings('mariadb', { url, busyLimitMs: 300 })).open(undefined),
  refusing: (code) => `SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = ${code}`,
  again: ['1213', '1205', '1020'],
  never: ['1146', '1406', '1644'],
  sleeping: 'SELECT SLEEP(1)',
  killing: {
    own: 'SELECT CONNECTION_ID()',
    kill: (own) => `KILL ${own}`,
    socket: (connection) => mysqlSocket(connection as Parameters<typeof mysqlSocket>[0]),
  },
};

const postgresRepeated: Repeated = {
  on: onPostgres,
  start: postgresGround,
  plans: postgresPlans,
  open: (url) => postgresDialect(serverSettings('postgres', { url, busyLimitMs: 300 })).open(undefined),
  refusing: (code) => `DO $$ BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = '${code}'; END $$`,
  again: ['40001', '40P01', '55P03'],
  never: ['42P01', '23514', 'P0001'],
  sleeping: 'SELECT pg_sleep(1)',
  killing: {
    own: 'SELECT pg_backend_pid()',
    kill: (own) => `SELECT pg_terminate_backend(${own})`,
    socket: (connection) => postgresSocket(connection as Parameters<typeof postgresSocket>[0]),
  },
};

const testServer = ({ on, start, plans, open, refusing, again, never, sleeping, killing }: Repeated): void => {
  let ground: MigrationGround;
  let url: string;
  let database: Database;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'askpro-commands-'));
    ground = await start();
    url = await ground.fresh();
    await ground.run(url, ['CREATE TABLE notes (attempt INTEGER NOT NULL)']);
    database = await open(url);
  }, 120_000);
  afterAll(async () => {
    await database.close();
    await ground.close();
    rmSync(folder, { recursive: true });
  });

  /** Runs a transaction that is refused so many times, and answers how often it was begun. */
  const attempts = async (code: string, refusals: number): Promise<{ begun: number; told: unknown; kept: unknown }> => {
    await ground.run(url, ['DELETE FROM notes']);
    let begun = 0;
    const program = function* (): Program<number> {
      begun++;
      yield* change('INSERT INTO notes (attempt) VALUES (?)', [begun]);
      if (begun <= refusals) yield* change(refusing(code), []);
      return Number((yield* rows('SELECT COUNT(*) FROM notes', []))[0]?.[0]);
    };
    const told = await database.write(program, () => true).catch((error: unknown) => error);
    const kept = (await ground.run(url, ['SELECT attempt FROM notes'])).map(({ attempt }) => Number(attempt));
    return { begun, told, kept };
  };

  test.each(again.map((code) => [code]))(
    'after %s the whole transaction is run again, from its beginning',
    async (code) => {
      expect(await attempts(code, 2)).toEqual({ begun: 3, told: 1, kept: [3] });
    },
  );

  test.each(again.map((code) => [code]))('after %s again and again it is given up, with nothing kept', async (code) => {
    const { begun, told, kept } = await attempts(code, Infinity);
    expect(begun).toBeGreaterThan(2);
    expect(told).toMatchObject({ code: 'STORAGE_BUSY', retryable: true });
    expect(kept).toEqual([]);
  });

  test.each(never.map((code) => [code]))('control: after %s nothing is run again', async (code) => {
    const { begun, told, kept } = await attempts(code, 1);
    expect(begun).toBe(1);
    expect(told).toMatchObject({ code: 'STORAGE_FAULT' });
    expect(kept).toEqual([]);
  });

  describe('a read that takes longer than an operation may', () => {
    const read = (mayTakeLong: boolean): Promise<unknown> =>
      database
        .snapshot((_, run) => run(rows(sleeping, [])), mayTakeLong)
        .then(
          () => 'read',
          (error: unknown) => error,
        );

    test('is waited for where that was said', async () => {
      expect(await read(true)).toBe('read');
    });

    test('control: elsewhere it is given up', async () => {
      expect(await read(false)).toMatchObject({ code: 'STORAGE_UNREACHABLE' });
    });
  });

  test('what could not be rolled back is never committed by whoever has the connection next', async () => {
    await ground.run(url, ['DELETE FROM notes']);
    const count = rows('SELECT COUNT(*) FROM notes', []);
    on.refuses('ROLLBACK');
    const failing = database.transact(async ({ run: answer }) => {
      await answer(change('INSERT INTO notes (attempt) VALUES (?)', [1]));
      throw new Error('given up');
    });
    await expect(failing).rejects.toMatchObject({ cause: { message: 'given up' } });
    vi.restoreAllMocks();
    // As many as the pool may have, so that one of them would be that connection.
    const begun = Array.from({ length: 20 }, () => database.transact(({ run: answer }) => answer(count)));
    await Promise.all(begun);
    expect(Number((await ground.run(url, ['SELECT COUNT(*) AS n FROM notes']))[0]?.['n'])).toBe(0);
  });

  test('a connection that is lost between two statements is replaced, and all of it is run again', async () => {
    let begun = 0;
    const told = await database.transact(async ({ transaction, run: answer }) => {
      const [own] = await answer(rows(killing.own, []));
      if (++begun === 1) {
        const { connection } = transaction as unknown as { readonly connection: unknown };
        const closed = once(killing.socket(connection), 'close');
        await ground.run(url, [killing.kill(String(own?.[0]))]);
        await closed;
      }
      return answer(rows('SELECT 1', []));
    });
    expect([begun, told]).toEqual([2, [[1]]]);
  });

  describe('when transactions meet', () => contentionTests(on, () => ground.fresh()));

  describe('two restores into one database', () => twoRestoreTests(() => ground));

  residueTests(on, () => ground.fresh());

  describe('what was kept for long enough', () => {
    killedTests(() => ground.fresh());
    salonTests(() => ground.fresh());
  });

  describe('what is asked, and by which indexes it is read', () => planTests(plans, () => ground));

  test('every command takes its address', async () => {
    const place = await ground.fresh();
    const askpro = async (args: readonly string[], stdin = '') => {
      let out = '';
      const io = {
        stdin: () => Promise.resolve(stdin),
        out: (text: string) => (out += text),
        err: (text: string) => (out += text),
      };
      return [await run(args, { ...io, env: { ASKPRO_DATABASE: place } }), out] as const;
    };
    const document = JSON.stringify({ companies: [salon] });
    expect(await askpro(['apply', '-'], document)).toEqual([1, expect.stringContaining('STORAGE_SCHEMA_OLDER')]);
    expect(await askpro(['migrate', 'sql'])).toEqual([0, expect.stringContaining('INSERT INTO schema_migrations')]);
    expect(await askpro(['migrate'])).toEqual([0, expect.stringContaining('is up to date')]);
    expect(await askpro(['migrate', 'down'])).toEqual([0, expect.stringContaining('lacks 1')]);
    expect(await askpro(['migrate', 'up'])).toEqual([0, expect.stringContaining('is up to date')]);
    expect(await askpro(['apply', '-'], document)).toEqual([0, expect.stringContaining('made 2 changes')]);
    const file = join(folder, 'salons.ndjson');
    writeFileSync(file, `${JSON.stringify({ ...salon, key: 'second' })}\n`);
    expect(await askpro(['import', file])).toEqual([0, expect.stringContaining('1 companies')]);
    expect(await askpro(['key', 'create', 'second', '--name', 'web'])).toEqual([0, expect.stringMatching(/^ask_/)]);
    expect(await askpro(['key', 'revoke', 'second', 'web'])).toEqual([0, expect.stringContaining('revoked')]);
    expect(await askpro(['trace', 'retell:none'])).toEqual([2, expect.stringContaining('there is no such call')]);
    expect(await askpro(['case', 'salon', '--service', 'cut'])).toEqual([2, expect.stringContaining('askpro case: ')]);
  }, 60_000);
};

describe.skipIf(!canHaveMariadb())('on MariaDB', () => testServer(mariadbRepeated));
describe.skipIf(!canHavePostgres())('on PostgreSQL', () => testServer(postgresRepeated));
