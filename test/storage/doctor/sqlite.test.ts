import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sqliteDialect } from '../../../src/adapters/sequelize/dialects/sqlite/dialect.ts';
import { sqliteSettings } from '../../../src/adapters/sequelize/dialects/sqlite/options.ts';
import { sqlite } from '../../../src/adapters/sequelize/index.ts';
import { newId } from '../sample.ts';
import { fillBusySalon } from './busySalon.ts';
import { found } from './found.ts';
import { ofOwner, withId } from './plant.ts';
import { Planting } from './planting.ts';
import { plantTests } from './plantTests.ts';
import type { Planted } from './plantTests.ts';
import { indexTests } from './indexTests.ts';
import { uniqueTests } from './uniqueTests.ts';

describe('the doctor on SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-doctor-'));
  const options = { file: join(folder, 'planted.db'), synchronous: 'NORMAL' } as const;
  let planted: Planted;

  beforeAll(async () => {
    const storage = sqlite(options);
    const salon = await fillBusySalon(storage);
    const at = await Planting.in(await sqliteDialect(sqliteSettings(options)).open(undefined));
    planted = { storage, salon, at };
  });
  afterAll(async () => {
    await planted.at.database.close();
    rmSync(folder, { recursive: true });
  });

  plantTests(() => planted);
  uniqueTests(() => planted);
  indexTests(() => planted, 'sqlite');

  test('without the key of the claims two owners of one time are found, and that they claim the same', async () => {
    const { at, salon, storage } = planted;
    const { company, nowMs, massage } = salon;
    await at.alter('ALTER TABLE claims RENAME TO guarded');
    await at.alter('CREATE TABLE claims AS SELECT * FROM guarded');
    try {
      const id = newId();
      await at.copy('appointments', withId, [company, massage.id], { id });
      await at.copy('appointment_resources', 'WHERE company_id = ? AND appointment_id = ?', [company, massage.id], { appointment_id: id }); // prettier-ignore
      await at.copy('spans', ofOwner, [company, massage.id], { owner_id: id });
      await at.copy('claims', `${ofOwner} AND cell > 1000000`, [company, massage.id], { owner_id: id });
      const codes = (await found(storage, { nowMs })).map(({ code }) => code);
      expect([...new Set(codes)].toSorted()).toEqual(['KEY_DOUBLED', 'KEY_MISSING', 'OVERLAP']);
    } finally {
      await at.alter('DROP TABLE claims');
      await at.alter('ALTER TABLE guarded RENAME TO claims');
      await at.restore(['appointments', 'appointment_resources', 'spans']);
    }
  });
});
