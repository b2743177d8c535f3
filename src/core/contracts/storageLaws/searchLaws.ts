import { nameKey } from '../../model/nameKey.ts';
import type { Call } from '../../model/call.ts';
import type { Customer } from '../../model/customer.ts';
import { callTime, type CallQuery, type CustomerSearch, type ListedCall } from '../lists.ts';
import { demandEqual } from '../law.ts';
import { at, MINUTE_MS } from './minutes.ts';
import type { Scene, StorageSentences } from './scene.ts';
import type { Shop } from './shop.ts';

const names = async (scene: Scene, shop: Shop, search: Omit<CustomerSearch, 'limit'>): Promise<(string | null)[]> =>
  (await scene.storage.findCustomers(shop.id, { limit: 100, ...search })).map(({ name }) => name);

/** A page after the other until nothing comes any more. */
async function pagesOf<T>(read: (last: T | undefined) => Promise<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for (let pages = 0; pages < 30; pages++) {
    const page = await read(all.at(-1));
    all.push(...page);
    if (page.length === 0) break;
  }
  return all;
}

const listedOf = ({ transcript: _, offers: __, ...listed }: Call): ListedCall => listed;

const saveCalls = async (scene: Scene, shop: Shop, calls: readonly Call[]): Promise<void> => {
  for (const call of calls) demandEqual(await scene.storage.saveCall(shop.id, call, 0), true, 'whether a call was saved');
}; // prettier-ignore

/** Calls of two callers, one of them without a start, in the order of their times; two of them at the same time. */
const someCalls = (shop: Shop): readonly Call[] =>
  [0, 10, 10, 20, 30].map((minute, i) =>
    shop.call({
      providerCallId: `call-${i}`,
      from: i % 2 === 0 ? '+491' : '+492',
      status: i < 3 ? 'completed' : 'ongoing',
      transcript: 'Hallo',
      offers: { '1': 'x' },
      startedMs: i === 3 ? null : at(minute),
      updatedMs: at(i === 3 ? minute : 500),
    }),
  );

