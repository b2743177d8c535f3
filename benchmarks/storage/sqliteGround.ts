import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Storage } from 'askpro/adapter';
import { migrate, sqlite } from 'askpro/adapters/sequelize';
import { fakeClock } from 'askpro/testing';
import { recorded } from '../engine/recorder.ts';
import { ReplayFloor, sqliteVersion } from '../floor/replay.ts';
import type { Bare, Ground, TownDatabase } from './ground.ts';
import { measured, NOW_MS, townOf, type Cell } from './town.ts';
import { digest, written } from './written.ts';

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

/** Fills a migrated file: indexes are made once all rows are there, which takes a third of the time. */
export function fillTown(file: string, appointments: number): void {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; PRAGMA temp_store = MEMORY');
  const indexes = database
    .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    .all() as unknown as readonly { readonly name: string; readonly sql: string }[];
  for (const { name } of indexes) database.exec(`DROP INDEX ${name}`);
  for (const { table, columns, ids, rows } of townOf(appointments)) {
    const marks = columns.map(() => '?').join(', ');
    const insert = database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`);
    const isId = columns.map((column) => ids.includes(column));
    // Neighbouring rows mostly have the same ids.
    const before = columns.map((): { text: Cell; bytes: Buffer | null } => ({ text: null, bytes: null }));
    database.exec('BEGIN');
    for (const row of rows()) {
      const values = row.map((cell, index) => {
        const last = before[index];
        if (isId[index] !== true || last === undefined) return cell;
        if (last.text !== cell) {
          last.text = cell;
          last.bytes = cell === null ? null : bytesOf(String(cell));
        }
        return last.bytes;
      });
      insert.run(...values);
    }
    database.exec('COMMIT');
  }
  for (const { sql } of indexes) database.exec(sql);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}

class SqliteTown implements TownDatabase {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  async storage(): Promise<Storage> {
    const storage = await sqlite({ file: this.#file, synchronous: 'FULL' }).create({ clock: fakeClock(NOW_MS) });
    await storage.start();
    return storage;
  }

  bare(): Bare {
    const floor = new ReplayFloor(this.#file, 'FULL');
    return {
      script: (recording) => {
        const replay = floor.prepare(recording);
        return { run: () => floor.run(replay) };
      },
      close: () => Promise.resolve(floor.close()),
    };
  }

  contents(): Promise<string> {
    const database = new DatabaseSync(this.#file);
    const company = bytesOf(measured.company);
    const told = written.map(({ table, key }) => {
      const rows = database.prepare(`SELECT * FROM ${table} WHERE company_id = ? ORDER BY ${key}`).all(company);
      return `${table}: ${digest(rows)}`;
    });
    database.close();
    return Promise.resolve(told.join('\n'));
  }
}

/** Node's own SQLite, `synchronous=FULL`. */
export function sqliteGround(): Ground {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-bench-storage-'));
  const filled = new Map<number, Promise<string>>();
  let copies = 0;
  const make = async (appointments: number): Promise<string> => {
    const file = join(folder, `town-${appointments}.db`);
    await migrate(sqlite(file), 'up');
    fillTown(file, appointments);
    return file;
  };
  return {
    dialect: 'sqlite',
    peer: () => `bare node:sqlite, prepared (SQLite ${sqliteVersion()})`,
    async town(appointments) {
      let file = filled.get(appointments);
      if (file === undefined) filled.set(appointments, (file = make(appointments)));
      const copy = join(folder, `copy-${copies++}.db`);
      copyFileSync(await file, copy);
      return new SqliteTown(copy);
    },
    recorded,
    close: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  };
}
