import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sqlite } from '../../src/adapters/sequelize/index.ts';
import { pooled, type Pooled } from './pooled.ts';

/** A storage for many laws in one SQLite file. */
export interface SqliteFile extends Pooled {
  /** A connection beside the storage's own, for faults that are planted in the database itself. */
  readonly raw: DatabaseSync;
}

/** Opens a file in a temporary folder. */
export async function sqliteFile(): Promise<SqliteFile> {
  const folder = mkdtempSync(join(fastFolder(), 'askpro-laws-'));
  const file = join(folder, 'laws.db');
  let empty = '';
  const storage = await pooled(sqlite({ file, synchronous: 'NORMAL' }), () =>
    raw.exec(`BEGIN IMMEDIATE; ${empty} COMMIT;`),
  );
  const raw = new DatabaseSync(file, { timeout: 2000 });
  raw.exec('PRAGMA synchronous = NORMAL');
  empty = dataTables(raw)
    .map((table) => `DELETE FROM "${table}";`)
    .join(' ');
  return {
    raw,
    fresh: storage.fresh,
    close: async () => {
      raw.close();
      await storage.close();
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
