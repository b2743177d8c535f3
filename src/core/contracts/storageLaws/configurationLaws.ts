import type { CompanyConfig } from '../../model/company.ts';
import { demand, demandEqual } from '../law.ts';
import { readDuring, type StorageSentences } from './scene.ts';

const lists = ['branches', 'numbers', 'schedules', 'resources', 'services', 'keys'] as const;

/** A configuration in one order, whichever way its entities came. */
const ordered = (config: CompanyConfig | undefined): unknown =>
  config && {
    ...config,
    ...Object.fromEntries(lists.map((list) => [list, [...config[list]].sort((a, b) => (a.id < b.id ? -1 : 1))])),
    agents: [...config.agents].sort((a, b) => (a.agentId < b.agentId ? -1 : 1)),
  };

/** What a company configures. */
export const configurationLaws: StorageSentences = {
  'a configuration is read back as it was saved, with its revision': async (scene) => {
    const shop = await scene.openShop();
    const expected = { ...shop.config, revision: 1 };
    demandEqual(ordered(await scene.storage.config(shop.id)), ordered(expected), 'configuration');
    demandEqual(await scene.storage.config(scene.id()), undefined, 'configuration of a company nobody made');
  },

  'a revision counts up with each save, which replaces every field': async (scene) => {
    const shop = await scene.openShop();
    const { company, branches, numbers, agents, schedules, resources, services, keys } = shop.config;
    const policies = { ...company.policies, noticeMinutes: 7, horizonDays: 14 };
    const outcome = await shop.save(1, {
      company: { ...company, name: 'renamed', timeZone: 'Asia/Tokyo', locale: 'ja-JP', country: 'JP', policies },
      branches: branches.map((each) => ({ ...each, name: 'b', address: 'Weg 1\n10115 Berlin', scheduleId: null })),
      numbers: numbers.map((each) => ({ ...each, branchId: null, defaultServiceId: null, defaultResourceId: null })),
      agents: agents.map((each) => ({ ...each, branchId: null })),
      schedules: schedules.map((each) => ({ ...each, timeZone: 'Asia/Tokyo', weekly: [], overrides: [] })),
      resources: resources.map((each) => ({ ...each, kind: 'room' as const, capacity: 3, scheduleId: null })),
      services: services.map((each) => ({ ...each, price: null, noticeMinutes: 0, horizonDays: null, grid: 'auto' })),
      keys: keys.map((each) => ({ ...each, name: 'renamed', managed: false })),
    });
    demandEqual(outcome, { kind: 'committed', revision: 2 }, 'outcome');
    const expected = { ...shop.config, revision: 2 };
    demandEqual(ordered(await scene.storage.config(shop.id)), ordered(expected), 'configuration');
  },

  'a service keeps its resources in their order of preference': async (scene) => {
    const shop = await scene.openShop();
    for (const [revision, resourceIds] of [
      [1, [shop.anna, shop.ben]],
      [2, [shop.ben, shop.anna]],
      [3, [shop.anna]],
      [4, []],
    ] as const) {
      await shop.save(revision, { services: shop.config.services.map((each) => ({ ...each, resourceIds })) });
      const stored = await scene.storage.config(shop.id);
      demandEqual(stored?.services[0]?.resourceIds, resourceIds, `resources in revision ${revision + 1}`);
    }
  },

  'a save that expects another revision changes nothing': async (scene) => {
    const shop = await scene.openShop();
    await shop.save(1);
    const saved = shop.config;
    for (const expected of [0, 1, 3]) {
      const outcome = await shop.save(expected, { company: { ...saved.company, name: 'late' } });
      demandEqual(outcome, { kind: 'revision-conflict' }, `outcome of a save that expects revision ${expected}`);
    }
    demandEqual(ordered(await scene.storage.config(shop.id)), ordered({ ...saved, revision: 2 }), 'configuration');
    const unknown = scene.shop('unknown');
    demandEqual(await unknown.save(1), { kind: 'revision-conflict' }, 'outcome for a company that is not there');
    demandEqual(await scene.storage.config(unknown.id), undefined, 'its configuration');
  },

  'what a save leaves out is deactivated, not deleted': async (scene) => {
    const shop = await scene.openShop();
    const full = shop.config;
    const none = { branches: [], numbers: [], agents: [], schedules: [], resources: [], services: [], keys: [] };
    demandEqual(await shop.save(1, none), { kind: 'committed', revision: 2 }, 'outcome');
    const stored = await scene.storage.config(shop.id);
    for (const list of ['agents', ...lists] as const) {
      const expected = full[list].map((each) => ({ ...each, active: false }));
      const actual = stored?.[list] ?? [];
      demandEqual(
        actual.map(({ active }) => active),
        expected.map(() => false),
        `active in ${list}`,
      );
    }
    demandEqual(stored?.services[0]?.name, full.services[0]?.name, 'name of a service that was left out');
  },

  'a save may take back what was left out, and add to it': async (scene) => {
    const shop = await scene.openShop();
    const { services } = shop.config;
    await shop.save(1, { services: [] });
    const added = services.map((each) => ({ ...each, id: scene.id<typeof each.id>(), key: 'colour' }));
    await shop.save(2, { services: [...services, ...added] });
    const stored = await scene.storage.config(shop.id);
    const active = stored?.services.filter((each) => each.active).map(({ key }) => key);
    demandEqual([...(active ?? [])].sort(), ['colour', 'cut'], 'active services');
  },

  'each save leaves an event with its revision, and a refused one leaves none': async (scene) => {
    const shop = await scene.openShop();
    await shop.save(0);
    const [first, ...others] = await scene.lease();
    demandEqual(others.length, 0, 'events besides the first');
    const { name, companyId, payload, occurredMs } = first?.event ?? {};
    const expected = {
      name: 'company.changed',
      companyId: shop.id,
      payload: { revision: 1 },
      occurredMs: scene.clock.now(),
    };
    demandEqual({ name, companyId, payload, occurredMs }, expected, 'event');
    if (first) await scene.storage.maintenance.markSent('relay', first.event.id);
    const outcome = await shop.saveTold(1);
    const second = (await scene.lease()).map(({ event }) => event);
    demandEqual(
      second.map(({ payload: of }) => of),
      [{ revision: 2 }],
      'events of the second',
    );
    demandEqual(outcome.kind === 'committed' && [outcome.event], second, 'event that the save tells of');
  },

  'a company key belongs to one company': async (scene) => {
    await scene.openShop('taken');
    const other = scene.shop('other');
    const company = { ...other.config.company, key: 'taken' };
    demandEqual(await other.save(0, { company }), { kind: 'not-unique', of: 'company', value: 'taken' }, 'outcome');
    demandEqual(await scene.storage.config(other.id), undefined, 'configuration');
  },

  'an active number belongs to one company, and can be had once that one has deactivated it': async (scene) => {
    const first = await scene.openShop('first');
    const other = scene.shop('other');
    const [number] = first.config.numbers;
    if (!number) return;
    const numbers = other.config.numbers.map((each) => ({ ...each, e164: number.e164 }));
    const refused = { kind: 'not-unique', of: 'number', value: number.e164 };
    demandEqual(await other.save(0, { numbers }), refused, 'outcome while it is active');
    demandEqual(await scene.storage.config(other.id), undefined, 'configuration after the refusal');
    await first.save(1, { numbers: [{ ...number, active: false }] });
    demandEqual(await other.save(0, { numbers }), { kind: 'committed', revision: 1 }, 'outcome when it is not');
    const back = await first.save(2, { numbers: [number] });
    demandEqual(back, refused, 'outcome of the first who wants it back');
  },

  'a number that is inactive may be noted by any company': async (scene) => {
    const first = await scene.openShop('first');
    const numbers = first.config.numbers.map((each) => ({ ...each, id: scene.id<typeof each.id>(), active: false }));
    for (const key of ['second', 'third']) {
      const outcome = await scene.shop(key).save(0, { numbers });
      demandEqual(outcome, { kind: 'committed', revision: 1 }, `outcome of the ${key}`);
    }
  },

  'an agent belongs to one company, active or not': async (scene) => {
    const first = await scene.openShop('first');
    const other = scene.shop('other');
    await first.save(1, { agents: first.config.agents.map((each) => ({ ...each, active: false })) });
    const outcome = await other.save(0, { agents: first.config.agents });
    demandEqual(outcome, { kind: 'not-unique', of: 'agent', value: 'agent-first' }, 'outcome');
    demandEqual(await scene.storage.config(other.id), undefined, 'configuration');
  },

  'a secret belongs to one company': async (scene) => {
    const first = await scene.openShop('first');
    const other = scene.shop('other');
    const keys = first.config.keys.map((each) => ({ ...each, id: scene.id<typeof each.id>() }));
    const outcome = await other.save(0, { keys });
    demand(outcome.kind === 'not-unique' && outcome.of === 'apiKey', `the outcome should be not-unique of apiKey`);
    demandEqual(await scene.storage.config(other.id), undefined, 'configuration');
  },

  'a save that is not unique leaves the former configuration as it was': async (scene) => {
    await scene.openShop('first');
    const shop = await scene.openShop('second');
    const saved = shop.config;
    const agents = [{ agentId: 'agent-first', branchId: null, active: true }];
    const company = { ...saved.company, name: 'half' };
    demandEqual((await shop.save(1, { company, agents, services: [] })).kind, 'not-unique', 'outcome');
    demandEqual(ordered(await scene.storage.config(shop.id)), ordered({ ...saved, revision: 1 }), 'configuration');
  },

  'a configuration that is read while another is saved is the one or the other': async (scene) => {
    const shop = await scene.openShop();
    const rename = async (): Promise<void> => {
      for (let revision = 1; revision <= 4; revision++) {
        const name = `revision ${revision + 1}`;
        const { company, branches, services, resources } = shop.config;
        await shop.save(revision, {
          company: { ...company, name },
          branches: branches.map((each) => ({ ...each, name })),
          resources: resources.map((each) => ({ ...each, name })),
          services: services.map((each) => ({ ...each, name })),
        });
      }
    };
    const seen = await readDuring(rename, () => scene.storage.config(shop.id));
    for (const config of seen) {
      if (!config || config.revision === 1) continue;
      const named = [config.company, ...config.branches, ...config.resources, ...config.services];
      const names = [...new Set(named.map(({ name }) => name))];
      demandEqual(names, [`revision ${config.revision}`], 'names within one snapshot');
    }
  },
};
