import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { statementsIn } from './scriptStatements.ts';
import { MigrationLease } from '../../src/adapters/sequelize/dialects/server/migrationLease.ts';
import { migrate, migrationSql, storageAt } from '../../src/adapters/sequelize/index.ts';
import { migrations } from '../../src/adapters/sequelize/migrations/list.ts';
import { changeSchema, type SchemaStatus } from '../../src/adapters/sequelize/migrator.ts';
import { usualPace, type MigrationPace } from '../../src/adapters/sequelize/migrationTurn.ts';
import type { Database } from '../../src/adapters/sequelize/dialect.ts';
import { canHaveMariadb } from '../servers/mariadb.ts';
import { canHavePostgres } from '../servers/postgres.ts';
import { downTests } from './downTests.ts';
import { dialectAt, mariadbGround, postgresGround, sqliteGround, type MigrationGround } from './migrationGrounds.ts';
import { Migrator } from './migratorProcess.ts';
import { dumpSchema } from './schemaDump.ts';

const names = migrations.map(({ name }) => name);

/** Interrupts a change after that many of its statements. */
const cutAfter = (count: number): MigrationPace => {
  let ran = 0;
  const afterStatement = (): void => {
    if (++ran === count) throw new Error('cut');
  };
  return { ...usualPace, afterStatement };
};

