import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { unscopedUniqueIndexes } from '../../../test/storage/uniqueIndexes.ts';
import { globalKeys } from './globalKeys.ts';
import { migrate, sqlite } from './index.ts';

interface IndexRow {
  readonly table: string;
  readonly index: string;
  readonly position: number;
  readonly column: string;
}

const uniqueColumns = `
  SELECT m.name AS "table", l.name AS "index", i.seqno AS position, i.name AS "column"
  FROM sqlite_master m JOIN pragma_index_list(m.name) l JOIN pragma_index_info(l.name) i
  WHERE m.type = 'table' AND l."unique" = 1 AND m.name NOT LIKE 'schema_%'`;

test('the keys that are unique over all companies are those in one list, in the schema as it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-keys-'));
  try {
    await migrate(sqlite(join(folder, 'a.db')), 'up');
    const database = new DatabaseSync(join(folder, 'a.db'));
    const read = (): readonly IndexRow[] => database.prepare(uniqueColumns).all() as unknown as readonly IndexRow[];
    const expected = Object.values(globalKeys).map(({ table, index }) => `${table}.${index}`);
    expect(unscopedUniqueIndexes(read())).toEqual([...expected].sort());
    // Control: another one is seen.
    database.exec('CREATE UNIQUE INDEX customers_by_email ON customers (email)');
    expect(unscopedUniqueIndexes(read())).toContain('customers.customers_by_email');
    database.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
