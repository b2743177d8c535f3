import type { DocumentStore, DocumentWrite } from '../../../src/core/contracts/documents.ts';
import type { Storage } from '../../../src/core/contracts/storage.ts';
import { EngineError } from '../../../src/core/errors.ts';
import { broken, replaced, type BrokenAdapter } from './brokenAdapter.ts';

const brokenDocuments = (
  fault: string,
  aim: string,
  faulty: (real: DocumentStore) => Partial<DocumentStore>,
): BrokenAdapter =>
  broken(fault, aim, ({ real }) => replaced(real, { documents: replaced(real.documents, faulty(real.documents)) }));

const brokenCalls = (fault: string, aim: string, faulty: (real: Storage) => Partial<Storage>): BrokenAdapter =>
  broken(fault, aim, ({ real }) => replaced(real, faulty(real)));

const keptTexts =
  'a document is refused by the field that a database would keep as another text, and nothing of it is stored';

/** What databases make of texts that they cannot keep. */
const left = (text: string): string => (text.split('\0')[0] ?? '').toWellFormed();
const cut = ({ collection, id, indexes, events = [] }: DocumentWrite): Partial<DocumentWrite> => ({
  collection: left(collection),
  id: left(id),
  indexes: Object.fromEntries(Object.entries(indexes).map((entry) => entry.map(left))) as DocumentWrite['indexes'],
  events: events.map((event) => ({ ...event, name: left(event.name), aggregate: left(event.aggregate) })) as never,
});

