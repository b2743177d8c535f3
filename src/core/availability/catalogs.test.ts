import { expect, test } from 'vitest';
import { uuidV7Source } from '../model/uuid.ts';
import type { BusyQuery, Storage } from '../contracts/storage.ts';
import { shopConfig } from '../contracts/storageLaws/shopConfig.ts';
import { Catalogs } from './catalogs.ts';

const nextId = uuidV7Source((into) => crypto.getRandomValues(into));
const config = { ...shopConfig('salon', () => nextId(0) as never), revision: 5 };
const company = config.company.id;

/** Catalogs over a primary at revision 5, and a copy that tells another one. */
function scene(copysRevision: number | null) {
  const asked: (boolean | undefined)[] = [];
  const storage: Pick<Storage, 'config' | 'busy'> = {
    config: async () => config,
    async busy(_, { mayLag }: BusyQuery) {
      asked.push(mayLag);
      return { revision: mayLag === true ? copysRevision : 5, busy: [] };
    },
  };
  const catalogs = new Catalogs(storage, 10);
  const read = (mayLag: boolean) =>
    catalogs.read(company, () => ({ ok: true, busy: { resourceIds: [], fromMs: 0, toMs: 1, mayLag } }));
  return { asked, read };
}

test.each([
  ['an older configuration', 4],
  ['no such company', null],
])('a copy that knows %s is asked once, and then the primary', async (_, revision) => {
  const { asked, read } = scene(revision);
  expect(await read(true)).toMatchObject({ ok: true, snapshot: { catalog: { config: { revision: 5 } } } });
  expect(asked).toEqual([true, false]);
});

test('a copy that knows the configuration is believed', async () => {
  const { asked, read } = scene(5);
  expect(await read(true)).toMatchObject({ ok: true });
  expect(asked).toEqual([true]);
});

test('who will write is answered by the primary alone', async () => {
  const { asked, read } = scene(4);
  await read(false);
  expect(asked).toEqual([false]);
});
