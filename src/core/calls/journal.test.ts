import { expect, test } from 'vitest';
import type { DocumentWrite } from '../contracts/documents.ts';
import { fakeClock } from '../contracts/fakeClock.ts';
import type { CallId, CompanyId } from '../model/ids.ts';
import { StoredJournal } from './journal.ts';

const [salon, garage] = ['salon', 'garage'] as readonly string[] as readonly [CompanyId, CompanyId];
const call = 'call' as CallId;

function scene(put: () => Promise<number> = () => Promise.resolve(1)) {
  const written: (readonly [CompanyId, DocumentWrite['value']])[] = [];
  const failed: unknown[] = [];
  let ids = 0;
  const journal = new StoredJournal({
    documents: {
      get: () => Promise.resolve(undefined),
      list: () => Promise.resolve([]),
      delete: () => Promise.resolve(false),
      put: async (company, { value }) => {
        written.push([company, value]);
        return put();
      },
    },
    clock: fakeClock(0),
    newId: () => String(++ids),
    mostEntries: 10,
    onError: (error) => failed.push(error),
  });
  return { journal, written, failed };
}

test('what two companies note under the same id stays apart', async () => {
  const { journal, written } = scene();
  journal.note(salon, call, 'hold', { hold: 'a' });
  expect([journal.knows(salon, call), journal.knows(garage, call)]).toEqual([true, false]);
  journal.note(garage, call, 'hold', { hold: 'b' });
  await journal.settled();
  expect(written).toEqual([
    [salon, [{ atMs: 0, kind: 'hold', told: { hold: 'a' } }]],
    [garage, [{ atMs: 0, kind: 'hold', told: { hold: 'b' } }]],
  ]);
});

test('of one call only so many entries are kept, and the last says that there were more', async () => {
  const { journal, written } = scene();
  for (let entry = 0; entry < 30; entry++) journal.note(salon, call, 'offers', { entry });
  await journal.settled();
  const entries = written.flatMap(([, value]) => value as readonly { readonly kind: string }[]);
  expect(entries).toHaveLength(11);
  expect(entries.at(-1)).toMatchObject({ kind: 'cut', told: {} });
});

test('what cannot be written is lost and told, and nobody who notes anything hears of it', async () => {
  const gone = new Error('gone');
  const { journal, failed } = scene(() => Promise.reject(gone));
  journal.note(salon, call, 'offers', {});
  await journal.settled();
  journal.note(salon, call, 'offers', {});
  await journal.settled();
  expect(failed).toEqual([gone, gone]);
});
