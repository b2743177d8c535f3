import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backup, migrate, restore, sqlite } from '../../../src/adapters/sequelize/index.ts';
import { migrations } from '../../../src/adapters/sequelize/migrations/list.ts';
import { tablesAfter } from '../../../src/adapters/sequelize/tables.ts';
import { bench, granted } from '../../engine/salon.ts';
import { busyCompany, fillBusySalon } from '../doctor/busySalon.ts';
import type { BusySalon } from '../doctor/busySalon.ts';
import { found } from '../doctor/found.ts';
import { sqliteGround } from '../migrationGrounds.ts';
import { backupOf, ofLines, opening, plainLines, rowLines, sealed } from './files.ts';
import { twoRestoreTests } from './twoRestores.ts';

let folder: string;
let salon: BusySalon;
let bytes: Buffer;
const at = (name: string) => sqlite({ file: join(folder, name), synchronous: 'NORMAL' });
let made = 0;
/** A storage on a file that is not there yet. */
const fresh = () => at(`fresh-${++made}.db`);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'askpro-backup-'));
  salon = await fillBusySalon(at('filled.db'));
  bytes = await backupOf(at('filled.db'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a backup', () => {
  test('comes back as it was, to the last byte of each row, and passes the doctor', async () => {
    const copy = fresh();
    const restored = await restore(copy, opening(bytes));
    expect(restored.migrated).toEqual([]);
    expect(Object.values(restored.rows).every((count) => count > 0)).toBe(true);
    expect(await found(copy, { nowMs: salon.nowMs })).toEqual([]);
    expect(rowLines(await backupOf(copy))).toEqual(rowLines(bytes));
  });

  test('says in its first line what it is of, and in its last how much of it there is', () => {
    const lines = plainLines(bytes);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      askpro: 'backup',
      format: 1,
      madeBy: 'a test',
      created: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      database: 'sqlite',
      migrations: migrations.map(({ name }) => name),
    });
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      rows: { companies: 2 },
      sha256: expect.any(String) as string,
    });
  });

  test('has every table and every column of the schema as it is', async () => {
    const raw = new DatabaseSync(join(folder, 'filled.db'));
    const live = raw
      .prepare(
        "SELECT m.name AS \"table\", c.name AS \"column\" FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'schema\\_%' ESCAPE '\\' ORDER BY 1, 2",
      )
      .all() as unknown as readonly { readonly table: string; readonly column: string }[];
    raw.close();
    const known = (await tablesAfter()).flatMap(({ name, columns }) =>
      columns.map((column) => `${name}.${column.name}`),
    );
    expect(known.toSorted()).toEqual(live.map(({ table, column }) => `${table}.${column}`).toSorted());
  });

  test('comes back out of a stream that can be read once', async () => {
    const copy = fresh();
    const { rows } = await restore(copy, opening(bytes)());
    expect(rows['companies']).toBe(2);
    expect(rowLines(await backupOf(copy))).toEqual(rowLines(bytes));
  });

  test('that nobody reads to its end keeps nothing open', async () => {
    for await (const chunk of backup(at('filled.db'))) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    copyFileSync(join(folder, 'filled.db'), join(folder, 'unread.db'));
    expect(await found(at('filled.db'), { nowMs: salon.nowMs })).toEqual([]);
  });

  test('is of one moment, whatever is booked meanwhile', async () => {
    const file = join(folder, 'busy.db');
    const { door, engine, clock } = await bench({ file, companies: [busyCompany], relay: false });
    const book = (day: number, hour: number) =>
      door.book({ service: 'cut', start: `2026-12-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00+01:00` }); // prettier-ignore
    granted(await book(1, 9));
    const chunks: Uint8Array[] = [];
    let booked = 1;
    for await (const chunk of backup(sqlite(file))) {
      chunks.push(chunk);
      if (booked === 1) for (let hour = 10; hour < 15; hour++) booked += granted(await book(1, hour)).ok ? 1 : 0;
    }
    const copy = fresh();
    const { rows } = await restore(copy, opening(Buffer.concat(chunks)));
    expect(booked).toBe(6);
    expect(rows['appointments']).toBe(1);
    expect(await found(copy, { nowMs: clock.now() })).toEqual([]);
    await engine.stop();
  });
});