const testChanges = (start: () => MigrationGround | Promise<MigrationGround>, stride = 1): void => {
  let ground: MigrationGround;
  let full: string;
  let whole: readonly string[];
  const opened: Database[] = [];

  beforeAll(async () => {
    ground = await start();
    full = await ground.fresh();
    await migrate(storageAt(full), 'up');
    whole = await dumpSchema(ground, full);
  }, 120_000);
  afterAll(async () => {
    for (const database of opened) await database.close();
    await ground.close();
  });

  const change = async (place: string) => {
    const database = await dialectAt(place).open(undefined);
    opened.push(database);
    return (action: 'up' | 'down', pace?: MigrationPace, known = migrations, mayLose = true): Promise<SchemaStatus> =>
      changeSchema(database, place, action, known, pace, mayLose);
  };

  /** Interrupts a change after its first statement, goes on and interrupts it after its second (or a later one), and so on. */
  const inPieces = async (attempt: (pace: MigrationPace) => Promise<unknown>): Promise<number> => {
    for (let count = 1; ; count += stride) {
      try {
        await attempt(cutAfter(count));
        return count - 1;
      } catch (error) {
        if (!(error instanceof Error && error.message.includes('cut'))) throw error;
      }
    }
  };

  test('a script of the migrations, run by a bare driver, makes the schema that they make, and changes nothing before', async () => {
    const place = await ground.fresh();
    const storage = storageAt(place);
    const { sql, left } = await migrationSql(storage);
    expect(left).toEqual([]);
    expect((await migrate(storage, 'status')).pending).toEqual(names);
    const statements = statementsIn(sql);
    for (const line of statements) expect(line).toMatch(/;$/);
    for (const name of names) expect(sql).toContain(`-- ${name}\n`);
    await ground.run(place, statements);
    expect(await dumpSchema(ground, place)).toEqual(whole);
    expect(await migrate(storage, 'status')).toEqual({ applied: names, pending: [], unknown: [] });
    expect((await migrationSql(storage)).sql).toMatch(/^-- .* lacks no migration\.\n$/);
    expect((await migrationSql(storage, { all: true })).sql).toBe(sql);
  });

  test('control: a script that lacks one index makes another schema', async () => {
    const place = await ground.fresh();
    const { sql } = await migrationSql(storageAt(place));
    await ground.run(place, statementsIn(sql).filter((line) => !line.includes('outbox_by_due'))); // prettier-ignore
    expect(await dumpSchema(ground, place)).not.toEqual(whole);
  });

  test('of a database in between, the script has what is pending', async () => {
    const place = await ground.fresh();
    await (
      await change(place)
    )('up', usualPace, migrations.slice(0, -1));
    const { sql } = await migrationSql(storageAt(place));
    expect(sql).toContain(`-- ${names.at(-1) ?? ''}\n`);
    expect(sql).not.toContain(`-- ${names[0] ?? ''}\n`);
    await ground.run(place, statementsIn(sql));
    expect(await dumpSchema(ground, place)).toEqual(whole);
  });

  test('what works on rows that are there is left out of the script where there are rows, and named', async () => {
    const place = await ground.fresh();
    const before = names.indexOf('0004-lists');
    await (
      await change(place)
    )('up', usualPace, migrations.slice(0, before));
    const id = place.startsWith('postgres:') ? `'${'7'.repeat(32)}'` : `X'${'7'.repeat(32)}'`;
    await ground.run(place, [`INSERT INTO customers (company_id, id, no_shows) VALUES (${id}, ${id}, 0)`]);
    const { sql, left } = await migrationSql(storageAt(place));
    expect(left).toEqual(names.slice(before));
    expect(sql).toMatch(/^-- 0004-lists works on rows that are there, which takes askpro migrate up/);
    expect(sql).not.toContain('CREATE');
  });

  test('interrupted after one statement after the other, migrations still make the schema that they make in one go', async () => {
    const place = await ground.fresh();
    const to = await change(place);
    const statements = await inPieces((pace) => to('up', pace));
    expect(statements).toBeGreaterThan(30);
    expect(await dumpSchema(ground, place)).toEqual(whole);
    expect((await migrate(storageAt(place), 'status')).pending).toEqual([]);
  }, 60_000);

  test('taken back and interrupted after one statement after the other, each migration leaves the schema before it', async () => {
    const [place, reference] = [await ground.fresh(), await ground.fresh()];
    const [to, referenceTo] = [await change(place), await change(reference)];
    await to('up');
    const before: (readonly string[])[] = [];
    for (let count = 1; count < migrations.length; count++) {
      await referenceTo('up', usualPace, migrations.slice(0, count));
      before.push(await dumpSchema(ground, reference));
    }
    for (const schema of before.reverse()) {
      expect(await inPieces((pace) => to('down', pace))).toBeGreaterThan(0);
      expect(await dumpSchema(ground, place)).toEqual(schema);
    }
    await inPieces((pace) => to('down', pace));
    expect((await migrate(storageAt(place), 'status')).applied).toEqual([]);
  }, 60_000);

  test('what was interrupted can be taken back, and what was interrupted while it was taken back brought up again', async () => {
    const place = await ground.fresh();
    const to = await change(place);
    const last = names.indexOf('0004-lists');
    const known = migrations.slice(0, last + 1);
    await to('up', usualPace, migrations.slice(0, last));
    const former = await dumpSchema(ground, place);
    await to('up', usualPace, known);
    const after = await dumpSchema(ground, place);
    await to('down', usualPace, known);
    for (const cut of [1, 4]) {
      await expect(to('up', cutAfter(cut), known)).rejects.toThrow('cut');
      expect((await migrate(storageAt(place), 'status')).pending).toEqual(names.slice(last));
      // Where a schema can be rolled back, nothing was left.
      if ((await migrate(storageAt(place), 'status')).unfinished !== undefined) await to('down', usualPace, known);
      expect(await dumpSchema(ground, place)).toEqual(former);
      await to('up', usualPace, known);
      await expect(to('down', cutAfter(cut), known)).rejects.toThrow('cut');
      await to('up', usualPace, known);
      expect(await dumpSchema(ground, place)).toEqual(after);
      await to('down', usualPace, known);
    }
  }, 60_000);

  downTests(() => ground.fresh(), change);

  test('a schema that a newer version has made is refused by the start, by migrations and by scripts', async () => {
    const place = await ground.fresh();
    const storage = storageAt(place);
    await migrate(storage, 'up');
    await ground.run(place, ["INSERT INTO schema_migrations (name, version) VALUES ('9999-later', 9999)"]);
    const newer = { code: 'STORAGE_SCHEMA_NEWER', message: expect.stringContaining('9999-later') as string };
    await expect((await storage.create({})).start()).rejects.toMatchObject(newer);
    await expect(migrate(storage, 'up')).rejects.toMatchObject(newer);
    await expect(migrate(storage, 'down')).rejects.toMatchObject(newer);
    await expect(migrationSql(storage)).rejects.toMatchObject(newer);
    expect((await migrate(storage, 'status')).unknown).toEqual(['9999-later']);
  });
};

describe('on SQLite', () => testChanges(sqliteGround));

