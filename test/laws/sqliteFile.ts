import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sqlite } from '../../src/adapters/sequelize/index.ts';
import type { Clock } from '../../src/core/contracts/clock.ts';
import type { Storage } from '../../src/core/contracts/storage.ts';

/** One SQLite file that serves law after law, emptied in between: opening one takes longer than most laws. */
export interface SqliteFile {
  /** The storage, empty, judging by this clock. It is open; its `start` and `stop` do nothing. */
  readonly fresh: (clock: Clock) => Promise<Storage>;
  /** A connection beside the storage's own, for faults that are planted in the database itself. */
  readonly raw: DatabaseSync;
  readonly close: () => Promise<void>;
}

/** Opens a file in a temporary folder. */
export async function sqliteFile(): Promise<SqliteFile> {
  const folder = mkdtempSync(join(fastFolder(), 'askpro-laws-'));
  const file = join(folder, 'laws.db');
  let judge: Clock | undefined;
  const clock: Clock = {
    now: () => judge?.now() ?? 0,
    after: (delayMs, callback) => judge?.after(delayMs, callback) ?? (() => undefined),
  };
  const storage = await sqlite({ file, synchronous: 'NORMAL' }).create({ clock });
  await storage.start();
  const raw = new DatabaseSync(file, { timeout: 2000 });
  raw.exec('PRAGMA synchronous = NORMAL');
  const empty = dataTables(raw).map((table) => `DELETE FROM "${table}";`);
  return {
    raw,
    fresh: async (lawClock) => {
      judge = lawClock;
      raw.exec(`BEGIN IMMEDIATE; ${empty.join(' ')} COMMIT;`);
      return unclosed(storage);
    },
    close: async () => {
      raw.close();
      await storage.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Memory where the system offers some as a folder: laws are about outcomes, not about disks. */
const fastFolder = (): string => (existsSync('/dev/shm') ? '/dev/shm' : tmpdir());

/** Every table that a law may have written to: what the migrations note about themselves stays. */
function dataTables(raw: DatabaseSync): string[] {
  const rows = raw.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[];
  return rows.map(({ name }) => name).filter((name) => hasColumn(raw, name, 'company_id'));
}

const hasColumn = (raw: DatabaseSync, table: string, column: string): boolean =>
  raw.prepare('SELECT 1 FROM pragma_table_info(?) WHERE name = ?').get(table, column) !== undefined;

/** The storage without its life cycle. */
const unclosed = (storage: Storage): Storage =>
  new Proxy(storage, {
    get: (target, name) => {
      if (name === 'start' || name === 'stop') return async () => undefined;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