describe('a backup that is not whole', () => {
  const refused = async (damaged: Uint8Array): Promise<string> => {
    const copy = fresh();
    const code = await restore(copy, opening(damaged)).then(
      () => 'restored',
      (error: unknown) => (error as { readonly code: string }).code,
    );
    // Nothing was touched.
    if (code !== 'restored') expect((await migrate(copy, 'status')).applied).toEqual([]);
    return code;
  };

  test('is refused wherever it is cut off', async () => {
    for (const length of [0, 5, 100, Math.floor(bytes.length / 2), bytes.length - 9, bytes.length - 1])
      expect([length, await refused(bytes.subarray(0, length))]).toEqual([length, 'BACKUP_DAMAGED']);
  });

  test('is refused where a byte was flipped', async () => {
    for (let place = 10; place < bytes.length; place += Math.floor(bytes.length / 12)) {
      const flipped = Buffer.from(bytes);
      flipped[place] = (flipped[place] ?? 0) ^ 0x10;
      expect([place, await refused(flipped)]).toEqual([place, 'BACKUP_DAMAGED']);
    }
  });

  test('is refused where a line was changed, left out, written twice or put behind the last', async () => {
    const lines = plainLines(bytes);
    const row = lines.findIndex((line) => line.startsWith('['));
    const changed = lines.with(row, (lines[row] ?? '').replace('salon', 'salty').replace('Salon', 'Salty'));
    for (const wrong of [
      changed,
      lines.toSpliced(row, 1),
      lines.toSpliced(row, 0, lines[row] ?? ''),
      lines.slice(0, -1),
      [...lines, '[]'],
      [...lines, ...lines],
    ])
      // prettier-ignore
      expect(await refused(ofLines(wrong))).toBe('BACKUP_DAMAGED');
    expect(await refused(ofLines(lines))).toBe('restored');
  });

  test('is refused where it is something else', async () => {
    for (const other of [Buffer.from('nothing of the kind'), ofLines(['{}']), ofLines(['[1]']), ofLines([''])])
      expect(await refused(other)).toBe('BACKUP_DAMAGED');
  });

  test('is refused where it is well sealed and holds something else than its tables do', async () => {
    const lines = plainLines(bytes);
    const { rows } = JSON.parse(lines.at(-1) ?? '') as { readonly rows: Readonly<Record<string, number>> };
    const body = lines.slice(0, -1);
    const [header = '', table = ''] = body;
    const firstRow = body.findIndex((line) => line.startsWith('['));
    const told = JSON.parse(table) as { readonly table: string; readonly columns: readonly string[] };
    const cells = JSON.parse(body[firstRow] ?? '') as readonly unknown[];
    expect(await refused(sealed(body, rows))).toBe('restored');
    for (const [wrong, count] of [
      [[...body, 'null'], rows],
      [body, null],
      [[header], {}],
      [[header, '[1]', ...body.slice(1)], rows],
      [body.with(1, JSON.stringify({ ...told, columns: 'x' })), rows],
      [body.with(1, JSON.stringify({ ...told, columns: told.columns.toReversed() })), rows],
      [[...body, table], rows],
      [[...body, '{"table":"sqlite_schema","columns":["sql"]}', '["x"]'], { ...rows, sqlite_schema: 1 }],
      [body.with(firstRow, JSON.stringify(cells.with(0, 1))), rows],
      [body.with(firstRow, JSON.stringify(cells.slice(1))), rows],
      // A line that would fill the memory of whoever waits for its end.
      [[...body, ' '.repeat(2 ** 27 + 2 ** 20)], rows],
    ] as const)
      expect(await refused(sealed(wrong, count))).toBe('BACKUP_DAMAGED');
  });

  test('of a later version is refused as such', async () => {
    const [header = '', ...rest] = plainLines(bytes);
    const told = JSON.parse(header) as { readonly migrations: readonly string[] };
    const codes = [{ ...told, format: 2 }].map((each) => ofLines([JSON.stringify(each), ...rest]));
    for (const each of codes) expect(await refused(each)).toBe('BACKUP_NEWER');
  });
});

describe('a restore', () => {
  test('is refused where there are rows, which are named', async () => {
    const before = rowLines(await backupOf(at('filled.db')));
    await expect(restore(at('filled.db'), opening(bytes))).rejects.toMatchObject({
      code: 'STORAGE_NOT_EMPTY',
      message: expect.stringContaining('companies, branches') as string,
    });
    expect(rowLines(await backupOf(at('filled.db')))).toEqual(before);
  });

  test('goes into a database that was migrated and is empty', async () => {
    const copy = fresh();
    await migrate(copy, 'up');
    expect((await restore(copy, opening(bytes))).rows['companies']).toBe(2);
  });

  test('that does not come to its end keeps everybody out, and begins anew when it is repeated', async () => {
    const copy = fresh();
    let opened = 0;
    const broken = () => (++opened === 1 ? opening(bytes)() : cutOff(bytes));
    await expect(restore(copy, broken)).rejects.toThrow('the disk is gone');
    const start = async () => {
      const storage = await copy.create({});
      await storage.start();
      await storage.stop();
    };
    await expect(start()).rejects.toMatchObject({ code: 'STORAGE_INCOMPLETE' });
    await expect(migrate(copy, 'up')).rejects.toMatchObject({ code: 'STORAGE_INCOMPLETE' });
    await expect(found(copy)).rejects.toMatchObject({ code: 'STORAGE_INCOMPLETE' });
    await expect(backupOf(copy)).rejects.toMatchObject({ code: 'STORAGE_INCOMPLETE' });
    await restore(copy, opening(bytes));
    await start();
    expect(rowLines(await backupOf(copy))).toEqual(rowLines(bytes));
  });

  test('of an older backup ends at the newest schema', async () => {
    const older = fresh();
    await restore(older, opening(bytes));
    let version = migrations.length;
    for (; version > 2; version--) await migrate(older, 'down');
    const old = await backupOf(older);
    const copy = fresh();
    // It may have been migrated before, further than the backup.
    await migrate(copy, 'up');
    const { migrated } = await restore(copy, opening(old));
    expect(migrated).toEqual(migrations.slice(2).map(({ name }) => name));
    expect((await migrate(copy, 'status')).pending).toEqual([]);
  });
});

async function* cutOff(whole: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(whole.subarray(0, Math.floor(whole.length * 0.9)));
  throw new Error('the disk is gone');
}

describe('two restores into one database', () => {
  const ground = sqliteGround();
  afterAll(() => ground.close());
  twoRestoreTests(() => ground);
});
