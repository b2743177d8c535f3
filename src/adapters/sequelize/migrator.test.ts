import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectListsToBeFilled } from '../../../test/storage/filledLists.ts';
import { sqliteDialect } from './dialects/sqlite/dialect.ts';
import { sqliteSettings } from './dialects/sqlite/options.ts';
import { migrate, sqlite } from './index.ts';
import { changeSchema } from './migrator.ts';
import { migrations } from './migrations/list.ts';
import type { Migration } from './migrations/migration.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'askpro-migrator-'));
  file = join(folder, 'a.db');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const tables = (): unknown[] => {
  const database = new DatabaseSync(file);
  try {
    const found = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all();
    return found.map((row) => row['name']);
  } finally {
    database.close();
  }
};

const names = migrations.map((migration) => migration.name);

test('the schema goes up and down again, and tells where it stands', async () => {
  const storage = sqlite(file);
  expect(await migrate(storage, 'status')).toEqual({ applied: [], pending: names, unknown: [] });
  expect(await migrate(storage, 'up')).toEqual({ applied: names, pending: [], unknown: [] });
  expect(tables()).toContain('claims');
  for (let left = names.length; left > 0; left--) await migrate(storage, 'down');
  expect(await migrate(storage, 'status')).toEqual({ applied: [], pending: names, unknown: [] });
  expect(tables()).toEqual(['schema_migrations']);
  await migrate(storage, 'up');
  expect(await migrate(storage, 'up')).toEqual({ applied: names, pending: [], unknown: [] });
});

test('a start migrates by itself where nobody said otherwise', async () => {
  const storage = await sqlite(file).create({});
  await storage.start();
  await storage.stop();
  expect((await migrate(sqlite(file), 'status')).pending).toEqual([]);
});

test('a start refuses an older schema where migrations are run by hand', async () => {
  const storage = await sqlite({ file, migrate: 'manual' }).create({});
  await expect(storage.start()).rejects.toMatchObject({ code: 'STORAGE_SCHEMA_OLDER' });
  await migrate(sqlite(file), 'up');
  await storage.start();
  await storage.stop();
});

test('a start and a migration refuse a schema that a newer version has made', async () => {
  await migrate(sqlite(file), 'up');
  const database = new DatabaseSync(file);
  database.exec("INSERT INTO schema_migrations (name, version) VALUES ('9999-later', 9999)");
  database.close();
  const storage = await sqlite(file).create({});
  await expect(storage.start()).rejects.toMatchObject({
    code: 'STORAGE_SCHEMA_NEWER',
    message: expect.stringContaining('9999-later') as string,
  });
  await expect(migrate(sqlite(file), 'up')).rejects.toMatchObject({ code: 'STORAGE_SCHEMA_NEWER' });
  expect((await migrate(sqlite(file), 'status')).unknown).toEqual(['9999-later']);
});

test('a database of the first version keeps its rows, and gets what later versions brought', async () => {
  const dialect = sqliteDialect(sqliteSettings(file));
  const database = await dialect.open(undefined);
  await changeSchema(database, dialect.name, 'up', migrations.slice(0, 1));
  await database.close();
  const old = new DatabaseSync(file);
  const id = Buffer.alloc(16, 7);
  old
    .prepare(
      `INSERT INTO resources (company_id, id, resource_key, name, kind, branch_id, time_off, capacity, active, position)
       VALUES (?, ?, 'anna', 'Anna', 'staff', ?, '[]', 1, 1, 0)`,
    )
    .run(id, id, id);
  old.prepare('INSERT INTO claims VALUES (?, ?, 5, 0, ?, NULL)').run(id, id, id);
  old.close();

  await migrate(sqlite(file), 'up');
  const migrated = new DatabaseSync(file);
  const one = (sql: string): unknown => Object.values(migrated.prepare(sql).get() ?? {});
  expect(one('SELECT name, capacity, rules FROM resources')).toEqual(['Anna', 1, null]);
  expect(one('SELECT cell, ordinal FROM claims')).toEqual([5, 0]);
  expect(one('SELECT COUNT(*) FROM units')).toEqual([0]);
  expect(one('SELECT COUNT(*) FROM sessions')).toEqual([0]);
  migrated.close();

  for (let left = migrations.length; left > 1; left--) await migrate(sqlite(file), 'down');
  const back = new DatabaseSync(file);
  expect(back.prepare('SELECT name FROM resources').get()).toEqual({ name: 'Anna' });
  expect(() => back.prepare('SELECT rules FROM resources')).toThrow(/rules/);
  back.close();
});

test('what an earlier version stored is found by the lists of this one', async () => {
  await expectListsToBeFilled(sqlite(file));
});

test('a migration that fails leaves the schema as it was', async () => {
  const broken: Migration = {
    name: '0009-broken',
    async up(schema) {
      const { id } = schema.types;
      await schema.createTable({ name: 'halves', columns: { company_id: id, id }, primaryKey: ['company_id', 'id'] });
      throw new Error('half way');
    },
    down: () => Promise.resolve(),
  };
  await migrate(sqlite(file), 'up');
  const before = tables();
  const dialect = sqliteDialect(sqliteSettings(file));
  const database = await dialect.open(undefined);
  await expect(changeSchema(database, dialect.name, 'up', [...migrations, broken])).rejects.toThrow(/half way/);
  await database.close();
  expect(tables()).toEqual(before);
  expect((await migrate(sqlite(file), 'status')).applied).toEqual(names);
});

test('many who migrate one file at once all end well, and it is migrated once', async () => {
  const ends = await Promise.all(Array.from({ length: 6 }, () => migrate(sqlite(file), 'up')));
  expect(ends).toEqual(ends.map(() => ({ applied: names, pending: [], unknown: [] })));
});
