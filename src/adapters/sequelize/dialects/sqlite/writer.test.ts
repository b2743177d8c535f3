import { DatabaseSync } from 'node:sqlite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { change, rows } from '../../program.ts';
import type { Program } from '../../program.ts';
import { SqliteConnection } from './connection.ts';
import { SqliteWriter } from './writer.ts';

let folder: string;
let native: DatabaseSync;
let other: DatabaseSync;
let writer: SqliteWriter;
let statements: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'askpro-writer-'));
  native = new DatabaseSync(join(folder, 'a.db'), { timeout: 2 });
  native.exec('PRAGMA journal_mode = WAL; CREATE TABLE notes (text TEXT PRIMARY KEY)');
  other = new DatabaseSync(join(folder, 'a.db'), { timeout: 0 });
  const connection = new SqliteConnection(native);
  statements = [];
  const control = connection.control.bind(connection);
  connection.control = (sql) => {
    statements.push(sql);
    control(sql);
  };
  writer = new SqliteWriter(connection, { busyLimitMs: 60, groupLimit: 4 });
});

afterEach(() => {
  native.close();
  other.close();
  rmSync(folder, { recursive: true, force: true });
});

const insert = (text: string) =>
  function* (): Program<string> {
    yield* change('INSERT INTO notes VALUES (?)', [text]);
    return text;
  };
const keep = (): boolean => true;
const stored = (): unknown[] =>
  other
    .prepare('SELECT text FROM notes ORDER BY text')
    .all()
    .map((row) => row['text']);

test('writes that wait together share one commit', async () => {
  const results = await Promise.all(['a', 'b', 'c'].map((text) => writer.submit(insert(text), keep)));
  expect(results).toEqual(['a', 'b', 'c']);
  expect(statements.filter((sql) => sql === 'COMMIT')).toHaveLength(1);
  expect(stored()).toEqual(['a', 'b', 'c']);
});

test('a group ends at its limit, so that the first of many does not wait for all', async () => {
  await Promise.all(['a', 'b', 'c', 'd', 'e'].map((text) => writer.submit(insert(text), keep)));
  expect(statements.filter((sql) => sql === 'COMMIT')).toHaveLength(2);
});

test('one that waits alone needs no savepoint', async () => {
  await writer.submit(insert('a'), keep);
  expect(statements).toEqual(['BEGIN IMMEDIATE', 'COMMIT']);
});

test('what is not to be kept leaves nothing, and its neighbours are committed', async () => {
  const results = await Promise.all([
    writer.submit(insert('a'), keep),
    writer.submit(insert('b'), () => false),
    writer.submit(insert('c'), keep),
  ]);
  expect(results).toEqual(['a', 'b', 'c']);
  expect(stored()).toEqual(['a', 'c']);
});

test('a write that fails fails alone', async () => {
  const results = await Promise.allSettled(['a', 'a', 'b'].map((text) => writer.submit(insert(text), keep)));
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(stored()).toEqual(['a', 'b']);
});

test('a commit that fails fails the whole group, and the next one starts afresh', async () => {
  native.exec('CREATE TABLE parents (id INTEGER PRIMARY KEY)');
  native.exec('CREATE TABLE children (id REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)');
  native.exec('PRAGMA foreign_keys = ON');
  const orphan = function* (): Program<string> {
    yield* change('INSERT INTO children VALUES (1)', []);
    return 'orphan';
  };
  const results = await Promise.allSettled([writer.submit(insert('a'), keep), writer.submit(orphan, keep)]);
  expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
  expect(stored()).toEqual([]);
  await writer.submit(insert('b'), keep);
  expect(stored()).toEqual(['b']);
});

test('nobody is told of a commit before it happened', async () => {
  let seen: unknown[] = [];
  await Promise.all([writer.submit(insert('a'), keep).then(() => (seen = stored())), writer.submit(insert('b'), keep)]);
  expect(seen).toEqual(['a', 'b']);
});

test('a write waits for another process that lets go in time', async () => {
  other.exec('BEGIN IMMEDIATE');
  const writing = writer.submit(insert('a'), keep);
  setTimeout(() => other.exec('COMMIT'), 20);
  expect(await writing).toBe('a');
});

test('a write fails when another process keeps the file beyond the limit, and the next one is not affected', async () => {
  other.exec('BEGIN IMMEDIATE');
  await expect(writer.submit(insert('a'), keep)).rejects.toThrow(/locked/);
  other.exec('COMMIT');
  expect(await writer.submit(insert('b'), keep)).toBe('b');
  expect(stored()).toEqual(['b']);
});

/** Reads, lets another process try to write, and writes what rests on what it has read. */
const readThenWrite = (told: unknown[]) =>
  function* (): Program<number> {
    const { length } = yield* rows('SELECT text FROM notes', []);
    try {
      other.exec("INSERT INTO notes VALUES ('other')");
      told.push('written');
    } catch (error) {
      told.push(error);
    }
    yield* change('INSERT INTO notes VALUES (?)', [`after ${length}`]);
    return length;
  };

test('once a write has begun, the file is busy for others and never for itself, whatever it reads and writes', async () => {
  const told: unknown[] = [];
  expect(await writer.submit(readThenWrite(told), keep)).toBe(0);
  expect(told).toMatchObject([{ message: expect.stringContaining('locked') as string }]);
  expect(stored()).toEqual(['after 0']);
});

test('control: one that begins without the lock is overtaken after its first read, and cannot write any more', async () => {
  const deferred = new SqliteConnection(native);
  const control = deferred.control.bind(deferred);
  deferred.control = (sql) => control(sql.replace(' IMMEDIATE', ''));
  const told: unknown[] = [];
  const late = new SqliteWriter(deferred, { busyLimitMs: 60, groupLimit: 4 });
  // SQLITE_BUSY_SNAPSHOT
  await expect(late.submit(readThenWrite(told), keep)).rejects.toMatchObject({ errcode: 517 });
  expect(told).toEqual(['written']);
});

test('work that yields has the file alone, and what it throws is rolled back', async () => {
  const order: string[] = [];
  const alone = writer.alone(async () => {
    order.push('begins');
    native.exec("INSERT INTO notes VALUES ('half')");
    await new Promise((resolve) => setImmediate(resolve));
    order.push('ends');
    throw new Error('no');
  }, keep);
  const writing = writer.submit(insert('a'), keep).then(() => order.push('wrote'));
  await expect(alone).rejects.toThrow('no');
  await writing;
  expect(order).toEqual(['begins', 'ends', 'wrote']);
  expect(stored()).toEqual(['a']);
});

test('drained settles after everything that waited', async () => {
  const done: string[] = [];
  for (const text of ['a', 'b', 'c', 'd', 'e', 'f']) void writer.submit(insert(text), keep).then(() => done.push(text));
  await writer.drained();
  expect(done).toHaveLength(6);
});

test('a program may read what it has written before', async () => {
  const readOwn = function* (): Program<number> {
    yield* change("INSERT INTO notes VALUES ('x')", []);
    return (yield* rows('SELECT text FROM notes', [])).length;
  };
  expect(await writer.submit(readOwn, keep)).toBe(1);
});
