import { expect, test } from 'vitest';
import { globalKeys } from '../../../src/adapters/sequelize/globalKeys.ts';
import type { GlobalKey } from '../../../src/adapters/sequelize/globalKeys.ts';
import { newId } from '../sample.ts';
import { found } from './found.ts';
import type { Planted } from './plantTests.ts';

const customersPhone: GlobalKey = {
  table: 'customers',
  index: 'customers_phone',
  columns: ['company_id', 'phone'],
  whileActive: false,
};

/** A second row that the key forbids; what it may not share with the first is its own. */
const ownColumns: Readonly<Record<string, readonly string[]>> = {
  companies: ['company_id'],
  agents: ['company_id', 'branch_id'],
};

/** What unique indexes keep apart is looked for as well, for whoever has lost one. */
export function uniqueTests(planted: () => Planted): void {
  test.each([...Object.values(globalKeys), customersPhone])('a second row in $index is found', async (key) => {
    const { at, storage, salon } = planted();
    const { table, index, columns, whileActive } = key;
    const schema = at.database.sequelize.getQueryInterface();
    const held = Object.keys(await schema.describeTable(table)).filter((column) => column.endsWith('_while_active'));
    await schema.removeIndex(table, index);
    try {
      const own = ownColumns[table] ?? ['id'];
      await at.copy(
        table,
        'WHERE company_id = ?',
        [salon.company],
        Object.fromEntries(own.map((each) => [each, newId()])),
      );
      const codes = new Set((await found(storage, { nowMs: salon.nowMs })).map(({ code }) => code));
      expect([...codes]).toContain('KEY_DOUBLED');
      // An agent of another company belongs to none.
      codes.delete('COMPANY_MISSING');
      expect([...codes]).toEqual(['KEY_MISSING', 'KEY_DOUBLED']);
    } finally {
      await at.restore([table]);
      const partial = whileActive && held.length === 0 ? { where: { active: 1 } } : {};
      await schema.addIndex(table, held.length === 0 ? [...columns] : held, { name: index, unique: true, ...partial });
    }
  });

  test('a schema that is older or newer is all that is told', async () => {
    const { at, storage, salon } = planted();
    const codes = async () => (await found(storage, { nowMs: salon.nowMs })).map(({ code }) => code);
    await at.run("UPDATE schema_migrations SET name = '9998-later' WHERE version = 1");
    expect(await codes()).toEqual(['SCHEMA_NEWER']);
    await at.run("UPDATE schema_migrations SET name = '0001-first' WHERE version = 1");
    await at.run("INSERT INTO schema_migrations (name, version) VALUES ('9998-later', 9998)");
    expect(await codes()).toEqual(['SCHEMA_NEWER']);
    await at.run('DELETE FROM schema_migrations WHERE version = 9998');
    expect(await codes()).toEqual([]);
  });
}
