import type { Directory } from '../../../src/core/contracts/directory.ts';
import { broken, replaced, type BrokenAdapter, type Ground } from './brokenAdapter.ts';

const brokenDirectory = (
  fault: string,
  aim: string,
  faulty: (real: Directory, ground: Ground) => Partial<Directory>,
): BrokenAdapter =>
  broken(fault, aim, (ground) =>
    replaced(ground.real, { directory: replaced(ground.real.directory, faulty(ground.real.directory, ground)) }),
  );

/** Turns a flag on wherever it is off, for the time of one look. */
async function whileAll<T>({ raw }: Ground, table: string, look: () => Promise<T>): Promise<T> {
  const off = raw.prepare(`SELECT rowid FROM ${table} WHERE active = 0`).all() as { rowid: number }[];
  raw.exec(`UPDATE ${table} SET active = 1`);
  try {
    return await look();
  } finally {
    for (const { rowid } of off) raw.prepare(`UPDATE ${table} SET active = 0 WHERE rowid = ?`).run(rowid);
  }
}

/** Faults in the way from outside to a company. */
export const directoryFaults: readonly BrokenAdapter[] = [
  brokenDirectory(
    'forgets the defaults of a number',
    'a number leads to its company, its branch and its defaults',
    (real) => ({
      number: async (e164) => {
        const entry = await real.number(e164);
        return entry && { ...entry, defaultServiceId: null, defaultResourceId: null };
      },
    }),
  ),
  brokenDirectory(
    'looks numbers up by their last six digits',
    'a number is found by its whole E.164 and nothing near it',
    (real, { raw }) => ({
      number: async (e164) => {
        const found = raw.prepare('SELECT e164 FROM phone_numbers WHERE e164 LIKE ? ORDER BY active DESC');
        const { e164: whole } = (found.get(`%${e164.slice(-6)}`) ?? {}) as { e164?: string };
        return real.number(whole ?? e164);
      },
    }),
  ),
  ...(['branches', 'companies'] as const).map((table) =>
    brokenDirectory(
      `ignores whether the ${table} of a number are active`,
      'a number is active while it, its branch and its company are',
      (real, ground) => ({ number: (e164) => whileAll(ground, table, () => real.number(e164)) }),
    ),
  ),
  brokenDirectory(
    'answers for a number by whoever noted it first',
    'of a number that several companies note the active one answers',
    (real, { raw }) => ({
      number: async (e164) => {
        const first = raw.prepare('SELECT active FROM phone_numbers WHERE e164 = ? ORDER BY rowid').get(e164);
        const entry = await real.number(e164);
        return entry && { ...entry, active: entry.active && first?.['active'] === 1 };
      },
    }),
  ),
  brokenDirectory(
    'compares agents without case and blanks',
    'an agent leads to its company and branch, by its whole id',
    (real) => ({ agent: (id) => real.agent(id.toLowerCase().trim()) }),
  ),
  brokenDirectory(
    'takes every agent for active',
    'an agent is active while it, its branch and its company are',
    (real) => ({
      agent: async (id) => {
        const entry = await real.agent(id);
        return entry && { ...entry, active: true };
      },
    }),
  ),
  ...(['api_keys', 'companies'] as const).map((table) =>
    brokenDirectory(
      `takes a credential without looking whether its ${table} are active`,
      'a credential is the active key of an active company, by its whole hash',
      (real, ground) => ({ credential: (hash) => whileAll(ground, table, () => real.credential(hash)) }),
    ),
  ),
  brokenDirectory('finds calls of any provider', 'a call of a provider leads to its company', (real) => ({
    providerCall: async (_, id) => (await real.providerCall('acme', id)) ?? real.providerCall('other', id),
  })),
  brokenDirectory(
    'finds companies only while they are active',
    'a company is found by its whole key, active or not',
    (real, { real: storage }) => ({
      companyByKey: async (key) => {
        const id = await real.companyByKey(key);
        return id && (await storage.config(id))?.company.active ? id : undefined;
      },
    }),
  ),
  brokenDirectory(
    'lists companies in the order of their names backwards',
    'all companies are listed in the order of their keys, active or not',
    (real) => ({ companies: async () => [...(await real.companies())].reverse() }),
  ),
  brokenDirectory(
    'lists only companies that are active',
    'all companies are listed in the order of their keys, active or not',
    (real, { real: storage }) => ({
      companies: async () => {
        const all = await real.companies();
        const active = await Promise.all(all.map(async ({ id }) => (await storage.config(id))?.company.active));
        return all.filter((_, i) => active[i]);
      },
    }),
  ),
  brokenDirectory(
    'begins every page of companies anew',
    'companies are listed page by page, each of them once',
    (real) => ({
      companies: (query = {}) => real.companies({ ...query, after: undefined }),
    }),
  ),
  brokenDirectory(
    'lists more companies than a page has',
    'companies are listed page by page, each of them once',
    (real) => ({
      companies: (query = {}) => real.companies({ ...query, limit: undefined }),
    }),
  ),
];