/** Faults in documents and calls. */
export const documentFaults: readonly BrokenAdapter[] = [
  brokenCalls('cuts transcripts after 65,535 characters', 'a call is read back as it was saved', (real) => ({
    saveCall: (company, call, version, names) =>
      real.saveCall(company, { ...call, transcript: call.transcript?.slice(0, 65_535) ?? null }, version, names),
  })),
  brokenCalls(
    'compares call ids without case and blanks',
    'a call is found by provider and id, both to the last character',
    (real) => ({
      call: (company, provider, id) => real.call(company, provider.toLowerCase(), id.toLowerCase().trim()),
    }),
  ),
  brokenCalls('saves a call over any version', 'a call is saved only over the version expected', (real) => ({
    saveCall: async (company, call, expected) => {
      const version = (await real.call(company, call.provider, call.providerCallId))?.version ?? expected;
      return real.saveCall(company, call, version);
    },
  })),
  brokenCalls(
    'tells of success when a call belongs to another company',
    'a call of one company is not saved for another',
    (real) => ({
      saveCall: async (company, call, expected, names) =>
        (await real.saveCall(company, call, expected, names)) ||
        ![undefined, company].includes(await real.directory.providerCall(call.provider, call.providerCallId)),
    }),
  ),
  brokenCalls(
    'saves a call whatever it names',
    'a call is saved where all that it has to name is there, else not at all',
    (real) => ({ saveCall: (company, call, expected) => real.saveCall(company, call, expected) }),
  ),
  brokenDocuments('takes null for nothing', 'a document is read back as the JSON that was put', (real) => ({
    get: async (...key) => {
      const document = await real.get(...key);
      return document?.value === null ? undefined : document;
    },
  })),
  brokenDocuments('counts no versions', 'the version of a document counts up with each change', (real) => ({
    get: async (...key) => {
      const document = await real.get(...key);
      return document && { ...document, version: 1 };
    },
  })),
  brokenDocuments('puts over any version', 'a document is put only over the version expected', (real) => ({
    put: (company, write) => real.put(company, { ...write, expectedVersion: undefined }),
  })),
  brokenDocuments(
    'finds by the value of any index',
    'documents are found by their indexes, each by name and value',
    (real) => ({
      list: async (company, query) => {
        const { index } = query;
        if (!index) return real.list(company, query);
        const found = await Promise.all(
          ['slot', 'who', 'all'].map((name) => real.list(company, { ...query, index: { name, value: index.value } })),
        );
        return [...new Map(found.flat().map((each) => [each.id, each])).values()].slice(0, query.limit);
      },
    }),
  ),
  broken('keeps old indexes', 'a change of a document changes what it is found by', ({ real, raw }) =>
    replaced(real, {
      documents: replaced(real.documents, {
        put: async (company, write) => {
          const rows = raw.prepare('SELECT * FROM document_indexes WHERE document_id = ?').all(write.id);
          const version = await real.documents.put(company, write);
          const keep = raw.prepare('INSERT OR IGNORE INTO document_indexes VALUES (?, ?, ?, ?, ?)');
          const column = (row: (typeof rows)[number], name: string) => row[name] ?? null;
          for (const row of version === undefined ? [] : rows)
            keep.run(
              ...(['company_id', 'collection', 'name', 'content', 'document_id'] as const).map((name) =>
                column(row, name),
              ),
            );
          return version;
        },
      }),
    }),
  ),
  broken(
    'indexes a document that it does not put',
    'a document that was not put is not found by its indexes',
    ({ real, raw }) =>
      replaced(real, {
        documents: replaced(real.documents, {
          put: async (company, write) => {
            const version = await real.documents.put(company, write);
            if (version === undefined)
              raw
                .prepare('UPDATE document_indexes SET content = ? WHERE document_id = ?')
                .run(write.indexes['slot'] ?? '', write.id);
            return version;
          },
        }),
      }),
  ),
  brokenDocuments(
    'puts documents without their events',
    'events beside a document are in the outbox once it is put, in their order, and not where it is not',
    (real) => ({ put: (company, write) => real.put(company, { ...write, events: [] }) }),
  ),
  broken(
    'sends events of documents that it does not put',
    'events beside a document are in the outbox once it is put, in their order, and not where it is not',
    ({ real }) =>
      replaced(real, {
        documents: replaced(real.documents, {
          put: async (company, { events = [], ...write }) => {
            await real.write(company, { events: events as never });
            return real.documents.put(company, write);
          },
        }),
      }),
  ),
  brokenCalls('takes a call’s id for the provider’s', 'a call is found by its own id as well', (real) => ({
    callById: (company, id) => real.call(company, 'acme', id),
  })),
  brokenDocuments('deletes nothing', 'a deleted document is gone, and so is what it was found by', (real) => ({
    delete: async (...key) => (await real.get(...key)) !== undefined,
  })),
  brokenDocuments(
    'lists documents without regard to case',
    'documents are listed by id, page by page, with and without an index',
    (real) => ({
      list: async (...input) =>
        [...(await real.list(...input))].sort((a, b) => (a.id.toLowerCase() < b.id.toLowerCase() ? -1 : 1)),
    }),
  ),
  brokenDocuments(
    'compares document ids without case and blanks',
    'documents are told apart to the last character of collection and id',
    (real) => ({
      get: (company, collection, id) => real.get(company, collection, id.toLowerCase().trim()),
      put: (company, write) => real.put(company, { ...write, id: write.id.toLowerCase().trim() }),
    }),
  ),
  brokenDocuments('keeps documents by what is left of their texts', keptTexts, (real) => ({
    put: (company, write) => real.put(company, { ...write, ...cut(write) }),
  })),
  brokenDocuments('looks at the ids of documents alone for what it cannot keep', keptTexts, (real) => ({
    put: (company, write) => real.put(company, { ...write, ...cut(write), id: write.id }),
  })),
  brokenDocuments('stores a document before it refuses its texts', keptTexts, (real) => ({
    put: async (company, write) => {
      try {
        return await real.put(company, write);
      } catch (error) {
        await real.put(company, { ...write, ...cut(write) });
        throw error;
      }
    },
  })),
  brokenDocuments('refuses documents without a word about the field', keptTexts, (real) => ({
    put: (company, write) =>
      real.put(company, write).catch((error: unknown) => {
        throw error instanceof EngineError ? new EngineError(error.code, 'it cannot be kept.') : error;
      }),
  })),
];
