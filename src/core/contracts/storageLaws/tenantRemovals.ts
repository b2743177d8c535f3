import { demand, demandEqual } from '../law.ts';
import type { Scene } from './scene.ts';
import type { Shop } from './shop.ts';

/** Another company deletes what has the very ids of the first one's. */
export async function removesNothing({ storage }: Scene, mine: Shop, other: Shop): Promise<void> {
  const { numbers, agents, keys } = mine.config;
  await storage.saveConfig(other.id, { ...other.config, revision: 2 }, 2, [
    { list: 'branches', id: mine.branchId },
    { list: 'schedules', id: mine.config.schedules[0]?.id ?? '' },
    { list: 'resources', id: mine.anna },
    { list: 'services', id: mine.serviceId },
    ...numbers.map(({ id }) => ({ list: 'numbers', id }) as const),
    ...agents.map(({ agentId }) => ({ list: 'agents', id: agentId }) as const),
    ...keys.map(({ id }) => ({ list: 'keys', id }) as const),
  ]);
}

/** Another company is deleted. */
export async function removesNoCompany({ storage }: Scene, mine: Shop, other: Shop): Promise<void> {
  await mine.save(0);
  await other.save(0);
  const before = await storage.config(mine.id);
  const write = { collection: 'c', id: 'd', value: 'mine', indexes: { slot: 's' } };
  await storage.documents.put(mine.id, write);
  await storage.write(mine.id, { customers: [mine.customer()], events: [] });
  demandEqual((await storage.removeCompany(other.id, 1)).kind, 'committed', 'outcome of the other');
  demandEqual(await storage.removeCompany(other.id, 2), { kind: 'revision-conflict' }, 'outcome once more');
  demandEqual(await storage.config(mine.id), before, 'configuration of the first');
  const query = { collection: 'c', index: { name: 'slot', value: 's' }, limit: 9 };
  demand((await storage.documents.list(mine.id, query)).length === 1, 'the document should still be there');
}