/** Searches of customers, and lists of calls and of holds. */
export const searchLaws: StorageSentences = {
  'customers are found by how their names begin, without regard to case and accents, and ordered so': async (scene) => {
    const shop = scene.shop();
    for (const name of ['Zoë', 'müller, B', 'Muller, A', 'MÜLLER', 'Mull', 'Amüller', null])
      await scene.customer(shop, { name });
    for (const prefix of ['mull', 'MÜLL', ' Müll'])
      demandEqual(
        await names(scene, shop, { by: 'name', prefix }),
        ['Mull', 'MÜLLER', 'Muller, A', 'müller, B'],
        `names that begin with "${prefix}"`,
      );
    demandEqual(await names(scene, shop, { by: 'name', prefix: 'müller,' }), ['Muller, A', 'müller, B'], 'names');
    demandEqual(await names(scene, shop, { by: 'name', prefix: 'x' }), [], 'names of nobody');
    demandEqual(await names(scene, shop, { by: 'name', prefix: '%' }), [], 'names that begin with a percent sign');
  },

  'a customer is found by the name he has now': async (scene) => {
    const shop = scene.shop();
    const customer = await scene.customer(shop, { name: 'Anna' });
    await scene.commit(shop, { customers: [{ ...customer, name: 'Berta' }], events: [] });
    demandEqual(await names(scene, shop, { by: 'name', prefix: 'a' }), [], 'customers under the former name');
    demandEqual(await names(scene, shop, { by: 'name', prefix: 'be' }), ['Berta'], 'customers under the new one');
    await scene.commit(shop, { customers: [{ ...customer, name: null }], events: [] });
    demandEqual(await names(scene, shop, { by: 'name', prefix: 'be' }), [], 'customers under a name that was deleted');
  },

  'customers are found by how their numbers begin, ordered by number': async (scene) => {
    const shop = scene.shop();
    for (const phone of ['+4930222', '+4930111', '+4940111', '+493', null]) await scene.customer(shop, { phone });
    const phones = async (prefix: string): Promise<(string | null)[]> =>
      (await scene.storage.findCustomers(shop.id, { by: 'phone', prefix, limit: 9 })).map(({ phone }) => phone);
    demandEqual(await phones('+4930'), ['+4930111', '+4930222'], 'numbers of Berlin');
    demandEqual(await phones('+49'), ['+493', '+4930111', '+4930222', '+4940111'], 'numbers of the country');
    demandEqual(await phones('+43'), [], 'numbers of another country');
  },

  'pages of customers that were found follow each other without a gap or a double, also among equal names': async (
    scene,
  ) => {
    const shop = scene.shop();
    const all: Customer[] = [];
    for (const [i, name] of ['Ada', 'ada', 'ÁDA', 'Adam', 'Adá', 'Adele'].entries())
      all.push(await scene.customer(shop, { name, phone: `+49${9 - i}` }));
    await scene.customer(shop, { name: 'Zoë', phone: '+50' });
    const byName = await pagesOf<Customer>((last) => {
      const after = last && { key: nameKey(last.name ?? ''), id: last.id };
      return scene.storage.findCustomers(shop.id, { by: 'name', prefix: 'ad', after, limit: 2 });
    });
    const ordered = [0, 1, 2, 4, 3, 5].map((index) => all[index]?.id);
    demandEqual(byName.map(({ id }) => id), ordered, 'ids by name'); // prettier-ignore
    const byPhone = await pagesOf<Customer>((last) => {
      const after = last && { key: last.phone ?? '', id: last.id };
      return scene.storage.findCustomers(shop.id, { by: 'phone', prefix: '+49', after, limit: 4 });
    });
    demandEqual(byPhone.map(({ id }) => id), [...all].reverse().map(({ id }) => id), 'ids by number'); // prettier-ignore
  },

  'calls are listed without what was said in them, the latest first': async (scene) => {
    const shop = scene.shop();
    const calls = someCalls(shop);
    await saveCalls(scene, shop, calls);
    const expected = [...calls].reverse().map(listedOf);
    demandEqual(await scene.storage.calls(shop.id, { limit: 9 }), expected, 'calls');
    const first = await scene.storage.calls(shop.id, { sort: 'time', limit: 9 });
    demandEqual(first, calls.map(listedOf), 'calls from the first on'); // prettier-ignore
  },

  'calls are listed by when they were, by caller and by status': async (scene) => {
    const shop = scene.shop();
    const calls = someCalls(shop);
    await saveCalls(scene, shop, [...calls].reverse());
    const listed = async (query: Omit<CallQuery, 'limit'>): Promise<string[]> =>
      (await scene.storage.calls(shop.id, { sort: 'time', limit: 9, ...query })).map(
        ({ providerCallId }) => providerCallId.slice(-1), // prettier-ignore
      );
    demandEqual(await listed({ fromMs: at(10), toMs: at(30) }), ['1', '2', '3'], 'calls in a range');
    demandEqual(await listed({ caller: '+491' }), ['0', '2', '4'], 'calls of a caller');
    demandEqual(await listed({ caller: '+491', fromMs: at(1) }), ['2', '4'], 'calls of a caller from a moment on');
    demandEqual(await listed({ caller: '+49' }), [], 'calls of the beginning of a number');
    demandEqual(await listed({ statuses: ['ongoing'] }), ['3', '4'], 'calls of a status');
    demandEqual(await listed({ statuses: [] }), [], 'calls of no status');
  },

  'a call is listed at its start as soon as that is known': async (scene) => {
    const shop = scene.shop();
    const [early, call] = [shop.call({ providerCallId: 'e', startedMs: at(0) }), shop.call({ updatedMs: at(9) })];
    await saveCalls(scene, shop, [early, call]);
    const started = { ...call, startedMs: at(-5), updatedMs: at(20), version: 2 };
    demandEqual(await scene.storage.saveCall(shop.id, started, 1), true, 'whether it was saved');
    const listed = await scene.storage.calls(shop.id, { limit: 9 });
    demandEqual(listed, [early, started].map(listedOf), 'calls');
  },

  'pages of calls follow each other without a gap or a double, from either end': async (scene) => {
    const shop = scene.shop();
    const calls = someCalls(shop);
    await saveCalls(scene, shop, calls);
    for (const sort of ['time', '-time'] as const) {
      const pages = await pagesOf<ListedCall>((last) => {
        const after = last && { timeMs: callTime(last), id: last.id };
        return scene.storage.calls(shop.id, { sort, after, limit: 2 });
      });
      const expected = calls.map(({ id }) => id);
      demandEqual(pages.map(({ id }) => id), sort === 'time' ? expected : expected.reverse(), `ids in order ${sort}`); // prettier-ignore
    }
  },

  'the live holds of a company are listed by id, page by page': async (scene) => {
    const shop = scene.shop();
    const nowMs = scene.clock.now();
    const holds = [1, 9, 9, 9].map((minutes, i) =>
      shop.hold([shop.span(i * 30, i * 30 + 30)], { owner: `caller-${i}`, expiresMs: nowMs + minutes * MINUTE_MS }),
    );
    for (const hold of [...holds].reverse()) await scene.commit(shop, shop.holding(hold));
    demandEqual(await scene.storage.holds(shop.id, { limit: 9 }), holds, 'holds');
    scene.clock.advance(MINUTE_MS);
    const pages = await pagesOf<(typeof holds)[number]>((last) =>
      scene.storage.holds(shop.id, { after: last?.id, limit: 2 }),
    );
    demandEqual(pages, holds.slice(1), 'holds that have not run out');
  },
};
