import type { Storage } from '../../../src/core/contracts/storage.ts';
import type { WalkedKind, WalkQuery } from '../../../src/core/contracts/walk.ts';
import type { CompanyId } from '../../../src/core/model/ids.ts';
import { broken, replaced, type BrokenAdapter } from './brokenAdapter.ts';

const whole = 'a walk tells every row of a kind as it was stored, ordered by id, page after page';

/** An adapter that walks otherwise. */
const brokenWalk = (
  fault: string,
  aim: string,
  walk: (real: Storage, company: CompanyId, kind: WalkedKind, query: WalkQuery) => Promise<readonly unknown[]>,
): BrokenAdapter =>
  broken(fault, aim, ({ real }) =>
    replaced(real, {
      walk: (async (company: CompanyId, kind: WalkedKind, query: WalkQuery) =>
        walk(real, company, kind, query)) as Storage['walk'],
    }),
  );

/** Faults in walks through all rows. */
export const walkFaults: readonly BrokenAdapter[] = [
  brokenWalk('walks on with a page that is longer than asked for', whole, (real, company, kind, query) =>
    real.walk(company, kind, { ...query, limit: query.limit + 1 }),
  ),
  brokenWalk('walks past a row between two pages', whole, async (real, company, kind, query) => {
    const page = await real.walk(company, kind, { ...query, limit: query.limit + 1 });
    return query.after === undefined ? page.slice(0, query.limit) : page.slice(1);
  }),
  brokenWalk('walks through calls without what was said', whole, async (real, company, kind, query) => {
    const page = await real.walk(company, kind, query);
    return kind === 'calls' ? page.map((row) => ({ ...row, transcript: null })) : page;
  }),
  brokenWalk(
    'walks through appointments by their start',
    'a walk meets a row once, however it is changed meanwhile',
    async (real, company, kind, query) => {
      if (kind !== 'appointments') return real.walk(company, kind, query);
      const { after, limit } = query;
      const last = after === undefined ? undefined : await real.appointment(company, after as never);
      return real.appointments(company, { limit, after: last && { startMs: last.startMs, id: last.id } });
    },
  ),
];
