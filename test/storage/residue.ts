import { expect, test } from 'vitest';
import { migrate } from '../../src/adapters/sequelize/index.ts';
import { namesHer, salonThatKnowsHer } from '../engine/knownCustomer.ts';
import { granted } from '../engine/salon.ts';
import type { Raw, Served } from './servedBy.ts';

/** Nothing that names somebody who was erased is left anywhere in the database of a server. */
export function residueTests(on: Served, fresh: () => Promise<string>): void {
  /** The columns of all tables, the engine's or not, in which one of the texts stands. */
  const residue = async (raw: Raw): Promise<readonly string[]> => {
    const found = new Set<string>();
    for (const { name } of await raw.query(on.tables))
      for (const row of await raw.query(`SELECT * FROM ${String(name)}`))
        for (const [column, value] of Object.entries(row)) {
          const text = typeof value === 'string' ? value : JSON.stringify(value);
          if (namesHer.some((word) => text.includes(word))) found.add(`${String(name)}.${column}`);
        }
    return [...found].sort();
  };

  test('after the erasure of a customer no text of any table names her; control: before, the same scan finds her', async () => {
    const url = await fresh();
    await migrate(on.factory(url), 'up');
    const raw = await on.connect(url);
    const salon = await salonThatKnowsHer({ storage: on.factory(url) });
    try {
      const places = ['appointments.metadata', 'appointments.notes', 'calls.from_number', 'calls.transcript', 'customers.name', 'customers.phone', 'documents.content', 'outbox.payload']; // prettier-ignore
      expect(await residue(raw)).toEqual(expect.arrayContaining(places));
      granted(await salon.door.customers.erase(salon.eva, { cancelUpcoming: true }));
      expect(await residue(raw)).toEqual([]);
    } finally {
      await salon.close();
      await raw.end();
    }
  });
}
