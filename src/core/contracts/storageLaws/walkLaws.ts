import { demand, demandEqual } from '../law.ts';
import type { WalkedKind } from '../walk.ts';
import type { Scene, StorageSentences } from './scene.ts';
import type { Shop } from './shop.ts';

/** Stores rows of a kind and tells them in the order of their ids. */
const stored: { readonly [K in WalkedKind]: (scene: Scene, shop: Shop, count: number) => Promise<readonly Row[]> } = {
  // Those made later start earlier, so that the order of ids is no other.
  appointments: async (scene, shop, count) => {
    const rows = Array.from({ length: count }, (_, nth) =>
      shop.appointment([shop.span(600 - nth * 30, 630 - nth * 30)]),
    );
    await scene.commit(shop, { appointments: rows.map((row) => ({ row, expectedVersion: 0 })), events: [] });
    return rows;
  },
  customers: async (scene, shop, count) => {
    const customers = Array.from({ length: count }, (_, nth) =>
      shop.customer({ name: `${count - nth}`, noShows: nth }),
    );
    await scene.commit(shop, { customers, events: [] });
    return customers;
  },
  calls: async (scene, shop, count) => {
    const calls = Array.from({ length: count }, (_, nth) =>
      shop.call({ providerCallId: `call-${count - nth}`, transcript: `line ${nth}`, offers: { '1': 'a.b' } }),
    );
    for (const call of calls) demand(await scene.storage.saveCall(shop.id, call, 0), 'a new call should be saved');
    return calls;
  },
};

interface Row {
  readonly id: string;
}

/** Walks to the end, page by page, and does something between two pages. */
async function walked(
  scene: Scene,
  shop: Shop,
  kind: WalkedKind,
  limit: number,
  between: (met: readonly Row[]) => Promise<void> = async () => undefined,
): Promise<readonly Row[]> {
  const met: Row[] = [];
  for (let pages = 0; pages < 20; pages++) {
    const page = await scene.storage.walk(shop.id, kind, { after: met.at(-1)?.id, limit });
    demand(page.length <= limit, `a page of at most ${limit} should not have ${page.length}`);
    met.push(...page);
    if (page.length < limit) return met;
    await between(met);
  }
  demand(false, 'a walk through a few rows should come to its end');
  return met;
}

/** Walks through all rows of a kind. */
export const walkLaws: StorageSentences = {
  'a walk tells every row of a kind as it was stored, ordered by id, page after page': async (scene) => {
    for (const kind of ['appointments', 'customers', 'calls'] as const) {
      const shop = scene.shop(kind);
      demandEqual(await walked(scene, shop, kind, 2), [], `${kind} where there are none`);
      const rows = await stored[kind](scene, shop, 5);
      for (const limit of [1, 2, 5, 100])
        demandEqual(await walked(scene, shop, kind, limit), rows, `${kind} by ${limit}`);
    }
  },

  'a walk meets a row once, however it is changed meanwhile': async (scene) => {
    const shop = scene.shop();
    const rows = await stored.appointments(scene, shop, 4);
    const ids = rows.map(({ id }) => id);
    let turn = 0;
    // What was met is moved behind, and what was not met to before what was.
    const met = await walked(scene, shop, 'appointments', 1, async () => {
      const [first, last] = [ids[0], ids.at(-1)];
      const id = turn % 2 === 0 ? first : last;
      const row = await scene.storage.appointment(shop.id, id as never);
      if (row === undefined) return;
      const span = turn++ % 2 === 0 ? shop.span(900, 930) : shop.span(-300 - turn * 30, -270 - turn * 30);
      const { startMs, endMs } = span;
      await scene.commit(shop, shop.update(row, { startMs, endMs, spans: [span] }));
    });
    demandEqual(
      met.map(({ id }) => id),
      ids,
      'appointments met',
    );
  },
};
