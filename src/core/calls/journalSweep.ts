import type { Directory } from '../contracts/directory.ts';
import type { DocumentStore } from '../contracts/documents.ts';
import type { CompanyId } from '../model/ids.ts';
import { uuidTimeMs } from '../model/uuid.ts';
import { JOURNAL } from './journal.ts';

interface Deps {
  readonly documents: Pick<DocumentStore, 'list' | 'delete'>;
  readonly directory: Pick<Directory, 'companies'>;
  readonly now: () => number;
}

/** Takes away what is kept of calls that began before the time that journals are kept, up to `limit` documents a company. */
export async function sweepJournals(
  { documents, directory, now }: Deps,
  keepMs: number,
  limit: number,
): Promise<boolean> {
  const before = now() - keepMs;
  let more = false;
  for (const { id } of await directory.companies()) {
    const taken = await sweepCompany(documents, id, before, limit);
    more ||= taken === limit;
  }
  return more;
}

async function sweepCompany(
  documents: Deps['documents'],
  company: CompanyId,
  beforeMs: number,
  limit: number,
): Promise<number> {
  // Ids begin with those of calls, and these with the time at which they were made: the oldest come first.
  const oldest = await documents.list(company, { collection: JOURNAL, limit });
  let taken = 0;
  for (const { id } of oldest) {
    const madeMs = uuidTimeMs(id);
    if (madeMs !== undefined && madeMs >= beforeMs) return taken;
    await documents.delete(company, JOURNAL, id);
    taken++;
  }
  return taken;
}
