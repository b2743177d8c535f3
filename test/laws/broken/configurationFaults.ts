import type { ConfigOutcome, Storage } from '../../../src/core/contracts/storage.ts';
import { nextTurn } from '../../../src/core/contracts/storageLaws/scene.ts';
import type { CompanyConfig } from '../../../src/core/model/company.ts';
import { broken, replaced, type BrokenAdapter, type Ground } from './brokenAdapter.ts';

const brokenConfig = (fault: string, aim: string, change: (config: CompanyConfig) => CompanyConfig): BrokenAdapter =>
  broken(fault, aim, ({ real }) =>
    replaced(real, {
      config: async (company) => {
        const config = await real.config(company);
        return config && change(config);
      },
    }),
  );

type Save = (config: CompanyConfig, expectedRevision: number) => Promise<ConfigOutcome>;

const brokenSave = (
  fault: string,
  aim: string,
  faulty: (asked: {
    readonly config: CompanyConfig;
    readonly expected: number;
    /** What is stored when it is asked for. */
    readonly stored: () => Promise<CompanyConfig | undefined>;
    readonly really: Save;
    readonly ground: Ground;
  }) => Promise<ConfigOutcome>,
): BrokenAdapter =>
  broken(fault, aim, (ground) => {
    const saveConfig: Storage['saveConfig'] = async (company, config, expected, removed) => {
      const stored = (): Promise<CompanyConfig | undefined> => ground.real.config(company);
      const really: Save = (...instead) => ground.real.saveConfig(company, ...instead, removed);
      return faulty({ config, expected, stored, really, ground });
    };
    return replaced(ground.real, { saveConfig });
  });

/** An adapter that gets round one of the keys that are unique over all companies. */
const evades = (
  of: string,
  fault: string,
  aim: string,
  change: (config: CompanyConfig) => Partial<CompanyConfig>,
): BrokenAdapter =>
  brokenSave(fault, aim, async ({ config, expected, really }) => {
    const outcome = await really(config, expected);
    return outcome.kind === 'not-unique' && outcome.of === of
      ? really({ ...config, ...change(config) }, expected)
      : outcome;
  });

/** What an entity is stored by. */
const keyOf = (entity: object): unknown => ('id' in entity ? entity.id : 'agentId' in entity ? entity.agentId : entity);

const lists = ['branches', 'numbers', 'agents', 'schedules', 'resources', 'services', 'keys'] as const;

/** Faults in configurations. */
export const configurationFaults: readonly BrokenAdapter[] = [
  ...(['branches', 'resources', 'services'] as const).map((list) =>
    brokenConfig(
      `forgets the policies of ${list}`,
      'a configuration is read back as it was saved, with its revision',
      (config) => ({
        ...config,
        [list]: config[list].map(({ policies: _, ...entity }) => entity),
      }),
    ),
  ),
  brokenConfig(
    'forgets exceptions of schedules',
    'a configuration is read back as it was saved, with its revision',
    (config) => ({
      ...config,
      schedules: config.schedules.map((each) => ({ ...each, overrides: [] })),
    }),
  ),
  brokenSave(
    'keeps the first policies',
    'a revision counts up with each save, which replaces every field',
    async ({ config, expected, stored, really }) => {
      const before = expected === 0 ? undefined : await stored();
      const policies = before?.company.policies ?? config.company.policies;
      return really({ ...config, company: { ...config.company, policies } }, expected);
    },
  ),
  brokenConfig(
    'sorts the resources of a service',
    'a service keeps its resources in their order of preference',
    (config) => ({
      ...config,
      services: config.services.map((each) => ({ ...each, resourceIds: [...each.resourceIds].sort() })),
    }),
  ),
  brokenSave(
    'saves over any revision',
    'a save that expects another revision changes nothing',
    async ({ config, expected, stored, really }) => {
      const before = await stored();
      const outcome = await really(config, expected);
      return outcome.kind === 'revision-conflict' && before ? really(config, before.revision) : outcome;
    },
  ),
  brokenSave(
    'leaves active what a save leaves out',
    'what a save leaves out is deactivated, not deleted',
    async ({ config, expected, stored, really }) => {
      const before = expected === 0 ? undefined : await stored();
      const merged = Object.fromEntries(
        lists.map((list) => {
          const kept = new Set(config[list].map(keyOf));
          return [list, [...config[list], ...(before?.[list] ?? []).filter((each) => !kept.has(keyOf(each)))]];
        }),
      );
      return really({ ...config, ...merged }, expected);
    },
  ),
  brokenConfig('deletes what a save leaves out', 'what a save leaves out is deactivated, not deleted', (config) => ({
    ...config,
    ...Object.fromEntries(lists.map((list) => [list, config[list].filter(({ active }) => active)])),
  })),
  brokenSave(
    'adds no service to a company that is there',
    'a save may take back what was left out, and add to it',
    async ({ config, expected, stored, really }) => {
      const before = expected === 0 ? undefined : await stored();
      const known = new Set(before?.services.map(({ id }) => id));
      return really({ ...config, services: config.services.filter(({ id }) => !before || known.has(id)) }, expected);
    },
  ),
  brokenSave(
    'tells nobody of a new configuration',
    'each save leaves an event with its revision, and a refused one leaves none',
    async ({ config, expected, really, ground }) => {
      const outcome = await really(config, expected);
      ground.raw.exec("DELETE FROM outbox WHERE name = 'company.changed'");
      return outcome;
    },
  ),
  evades('company', 'lets two companies have one key', 'a company key belongs to one company', ({ company }) => ({
    company: { ...company, key: `${company.key}-2` },
  })),
  evades(
    'number',
    'drops an active number that another company has',
    'an active number belongs to one company, and can be had once that one has deactivated it',
    () => ({ numbers: [] }),
  ),
  brokenSave(
    'counts inactive numbers as taken',
    'a number that is inactive may be noted by any company',
    async ({ config, expected, really, ground }) => {
      for (const { e164 } of config.numbers) {
        const entry = await ground.real.directory.number(e164);
        if (entry && entry.company.id !== config.company.id) return { kind: 'not-unique', of: 'number', value: e164 };
      }
      return really(config, expected);
    },
  ),
  evades('agent', 'drops an agent that another company has', 'an agent belongs to one company, active or not', () => ({
    agents: [],
  })),
  evades('apiKey', 'drops a secret that another company has', 'a secret belongs to one company', () => ({ keys: [] })),
  brokenSave(
    'keeps the new name of a company whose save is not unique',
    'a save that is not unique leaves the former configuration as it was',
    async ({ config, expected, stored, really, ground }) => {
      const outcome = await really(config, expected);
      const before = outcome.kind === 'not-unique' ? await stored() : undefined;
      if (before)
        ground.raw
          .prepare('UPDATE companies SET name = ? WHERE company_key = ?')
          .run(config.company.name, before.company.key);
      return outcome;
    },
  ),
  broken(
    'reads a configuration in two parts',
    'a configuration that is read while another is saved is the one or the other',
    ({ real }) =>
      replaced(real, {
        config: async (company) => {
          const first = await real.config(company);
          for (let turn = 0; turn < 5; turn++) await nextTurn();
          const second = await real.config(company);
          return first && second && { ...second, revision: first.revision, company: first.company };
        },
      }),
  ),
];
