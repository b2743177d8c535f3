import { expect, test } from 'vitest';
import { fakeClock } from '../../core/contracts/fakeClock.ts';
import type { CompanyId, DocumentWrite } from '../../adapter.ts';
import { sqlite } from './index.ts';

const company = '00000000-0000-7000-8000-000000000001' as CompanyId;
const document: DocumentWrite = { collection: 'c', id: 'd', value: 'a\0\ud83d', indexes: { slot: 's' } };

test('a document whose keys a database would keep as others is refused by the field, and nothing is stored', async () => {
  const storage = await sqlite(':memory:').create({ clock: fakeClock(0) });
  await storage.start();
  try {
    for (const text of ['a\0', '\ud83d', 'b\udc00']) {
      const refused: readonly (readonly [string, Partial<DocumentWrite>])[] = [
        ['collection', { collection: text }],
        ['id', { id: text }],
        ['the name of an index', { indexes: { [text]: 's' } }],
        ['indexes.slot', { indexes: { slot: text } }],
      ];
      for (const [field, changes] of refused)
        await expect(storage.documents.put(company, { ...document, ...changes })).rejects.toMatchObject({
          code: 'OPTION_INVALID',
          message: expect.stringContaining(`${field} must not hold U+0000`) as string,
        });
    }
    expect(await storage.documents.list(company, { collection: 'c', limit: 9 })).toEqual([]);
    // Control: in the value, which is kept as JSON, both are kept as they are.
    expect(await storage.documents.put(company, document)).toBe(1);
    expect((await storage.documents.get(company, 'c', 'd'))?.value).toBe(document.value);
  } finally {
    await storage.stop();
  }
});
