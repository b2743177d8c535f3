import type { AppointmentQuery } from '../../contracts/lists.ts';
import type { Storage } from '../../contracts/storage.ts';
import type { WalkedKind, WalkedRows } from '../../contracts/walk.ts';
import type { Appointment } from '../../model/appointment.ts';
import type { CompanyId } from '../../model/ids.ts';
import type { ExportRange } from './exports.ts';

/** What exports read from. */
export type ExportStorage = Pick<Storage, 'walk' | 'appointments'>;

/** Rows of one read. Calls bring their transcripts along. */
const PAGE_ROWS: Readonly<Record<WalkedKind, number>> = { appointments: 500, customers: 1000, calls: 100 };

/** Pages of rows, each read only when it is asked for. */
export type Pages<K extends WalkedKind> = AsyncGenerator<readonly WalkedRows[K][], void, undefined>;

/** All rows of a kind, or those of a range, page by page. */
export function pagesOf<K extends WalkedKind>(
  storage: ExportStorage,
  company: CompanyId,
  kind: K,
  range: ExportRange,
): Pages<K> {
  const { fromMs, toMs } = range;
  if (fromMs === undefined && toMs === undefined) return walked(storage, company, kind);
  if (kind === 'appointments') return byStart(storage, company, range) as Pages<K>;
  return kind === 'calls' ? (callsWithin(storage, company, range) as Pages<K>) : walked(storage, company, kind);
}

/** The rows of pages, one by one. */
export async function* rowsOf<T>(pages: AsyncIterable<readonly T[]>): AsyncGenerator<T, void, undefined> {
  for await (const page of pages) yield* page;
}

async function* walked<K extends WalkedKind>(storage: ExportStorage, company: CompanyId, kind: K): Pages<K> {
  const limit = PAGE_ROWS[kind];
  let after: string | undefined;
  for (;;) {
    await othersTurn();
    const page = await storage.walk(company, kind, { after, limit, mayLag: true });
    if (page.length > 0) yield page;
    if (page.length < limit) return;
    after = page.at(-1)?.id;
  }
}

async function* byStart(storage: ExportStorage, company: CompanyId, range: ExportRange): Pages<'appointments'> {
  const limit = PAGE_ROWS.appointments;
  const { fromMs, toMs } = range;
  let after: AppointmentQuery['after'];
  for (;;) {
    await othersTurn();
    const page: readonly Appointment[] = await storage.appointments(company, {
      fromMs,
      toMs,
      after,
      limit,
      mayLag: true,
    });
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (page.length < limit || last === undefined) return;
    after = { startMs: last.startMs, id: last.id };
  }
}

/** Calls have no index by time: all are looked through, and a call that never began counts by when it last changed. */
async function* callsWithin(
  storage: ExportStorage,
  company: CompanyId,
  { fromMs = -Infinity, toMs = Infinity }: ExportRange,
): Pages<'calls'> {
  for await (const page of walked(storage, company, 'calls')) {
    const within = page.filter(({ startedMs, updatedMs }) => {
      const atMs = startedMs ?? updatedMs;
      return atMs >= fromMs && atMs < toMs;
    });
    if (within.length > 0) yield within;
  }
}

/** A database in this thread answers at once: without this, nobody else would have a turn until the last row. */
const othersTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
