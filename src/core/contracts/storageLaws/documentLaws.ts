import type { PluginEvent } from '../../events.ts';
import type { DocumentWrite, Json } from '../documents.ts';
import { demand, demandEqual } from '../law.ts';
import type { Scene, StorageSentences } from './scene.ts';
import type { Shop } from './shop.ts';

const put = (scene: Scene, shop: Shop, id: string, changes: Partial<DocumentWrite> = {}): Promise<number | undefined> =>
  scene.storage.documents.put(shop.id, { collection: 'c', id, value: id, indexes: {}, ...changes });

const ids = async (scene: Scene, shop: Shop, name: string, value: string): Promise<string[]> => {
  const query = { collection: 'c', index: { name, value }, limit: 100 };
  return (await scene.storage.documents.list(shop.id, query)).map(({ id }) => id);
};

const refusal = (
  written: Promise<unknown>,
): Promise<{ readonly code?: unknown; readonly message: string } | undefined> =>
  written.then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );

/** Documents of plugins. */
export const documentLaws: StorageSentences = {
  'a document is read back as the JSON that was put': async (scene) => {
    const shop = scene.shop();
    const values: Json[] = [null, true, 0, -1.5, 2 ** 53 - 1, '', 'null', '„💇“\u0000', [], {}, [[1], { a: null }]];
    values.push({ a: { b: [1, 'ä'] } }, 'x'.repeat(100_000));
    for (const [i, value] of values.entries()) await put(scene, shop, `d${i}`, { value });
    for (const [i, value] of values.entries()) {
      const stored = await scene.storage.documents.get(shop.id, 'c', `d${i}`);
      demandEqual(stored, { id: `d${i}`, value, version: 1 }, `document ${i}`);
    }
    demandEqual(await scene.storage.documents.get(shop.id, 'c', 'd99'), undefined, 'a document nobody put');
  },

  'the version of a document counts up with each change': async (scene) => {
    const shop = scene.shop();
    for (const version of [1, 2, 3]) {
      demandEqual(await put(scene, shop, 'd', { value: version }), version, 'version put');
      const stored = await scene.storage.documents.get(shop.id, 'c', 'd');
      demandEqual(stored, { id: 'd', value: version, version }, 'document');
    }
  },

  'a document is put only over the version expected': async (scene) => {
    const shop = scene.shop();
    demandEqual(await put(scene, shop, 'd', { expectedVersion: 1 }), undefined, 'a second version of nothing');
    demandEqual(await scene.storage.documents.get(shop.id, 'c', 'd'), undefined, 'document before any put');
    demandEqual(await put(scene, shop, 'd', { value: 'first', expectedVersion: 0 }), 1, 'the first version');
    demandEqual(await put(scene, shop, 'd', { expectedVersion: 0 }), undefined, 'the first version again');
    demandEqual(await put(scene, shop, 'd', { expectedVersion: 2 }), undefined, 'a version that is not there yet');
    const stored = await scene.storage.documents.get(shop.id, 'c', 'd');
    demandEqual(stored, { id: 'd', value: 'first', version: 1 }, 'document after the refusals');
    demandEqual(await put(scene, shop, 'd', { expectedVersion: 1 }), 2, 'the second version');
  },

  'documents are found by their indexes, each by name and value': async (scene) => {
    const shop = scene.shop();
    await put(scene, shop, 'a', { indexes: { slot: 's1', who: 'x' } });
    await put(scene, shop, 'b', { indexes: { slot: 's2', who: 's1' } });
    await put(scene, shop, 'c', { indexes: { slot: 's1' } });
    demandEqual(await ids(scene, shop, 'slot', 's1'), ['a', 'c'], 'documents of slot s1');
    demandEqual(await ids(scene, shop, 'who', 's1'), ['b'], 'documents of who s1');
    demandEqual(await ids(scene, shop, 'slot', 'S1'), [], 'documents of slot S1');
    demandEqual(await ids(scene, shop, 'none', 's1'), [], 'documents of an index nobody has');
  },

  'a change of a document changes what it is found by': async (scene) => {
    const shop = scene.shop();
    await put(scene, shop, 'a', { indexes: { slot: 's1', who: 'x' } });
    await put(scene, shop, 'a', { indexes: { slot: 's2' } });
    demandEqual(await ids(scene, shop, 'slot', 's1'), [], 'documents of the old slot');
    demandEqual(await ids(scene, shop, 'slot', 's2'), ['a'], 'documents of the new slot');
    demandEqual(await ids(scene, shop, 'who', 'x'), [], 'documents of an index given up');
  },

  'a document that was not put is not found by its indexes': async (scene) => {
    const shop = scene.shop();
    await put(scene, shop, 'a', { indexes: { slot: 's1' } });
    await put(scene, shop, 'a', { indexes: { slot: 's2' }, expectedVersion: 9 });
    await put(scene, shop, 'b', { indexes: { slot: 's2' }, expectedVersion: 9 });
    demandEqual(await ids(scene, shop, 'slot', 's2'), [], 'documents of slot s2');
    demandEqual(await ids(scene, shop, 'slot', 's1'), ['a'], 'documents of slot s1');
  },

  'a deleted document is gone, and so is what it was found by': async (scene) => {
    const shop = scene.shop();
    const { documents } = scene.storage;
    await put(scene, shop, 'a', { indexes: { slot: 's1' } });
    await put(scene, shop, 'b', { indexes: { slot: 's1' } });
    demandEqual(await documents.delete(shop.id, 'c', 'a'), true, 'whether there was one to delete');
    demandEqual(await documents.delete(shop.id, 'c', 'a'), false, 'whether there was one to delete again');
    demandEqual(await documents.get(shop.id, 'c', 'a'), undefined, 'the deleted document');
    demandEqual(await ids(scene, shop, 'slot', 's1'), ['b'], 'documents of the slot');
    await put(scene, shop, 'a', { expectedVersion: 0 });
    demandEqual(await ids(scene, shop, 'slot', 's1'), ['b'], 'documents of the slot after a new one of that id');
  },

  'documents are listed by id, page by page, with and without an index': async (scene) => {
    const shop = scene.shop();
    const names = ['B', 'a', 'a b', 'ab', 'b', 'x'.repeat(128), 'ä'];
    for (const id of [...names].reverse()) await put(scene, shop, id, { indexes: { all: 'yes' } });
    await put(scene, shop, 'c', { collection: 'other', indexes: { all: 'yes' } });
    for (const index of [undefined, { name: 'all', value: 'yes' }]) {
      const listed: string[] = [];
      for (let pages = 0; pages < 20; pages++) {
        const query = { collection: 'c', index, after: listed.at(-1), limit: 2 };
        const page = await scene.storage.documents.list(shop.id, query);
        listed.push(...page.map(({ id }) => id));
        if (page.length < 2) break;
      }
      demandEqual(listed, names, `ids ${index ? 'by an index' : 'of the collection'}`);
    }
    const [first] = await scene.storage.documents.list(shop.id, { collection: 'c', limit: 1 });
    demandEqual(first, { id: 'B', value: 'B', version: 1 }, 'the first document');
  },

  'documents are told apart to the last character of collection and id': async (scene) => {
    const shop = scene.shop();
    const keys = [
      ['c', 'd'],
      ['C', 'd'],
      ['c', 'D'],
      ['c', 'd '],
      ['c ', 'd'],
      ['c', 'é'],
      ['c', 'e\u0301'],
    ] as const;
    for (const [collection, id] of keys) {
      const value = `${collection}/${id}`;
      demandEqual(await put(scene, shop, id, { collection, value, expectedVersion: 0 }), 1, `version of ${value}`);
      demandEqual((await scene.storage.documents.get(shop.id, collection, id))?.value, value, `value of ${value}`);
    }
  },

  'events beside a document are in the outbox once it is put, in their order, and not where it is not': async (
    scene,
  ) => {
    const shop = scene.shop();
    const event = (name: string, payload: Json): PluginEvent => ({ ...shop.event('gift-1'), name, payload });
    const [sold, used, late] = [event('gift.sold', { to: '„Ä“' }), event('gift.used', null), event('gift.late', 1)];
    await put(scene, shop, 'd', { events: [sold, used], expectedVersion: 0 });
    demandEqual(await put(scene, shop, 'd', { events: [late], expectedVersion: 0 }), undefined, 'the version again');
    const lent: unknown[] = [];
    for (let turn = 0; turn < 4; turn++) {
      const [next] = await scene.lease();
      if (next === undefined) break;
      lent.push(next.event);
      await scene.storage.maintenance.markSent('relay', next.event.id);
    }
    demandEqual(lent, [sold, used], 'events lent');
  },

  'a document is refused by the field that a database would keep as another text, and nothing of it is stored': async (
    scene,
  ) => {
    const shop = scene.shop();
    for (const text of ['a\0', '\ud83d', 'b\udc00']) {
      const event: PluginEvent = { ...shop.event('gift-1'), name: 'gift.sold', payload: null };
      const wrong: readonly (readonly [field: string, changes: Partial<DocumentWrite>])[] = [
        ['collection', { collection: text }],
        ['id', { id: text }],
        ['the name of an index', { indexes: { [text]: 's' } }],
        ['indexes.slot', { indexes: { slot: text } }],
        ['events[1].name', { events: [event, { ...event, name: `gift.${text}` }] }],
        ['events[0].aggregate', { events: [{ ...event, aggregate: text }] }],
      ];
      for (const [field, changes] of wrong) {
        const refused = await refusal(put(scene, shop, 'd', { indexes: { slot: 's' }, ...changes }));
        demandEqual(refused?.code, 'OPTION_INVALID', `code of ${JSON.stringify(text)} as ${field}`);
        demand(refused?.message.includes(`${field} `) === true, `${refused?.message ?? ''} names ${field}`);
      }
    }
    const found = [...(await ids(scene, shop, 'slot', 's')), ...(await ids(scene, shop, 'slot', 'a'))];
    demandEqual(found, [], 'documents found');
    demandEqual(await scene.storage.documents.list(shop.id, { collection: 'c', limit: 9 }), [], 'documents stored');
    demandEqual(await scene.lease(), [], 'events lent');
    // What is kept as JSON is kept as it is.
    const value = 'a\0\ud83d';
    demandEqual(await put(scene, shop, 'd', { value }), 1, 'version of a document that holds both');
    demandEqual((await scene.storage.documents.get(shop.id, 'c', 'd'))?.value, value, 'value that holds both');
  },
};
