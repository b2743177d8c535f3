import type { DocumentStore } from '../documents.ts';
import { demandEqual } from '../law.ts';
import type { Proofs } from './tenantProof.ts';

const write = { collection: 'c', id: 'd', value: 'mine', indexes: { slot: 's' } };

/** One proof for each method of the documents. */
export const documentTenancy: Proofs<DocumentStore> = {
  get: async ({ storage: { documents } }, mine, other) => {
    await documents.put(mine.id, write);
    demandEqual(await documents.get(other.id, 'c', 'd'), undefined, 'document of the other');
  },

  list: async ({ storage: { documents } }, mine, other) => {
    await documents.put(mine.id, write);
    await documents.put(other.id, { ...write, id: 'e', value: 'other' });
    for (const index of [undefined, { name: 'slot', value: 's' }]) {
      for (const [shop, id] of [
        [mine, 'd'],
        [other, 'e'],
      ] as const) {
        const listed = await documents.list(shop.id, { collection: 'c', index, limit: 9 });
        demandEqual(
          listed.map((each) => each.id),
          [id],
          `documents ${index ? 'by an index' : 'of the collection'}`,
        );
      }
    }
  },

  put: async ({ storage: { documents } }, mine, other) => {
    await documents.put(mine.id, write);
    const twin = { ...write, value: 'other', indexes: {} };
    demandEqual(
      await documents.put(other.id, { ...twin, expectedVersion: 1 }),
      undefined,
      'version over the first one’s',
    );
    demandEqual(await documents.put(other.id, twin), 1, 'version of the other');
    const listed = await documents.list(mine.id, { collection: 'c', index: { name: 'slot', value: 's' }, limit: 9 });
    demandEqual(listed, [{ id: 'd', value: 'mine', version: 1 }], 'documents of the first');
    demandEqual((await documents.get(other.id, 'c', 'd'))?.value, 'other', 'value of the other');
  },

  delete: async ({ storage: { documents } }, mine, other) => {
    await documents.put(mine.id, write);
    demandEqual(await documents.delete(other.id, 'c', 'd'), false, 'whether the other had one to delete');
    const listed = await documents.list(mine.id, { collection: 'c', index: { name: 'slot', value: 's' }, limit: 9 });
    demandEqual(listed, [{ id: 'd', value: 'mine', version: 1 }], 'documents of the first');
  },
};