const testMigrators = (start: () => Promise<MigrationGround>, commitsByItself: boolean): void => {
  let ground: MigrationGround;
  const migrators: Migrator[] = [];
  // PostgreSQL throws out who does nothing in his transaction for so long, as the one here does who waits to be killed.
  const withinLease: MigrationPace = { leaseMs: commitsByItself ? 400 : 2000, waitMs: 10_000 };
  beforeAll(async () => {
    ground = await start();
  }, 120_000);
  afterAll(async () => {
    for (const each of migrators) each.kill();
    await ground.close();
  });

  const waiting = async (place: string, ...options: readonly string[]): Promise<Migrator> => {
    const migrator = new Migrator(place, withinLease, 7, ...options);
    migrators.push(migrator);
    await migrator.waits();
    return migrator;
  };
  const up = async (place: string, pace: MigrationPace): Promise<SchemaStatus> => {
    const database = await dialectAt(place).open(undefined);
    try {
      return await changeSchema(database, place, 'up', migrations, pace);
    } finally {
      await database.close();
    }
  };

  test('nobody migrates beside one who is at work, however long it takes; killed, he leaves it to the next', async () => {
    const place = await ground.fresh();
    const first = await waiting(place);
    await expect(up(place, { ...withinLease, waitMs: 1200 })).rejects.toMatchObject({ code: 'STORAGE_BUSY' });
    await expect((await storageAt(place).create({})).start()).rejects.toMatchObject({ code: 'STORAGE_SCHEMA_OLDER' });
    first.kill();
    expect((await up(place, withinLease)).pending).toEqual([]);
  }, 60_000);

  test('one who was stopped for longer than his lease changes nothing any more when he goes on', async () => {
    const place = await ground.fresh();
    const first = await waiting(place);
    first.process.kill('SIGSTOP');
    expect((await up(place, withinLease)).pending).toEqual([]);
    first.process.kill('SIGCONT');
    first.process.stdin?.write('go\n');
    expect(await first.ended()).toMatch(/STORAGE_BUSY: Another process has taken over/);
    expect(first.told.slice(0, -1)).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  }, 60_000);

  if (commitsByItself)
    test('control: who does not look whether the lease is still his goes on beside the other', async () => {
      const place = await ground.fresh();
      const first = await waiting(place, 'unfenced');
      first.process.kill('SIGSTOP');
      await up(place, withinLease);
      first.process.kill('SIGCONT');
      first.process.stdin?.write('go\n');
      expect(await first.ended()).not.toMatch(/taken over/);
      expect(first.told.join()).toMatch(/8|Duplicate/);
    }, 60_000);

  const two = async (): Promise<{ readonly failed: number; readonly statements: number }> => {
    const place = await ground.fresh();
    let statements = 0;
    const pace = { ...usualPace, afterStatement: (): void => void statements++ };
    const ends = await Promise.allSettled([up(place, pace), up(place, pace)]);
    return { failed: ends.filter(({ status }) => status === 'rejected').length, statements };
  };

  test('two at once both end well, and one of them has migrated; control: without the lease both begin', async () => {
    const { failed, statements } = await two();
    expect(failed).toBe(0);
    let alone = 0;
    await up(await ground.fresh(), { ...usualPace, afterStatement: () => void alone++ });
    expect(statements).toBe(alone);
    const bypassed = vi.spyOn(MigrationLease.prototype, 'during').mockImplementation((work) => work());
    vi.spyOn(MigrationLease.prototype, 'keep').mockResolvedValue();
    try {
      expect((await two()).failed).toBeGreaterThan(0);
      expect(bypassed).toHaveBeenCalledTimes(2);
    } finally {
      vi.restoreAllMocks();
    }
  }, 60_000);

  if (!commitsByItself)
    test("where something else has the name of the lock, the server's own words come out", async () => {
      const place = await ground.fresh();
      await ground.run(place, ["CREATE TYPE schema_lock AS ENUM ('foreign')"]);
      await expect(up(place, withinLease)).rejects.toMatchObject({
        code: 'STORAGE_FAULT',
        message: expect.stringContaining('type "schema_lock" already exists') as string,
      });
      expect(await ground.run(place, ["SELECT 1 FROM pg_class WHERE relname = 'schema_migrations'"])).toEqual([]);
    });

  describe('changes', () => testChanges(() => ({ ...ground, close: async () => undefined }), commitsByItself ? 1 : 11));
};

describe.skipIf(!canHaveMariadb())('on MariaDB', () => testMigrators(mariadbGround, true));
describe.skipIf(!canHavePostgres())('on PostgreSQL', () => testMigrators(postgresGround, false));
