import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StorageFactory } from '../../../src/adapter.ts';
import { backup, mariadb, migrate, postgres, restore, sqlite } from '../../../src/adapters/sequelize/index.ts';
import { canHaveMariadb, fastMariadb, startMariadb } from '../../servers/mariadb.ts';
import { canHavePostgres, startPostgres } from '../../servers/postgres.ts';
import { fillBusySalon } from '../doctor/busySalon.ts';
import { found } from '../doctor/found.ts';
import { bookingOf, minutes, mondayMs, sampleAppointment, sampleCompany } from '../sample.ts';
import { backupOf, opening, rowLines } from './files.ts';

describe.skipIf(!canHaveMariadb() || !canHavePostgres())('backups between dialects', () => {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-backup-'));
  const endings: (() => Promise<unknown>)[] = [];
  const addresses: { makeMariadb?: () => Promise<string>; makePostgres?: () => Promise<string> } = {};
  const onMariadb = async (): Promise<StorageFactory> => mariadb((await addresses.makeMariadb?.()) ?? '');
  const onPostgres = async (): Promise<StorageFactory> => postgres((await addresses.makePostgres?.()) ?? '');

  beforeAll(async () => {
    const [first, second] = await Promise.all([
      startMariadb(fastMariadb),
      startPostgres(['--fsync=off', '--synchronous_commit=off']),
    ]);
    endings.push(
      () => first.stop(),
      () => second.stop(),
    );
    addresses.makeMariadb = () => first.createDatabase();
    addresses.makePostgres = () => second.createDatabase();
  }, 120_000);
  afterAll(async () => {
    for (const end of endings) await end();
    rmSync(folder, { recursive: true });
  });

  test('each row comes round from SQLite over MariaDB and PostgreSQL as it was', async () => {
    const file = join(folder, 'filled.db');
    const { nowMs } = await fillBusySalon(sqlite(file));
    const raw = new DatabaseSync(file);
    raw.exec(
      `UPDATE outbox SET due_ms = ${Number.MAX_SAFE_INTEGER}; UPDATE appointments SET price_minor = ${Number.MIN_SAFE_INTEGER}`,
    );
    raw.close();
    let bytes = await backupOf(sqlite(file));
    const rows = rowLines(bytes);
    expect(rows.join('\n')).toContain('👍');
    for (const next of [await onMariadb(), await onPostgres(), sqlite(join(folder, 'round.db'))]) {
      await restore(next, opening(bytes));
      expect(await found(next, { nowMs })).toEqual([]);
      bytes = await backupOf(next);
      expect(rowLines(bytes)).toEqual(rows);
    }
  }, 90_000);

  test.each([
    ['MariaDB', onMariadb],
    ['PostgreSQL', onPostgres],
  ])('a backup of %s is of one moment, whatever is booked meanwhile', async (_, make) => {
    const factory = await make();
    await migrate(factory, 'up');
    const storage = await factory.create({});
    await storage.start();
    const config = sampleCompany(4);
    await storage.saveConfig(config.company.id, config, 0);
    const book = (index: number) =>
      Promise.all(config.resources.map(({ id }) => storage.write(config.company.id, bookingOf(sampleAppointment(config, id, mondayMs + minutes(30 * index)))))); // prettier-ignore
    for (let index = 0; index < 40; index++) await book(index);
    const chunks: Uint8Array[] = [];
    let more = 40;
    for await (const chunk of backup(factory)) {
      chunks.push(chunk);
      for (const until = more + 5; more < until; more++) await book(more);
    }
    const copy = await make();
    const { rows } = await restore(copy, opening(Buffer.concat(chunks)));
    expect(rows['appointments']).toBe(160);
    expect(more).toBeGreaterThan(40);
    expect(await found(copy, { nowMs: mondayMs - 1 })).toEqual([]);
    await storage.stop();
  });

  test.each([
    ['MariaDB', onMariadb],
    ['PostgreSQL', onPostgres],
  ])('a restore into %s that does not come to its end keeps everybody out until it is repeated', async (_, make) => {
    const bytes = await backupOf(sqlite(join(folder, 'filled.db')));
    const copy = await make();
    let opened = 0;
    const broken = () => opening(++opened === 1 ? bytes : bytes.subarray(0, Math.floor(bytes.length * 0.9)))();
    await expect(restore(copy, broken)).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' });
    const storage = await copy.create({});
    await expect(storage.start()).rejects.toMatchObject({ code: 'STORAGE_INCOMPLETE' });
    await restore(copy, opening(bytes));
    await storage.start();
    await storage.stop();
    await expect(restore(copy, opening(bytes))).rejects.toMatchObject({ code: 'STORAGE_NOT_EMPTY' });
  });
});
