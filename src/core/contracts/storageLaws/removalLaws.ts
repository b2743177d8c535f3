import type { CompanyConfig } from '../../model/company.ts';
import { demand, demandEqual } from '../law.ts';
import type { ConfigRemoval } from '../storage.ts';
import type { Scene, StorageSentences } from './scene.ts';
import type { Shop } from './shop.ts';

/** Everything that a shop configures. */
const all = ({ config }: Shop): readonly ConfigRemoval[] => [
  ...config.branches.map(({ id }) => ({ list: 'branches', id }) as const),
  ...config.numbers.map(({ id }) => ({ list: 'numbers', id }) as const),
  ...config.agents.map(({ agentId }) => ({ list: 'agents', id: agentId }) as const),
  ...config.schedules.map(({ id }) => ({ list: 'schedules', id }) as const),
  ...config.resources.map(({ id }) => ({ list: 'resources', id }) as const),
  ...config.services.map(({ id }) => ({ list: 'services', id }) as const),
  ...config.keys.map(({ id }) => ({ list: 'keys', id }) as const),
];

const counts = (config: CompanyConfig | undefined): unknown =>
  config && [
    config.branches.length,
    config.numbers.length,
    config.agents.length,
    config.schedules.length,
    config.resources.length,
    config.services.length,
    config.keys.length,
  ];

/** What bookings can name. */
const nameable = (shop: Shop): readonly ConfigRemoval[] => [
  { list: 'branches', id: shop.branchId },
  { list: 'services', id: shop.serviceId },
  { list: 'resources', id: shop.anna },
];

const demandKept = async (scene: Scene, shop: Shop, revision: number, by: string): Promise<void> => {
  for (const removal of nameable(shop)) {
    const outcome = await shop.saveWithout(revision, [removal]);
    demandEqual(outcome, { kind: 'in-use', id: removal.id, by }, `outcome for one of the ${removal.list}`);
  }
  const stored = await scene.storage.config(shop.id);
  demandEqual([stored?.revision, counts(stored)], [revision, [1, 1, 1, 1, 2, 1, 1]], 'configuration');
};

