import type { ConfigRemoval, Storage } from '../../../src/core/contracts/storage.ts';
import type { CompanyConfig } from '../../../src/core/model/company.ts';
import type { CompanyId } from '../../../src/core/model/ids.ts';
import { broken, replaced, stored, type BrokenAdapter, type Ground } from './brokenAdapter.ts';

interface Asked extends Ground {
  readonly company: CompanyId;
  readonly config: CompanyConfig;
  readonly expected: number;
  readonly removed: readonly ConfigRemoval[];
}

/** An adapter whose only fault is in what it deletes of a configuration. */
const brokenRemoval = (
  fault: string,
  aim: string,
  faulty: (asked: Asked) => ReturnType<Storage['saveConfig']>,
): BrokenAdapter =>
  broken(fault, aim, (ground) => {
    const saveConfig: Storage['saveConfig'] = (company, config, expected, removed) =>
      removed === undefined
        ? ground.real.saveConfig(company, config, expected)
        : faulty({ ...ground, company, config, expected, removed });
    return replaced(ground.real, { saveConfig });
  });

/** An adapter whose only fault is in how it deletes a company. */
const brokenGoodbye = (
  fault: string,
  aim: string,
  faulty: (ground: Ground, company: CompanyId, expected: number) => ReturnType<Storage['removeCompany']>,
): BrokenAdapter =>
  broken(fault, aim, (ground) =>
    replaced(ground.real, { removeCompany: (company, expected) => faulty(ground, company, expected) }),
  );

const tables = {
  branches: 'branches',
  numbers: 'phone_numbers',
  agents: 'agents',
  schedules: 'schedules',
  resources: 'resources',
  services: 'services',
  keys: 'api_keys',
} as const;

/** Deletes by hand, without a look at who names it. */
const cut = ({ raw, company }: Pick<Asked, 'raw' | 'company'>, { list, id }: ConfigRemoval): void =>
  void (list === 'agents'
    ? raw.prepare('DELETE FROM agents WHERE company_id = ? AND agent_id = ?').run(stored(company), id)
    : raw.prepare(`DELETE FROM ${tables[list]} WHERE company_id = ? AND id = ?`).run(stored(company), stored(id)));

const free = 'a number, an agent and a secret that are removed can be had by another company';
const used = 'a company of which somebody has booked, held, called or is known is not removed';

/** Faults in what is deleted. */
export const removalFaults: readonly BrokenAdapter[] = [
  brokenRemoval(
    'only deactivates what is to be removed',
    'what a save removes is gone, and everything else is as it was',
    ({ real, company, config, expected }) => real.saveConfig(company, config, expected),
  ),
  brokenRemoval(
    'removes no schedules',
    'all that a company has configured can be removed, each from its list',
    ({ real, company, config, expected, removed }) =>
      real.saveConfig(
        company,
        config,
        expected,
        removed.filter(({ list }) => list !== 'schedules'),
      ),
  ),
  brokenRemoval('keeps the agents that are removed', free, ({ real, company, config, expected, removed }) =>
    real.saveConfig(
      company,
      config,
      expected,
      removed.filter(({ list }) => list !== 'agents'),
    ),
  ),
  brokenRemoval(
    'removes what appointments name',
    'what an appointment names is not removed, whatever its status, and nothing changes',
    async (asked) => {
      const { real, company, config, expected, removed } = asked;
      const outcome = await real.saveConfig(company, config, expected, removed);
      if (outcome.kind !== 'in-use' || outcome.by !== 'appointments') return outcome;
      removed.forEach((removal) => cut(asked, removal));
      return real.saveConfig(company, config, expected);
    },
  ),
  brokenRemoval(
    'removes what holds name',
    'what a live hold names is not removed until the hold has lapsed',
    async (asked) => {
      const { real, company, config, expected, removed } = asked;
      const outcome = await real.saveConfig(company, config, expected, removed);
      if (outcome.kind !== 'in-use' || outcome.by !== 'holds') return outcome;
      removed.forEach((removal) => cut(asked, removal));
      return real.saveConfig(company, config, expected);
    },
  ),
  brokenRemoval(
    'takes everybody for booked where somebody is',
    'somebody whom no booking names can be removed beside one who is booked',
    async ({ real, company, config, expected, removed }) => {
      const [booked] = await real.appointments(company, { limit: 1 });
      const [first] = removed;
      return booked !== undefined && first !== undefined
        ? { kind: 'in-use', id: first.id, by: 'appointments' }
        : real.saveConfig(company, config, expected, removed);
    },
  ),
  brokenRemoval('removes before it looks whether it may', 'a save that is refused removes nothing', async (asked) => {
    const { real, company, config, expected, removed } = asked;
    const outcome = await real.saveConfig(company, config, expected, removed);
    if (outcome.kind === 'revision-conflict' || outcome.kind === 'not-unique')
      removed.forEach((removal) => cut(asked, removal));
    return outcome;
  }),
  brokenGoodbye(
    'leaves the documents of a company that is removed',
    'a company that is removed leaves nothing, and all its keys are free',
    async ({ real, raw }, company, expected) => {
      const documents = raw.prepare('SELECT * FROM documents WHERE company_id = ?').all(stored(company));
      const outcome = await real.removeCompany(company, expected);
      for (const { company_id, collection, id, content, version } of outcome.kind === 'committed' ? documents : [])
        raw
          .prepare('INSERT INTO documents (company_id, collection, id, content, version) VALUES (?, ?, ?, ?, ?)')
          .run(company_id ?? null, collection ?? null, id ?? null, content ?? null, version ?? null);
      return outcome;
    },
  ),
  brokenGoodbye(
    'says nothing of a company that is removed',
    'the removal of a company leaves an event behind the others, and a refused one leaves none',
    async ({ real, raw }, company, expected) => {
      const outcome = await real.removeCompany(company, expected);
      raw.prepare("DELETE FROM outbox WHERE name = 'company.removed'").run();
      return outcome;
    },
  ),
  brokenGoodbye(
    'removes a company in any revision',
    'a company is removed only in the revision that is expected',
    async ({ real }, company, expected) =>
      real.removeCompany(company, (await real.config(company))?.revision ?? expected),
  ),
  brokenGoodbye('removes a company that somebody has called', used, async ({ real, raw }, company, expected) => {
    const outcome = await real.removeCompany(company, expected);
    if (outcome.kind !== 'in-use' || outcome.by !== 'calls') return outcome;
    raw.prepare('DELETE FROM calls WHERE company_id = ?').run(stored(company));
    return real.removeCompany(company, expected);
  }),
];
