import type { Transaction } from 'sequelize';
import type { CompanyId, DocumentQuery, DocumentStore, DocumentWrite, StoredDocument } from '../../adapter.ts';
import type { UnitOfWork } from './dialect.ts';
import { idBytes } from './ids.ts';
import { demandStorableDocument } from './keptTexts.ts';
import { reading } from './modelRow.ts';
import type { StoredRow } from './models.ts';
import type { Opened } from './opened.ts';
import { storeEvents } from './outboxProgram.ts';
import { isUniqueConstraintError } from './uniqueError.ts';

const readDocument = (row: StoredRow): StoredDocument => {
  const { text, json, int } = reading(row);
  return { id: text('id'), value: json('content'), version: int('version') };
};

const indexedIds = async (
  { models, op }: Opened,
  company_id: Buffer,
  { collection, index, after, limit }: DocumentQuery,
  transaction: Transaction,
): Promise<readonly string[]> => {
  const where = {
    company_id,
    collection,
    name: index?.name ?? '',
    content: index?.value ?? '',
    ...(after === undefined ? {} : { document_id: { [op.gt]: after } }),
  };
  const found = await models.document_indexes.findAll({
    attributes: ['document_id'],
    where,
    order: [['document_id', 'ASC']],
    limit,
    raw: true,
    transaction,
  });
  return (found as unknown as readonly StoredRow[]).map((row) => row['document_id'] as string);
};

const list = async (opened: Opened, company_id: Buffer, query: DocumentQuery): Promise<readonly StoredDocument[]> => {
  const { database, models, op } = opened;
  const { collection, index, after, limit } = query;
  const found = await database.snapshot(async (transaction) => {
    const wanted =
      index === undefined
        ? after === undefined
          ? {}
          : { id: { [op.gt]: after } }
        : { id: await indexedIds(opened, company_id, query, transaction) };
    const where = { company_id, collection, ...wanted };
    return models.documents.findAll({ where, order: [['id', 'ASC']], limit, raw: true, transaction });
  });
  return (found as unknown as readonly StoredRow[]).map(readDocument);
};

/** Writes the document and the values it is found by; undefined when its version is not the one expected. */
const write = async (
  { models }: Opened,
  { transaction, nowMs, run }: UnitOfWork,
  company_id: Buffer,
  { collection, id, value, indexes, expectedVersion, events = [] }: DocumentWrite,
): Promise<number | undefined> => {
  const where = { company_id, collection, id };
  const lock = transaction.LOCK.UPDATE;
  const present = (await models.documents.findOne({
    where,
    raw: true,
    transaction,
    lock,
  })) as unknown as StoredRow | null;
  const stored = present === null ? 0 : readDocument(present).version;
  if (expectedVersion !== undefined && expectedVersion !== stored) return undefined;
  const row = { content: JSON.stringify(value), version: stored + 1 };
  if (present === null) await models.documents.create({ ...where, ...row }, { transaction });
  else {
    await models.documents.update(row, { where, transaction });
    await models.document_indexes.destroy({ where: { company_id, collection, document_id: id }, transaction });
  }
  const entries = Object.entries(indexes);
  const found = entries.map(([name, content]) => ({ company_id, collection, name, content, document_id: id }));
  if (found.length > 0) await models.document_indexes.bulkCreate(found, { transaction });
  if (events.length > 0) await run(storeEvents(company_id, events, nowMs));
  return stored + 1;
};

/** Attempts to make a document that others make at the same time. */
const attempts = 3;

const put = async (opened: Opened, company_id: Buffer, document: DocumentWrite): Promise<number | undefined> => {
  const { database } = opened;
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.transact(
        (unit) => write(opened, unit, company_id, document),
        (version) => version !== undefined,
      );
    } catch (error) {
      // Two writers made the same document at once: the second begins again and finds it.
      if (!isUniqueConstraintError(error) || attempt === attempts) throw error;
    }
  }
};

const remove = ({ database, models }: Opened, company_id: Buffer, collection: string, id: string): Promise<boolean> =>
  database.transact(
    async ({ transaction }) => {
      await models.document_indexes.destroy({ where: { company_id, collection, document_id: id }, transaction });
      return (await models.documents.destroy({ where: { company_id, collection, id }, transaction })) > 0;
    },
    (deleted) => deleted,
  );

/** Documents of plugins on two tables: their content, and the values they are found by. */
export const documentStore = (opened: () => Opened): DocumentStore => ({
  get: async (company: CompanyId, collection, id) => {
    const { database, models } = opened();
    const where = { company_id: idBytes(company), collection, id };
    const row = await database.snapshot((transaction) => models.documents.findOne({ where, raw: true, transaction }));
    return row === null ? undefined : readDocument(row as unknown as StoredRow);
  },
  list: async (company, query) => list(opened(), idBytes(company), query),
  put: async (company, document) => {
    demandStorableDocument(document);
    return put(opened(), idBytes(company), document);
  },
  delete: async (company, collection, id) => remove(opened(), idBytes(company), collection, id),
});