/** What a company deletes, and how it is deleted itself. */
export const removalLaws: StorageSentences = {
  'what a save removes is gone, and everything else is as it was': async (scene) => {
    const shop = await scene.openShop();
    const { services, resources } = shop.config;
    const before = await scene.storage.config(shop.id);
    const spare = services.map((each) => ({ ...each, id: scene.id<typeof each.id>(), key: 'spare' }));
    await shop.save(1, { services: [...services, ...spare] });
    const removed = [
      ...spare.map(({ id }) => ({ list: 'services', id }) as const),
      { list: 'resources', id: shop.ben } as const,
    ];
    demandEqual(await shop.saveWithout(2, removed), { kind: 'committed', revision: 3 }, 'outcome');
    const stored = await scene.storage.config(shop.id);
    const rest = resources.filter(({ id }) => id !== shop.ben);
    const left = services.map((each) => ({ ...each, resourceIds: [shop.anna] }));
    demandEqual(stored, before && { ...before, revision: 3, resources: rest, services: left }, 'configuration');
  },

  'all that a company has configured can be removed, each from its list': async (scene) => {
    const shop = await scene.openShop();
    demandEqual(await shop.saveWithout(1, all(shop)), { kind: 'committed', revision: 2 }, 'outcome');
    demandEqual(counts(await scene.storage.config(shop.id)), [0, 0, 0, 0, 0, 0, 0], 'entities');
  },

  'a number, an agent and a secret that are removed can be had by another company': async (scene) => {
    const shop = await scene.openShop('first');
    const other = scene.shop('other');
    const { numbers, agents, keys } = shop.config;
    const wanted = {
      numbers: numbers.map((each) => ({ ...each, id: scene.id<typeof each.id>(), branchId: null })),
      agents: agents.map((each) => ({ ...each, branchId: null })),
      keys: keys.map((each) => ({ ...each, id: scene.id<typeof each.id>() })),
    };
    demandEqual((await other.save(0, wanted)).kind, 'not-unique', 'outcome while the first has them');
    const lists = ['numbers', 'agents', 'keys'];
    await shop.saveWithout(
      1,
      all(shop).filter(({ list }) => lists.includes(list)),
    );
    demandEqual(await other.save(0, wanted), { kind: 'committed', revision: 1 }, 'outcome when it has not');
  },

  'what an appointment names is not removed, whatever its status, and nothing changes': async (scene) => {
    for (const status of ['confirmed', 'cancelled', 'completed'] as const) {
      const shop = await scene.openShop(status);
      await scene.book(shop, [shop.span(0, 30)], { status });
      await demandKept(scene, shop, 1, 'appointments');
    }
  },

  'what a live hold names is not removed until the hold has lapsed': async (scene) => {
    const shop = await scene.openShop();
    await scene.commit(shop, shop.holding(shop.hold([shop.span(0, 30)])));
    await demandKept(scene, shop, 1, 'holds');
    scene.clock.advance(10 * 60_000);
    const outcome = await shop.saveWithout(1, nameable(shop));
    demandEqual(outcome, { kind: 'committed', revision: 2 }, 'outcome after it has lapsed');
  },

  'somebody whom no booking names can be removed beside one who is booked': async (scene) => {
    const shop = await scene.openShop();
    await scene.book(shop, [shop.span(0, 30)]);
    const outcome = await shop.saveWithout(1, [{ list: 'resources', id: shop.ben }]);
    demandEqual(outcome, { kind: 'committed', revision: 2 }, 'outcome');
  },

  'a save that is refused removes nothing': async (scene) => {
    await scene.openShop('first');
    const shop = await scene.openShop('second');
    const before = await scene.storage.config(shop.id);
    const removed = all(shop);
    demandEqual(await shop.saveWithout(2, removed), { kind: 'revision-conflict' }, 'outcome of another revision');
    const taken = { ...shop.config, company: { ...shop.config.company, key: 'first' } };
    const outcome = await scene.storage.saveConfig(shop.id, taken, 1, removed);
    demandEqual(outcome.kind, 'not-unique', 'outcome of a key that is taken');
    demandEqual(await scene.storage.config(shop.id), before, 'configuration');
  },

  'a company that is removed leaves nothing, and all its keys are free': async (scene) => {
    const shop = await scene.openShop();
    const { storage } = scene;
    await storage.documents.put(shop.id, { collection: 'c', id: 'd', value: 1, indexes: { slot: 's' } });
    demandEqual((await storage.removeCompany(shop.id, 1)).kind, 'committed', 'outcome');
    demandEqual(await storage.config(shop.id), undefined, 'configuration');
    demandEqual(await storage.directory.companyByKey('shop'), undefined, 'company of the key');
    demandEqual(await storage.directory.companies(), [], 'companies');
    demandEqual(await storage.documents.get(shop.id, 'c', 'd'), undefined, 'document');
    const query = { collection: 'c', index: { name: 'slot', value: 's' }, limit: 9 };
    demandEqual(await storage.documents.list(shop.id, query), [], 'documents by an index');
    const { revision } = await storage.busy(shop.id, { resourceIds: [], fromMs: 0, toMs: 0 });
    demandEqual(revision, null, 'revision');
    const heir = scene.shop('shop');
    const { numbers, agents, keys } = shop.config;
    demandEqual(
      await heir.save(0, { numbers, agents, keys }),
      { kind: 'committed', revision: 1 },
      'outcome of an heir',
    );
  },

  'the removal of a company leaves an event behind the others, and a refused one leaves none': async (scene) => {
    const shop = await scene.openShop();
    await scene.storage.removeCompany(shop.id, 7);
    const outcome = await scene.storage.removeCompany(shop.id, 1);
    const told: unknown[] = [];
    for (let turn = 0; turn < 4; turn++)
      for (const { event } of await scene.lease()) {
        told.push([event.name, event.companyId, event.payload, event.occurredMs]);
        if (event.name === 'company.removed')
          demandEqual(outcome.kind === 'committed' && outcome.event, event, 'event that the removal tells of');
        await scene.storage.maintenance.markSent('relay', event.id);
      }
    const nowMs = scene.clock.now();
    const expected = [
      ['company.changed', shop.id, { revision: 1 }, nowMs],
      ['company.removed', shop.id, { key: 'shop', revision: 2 }, nowMs],
    ];
    demandEqual(told, expected, 'events');
  },

  'a company is removed only in the revision that is expected': async (scene) => {
    const shop = await scene.openShop();
    await shop.save(1);
    for (const revision of [0, 1, 3])
      demandEqual(await scene.storage.removeCompany(shop.id, revision), { kind: 'revision-conflict' }, 'outcome');
    demandEqual(await scene.storage.removeCompany(scene.id(), 0), { kind: 'revision-conflict' }, 'outcome for nobody');
    demandEqual((await scene.storage.config(shop.id))?.revision, 2, 'revision');
  },

  'a company of which somebody has booked, held, called or is known is not removed': async (scene) => {
    const { storage } = scene;
    const using: readonly (readonly [string, (shop: Shop) => Promise<unknown>])[] = [
      ['appointments', (shop) => scene.book(shop, [shop.span(0, 30)], { status: 'cancelled' })],
      ['holds', (shop) => scene.commit(shop, shop.holding(shop.hold([shop.span(0, 30)])))],
      ['customers', (shop) => scene.customer(shop)],
      ['calls', (shop) => storage.saveCall(shop.id, shop.call(), 0)],
    ];
    for (const [by, use] of using) {
      const shop = await scene.openShop(by);
      const before = await storage.config(shop.id);
      await use(shop);
      demandEqual(await storage.removeCompany(shop.id, 1), { kind: 'in-use', by }, `outcome with ${by}`);
      demandEqual(await storage.config(shop.id), before, `configuration with ${by}`);
      demand((await storage.directory.companyByKey(by)) === shop.id, `the key should still lead to the one with ${by}`);
    }
  },
};
