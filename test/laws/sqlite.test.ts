import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sqlite } from '../../src/adapters/sequelize/index.ts';
import { fakeClock } from '../../src/core/contracts/fakeClock.ts';
import { storageLaws } from '../../src/core/contracts/storageLaws.ts';
import { sqliteFile, type SqliteFile } from './sqliteFile.ts';

let file: SqliteFile;
beforeAll(async () => {
  file = await sqliteFile();
});
afterAll(() => file.close());

for (const law of storageLaws({ create: (clock) => file.fresh(clock) })) test(law.name, law.run);

test('the same laws start and stop a storage of their own', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-laws-'));
  try {
    const laws = storageLaws({ create: (clock) => sqlite(join(folder, 'own.db')).create({ clock }) });
    await laws[0]?.run();
    const again = await sqlite(join(folder, 'own.db')).create({ clock: fakeClock(0) });
    await again.start();
    expect(await again.directory.companies()).toEqual([]);
    await again.stop();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
