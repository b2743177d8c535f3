import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as library from 'sequelize';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as native from 'node:sqlite';
import { openConnection } from './dialects/sqlite/open.ts';
import { sqliteSettings } from './dialects/sqlite/options.ts';
import { sqliteModule } from './dialects/sqlite/sqliteModule.ts';
import type { Database } from './dialects/sqlite/sqliteModule.ts';
import { borrow, giveBack, transactionOn } from './lend.ts';

// The canary: borrowing rests on parts of Sequelize that its documentation does not promise.

let folder: string;
let sequelize: library.Sequelize;
let opened: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'askpro-lend-'));
  const settings = sqliteSettings(join(folder, 'a.db'));
  opened = 0;
  const connect = (): native.DatabaseSync => {
    opened++;
    return openConnection(native, settings);
  };
  sequelize = new library.Sequelize({
    dialect: 'sqlite',
    storage: settings.file,
    dialectModule: sqliteModule(connect),
    logging: false,
    ...{ foreignKeys: false },
  });
});

afterEach(async () => {
  await sequelize.close();
  rmSync(folder, { recursive: true, force: true });
});

const lent = async (name: string): Promise<Database> =>
  Object.assign(await borrow<Database>(sequelize, name), { uuid: name });

test('one name is one connection, and another name another', async () => {
  const first = await lent('a');
  expect(await borrow(sequelize, 'a')).toBe(first);
  expect(await lent('b')).not.toBe(first);
  expect(opened).toBe(2);
});

test('a connection that is given back is closed and forgotten', async () => {
  const first = await lent('a');
  giveBack(sequelize, first);
  expect(() => first.connection.control('SELECT 1')).toThrow();
  expect(await lent('a')).not.toBe(first);
});

test('what models do with a lent transaction happens on its connection, and can be rolled back there', async () => {
  const connection = await lent('a');
  await sequelize.query('CREATE TABLE notes (text TEXT)');
  const notes = sequelize.define(
    'notes',
    { text: { type: library.DataTypes.TEXT, primaryKey: true } },
    { timestamps: false },
  );
  connection.connection.control('BEGIN IMMEDIATE');
  const transaction = transactionOn(library, sequelize, connection);
  await notes.create({ text: 'a' }, { transaction });
  expect(await notes.count({ transaction })).toBe(1);
  expect(await notes.count()).toBe(0);
  connection.connection.control('ROLLBACK');
  expect(await notes.count({ transaction })).toBe(0);
});

test('models see the faults of this driver as they know them', async () => {
  await sequelize.query('CREATE TABLE notes (text TEXT PRIMARY KEY)');
  const notes = sequelize.define(
    'notes',
    { text: { type: library.DataTypes.TEXT, primaryKey: true } },
    { timestamps: false },
  );
  await notes.create({ text: 'a' });
  await expect(notes.create({ text: 'a' })).rejects.toBeInstanceOf(library.UniqueConstraintError);
  await expect(sequelize.query('SELECT nothing FROM nowhere')).rejects.toBeInstanceOf(library.DatabaseError);
});
