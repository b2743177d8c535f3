import type { Call } from '../../model/call.ts';
import { demandEqual } from '../law.ts';
import { MINUTE_MS } from './minutes.ts';
import type { Scene, StorageSentences } from './scene.ts';
import type { Shop } from './shop.ts';

const SILENT_MS = 120 * MINUTE_MS;

async function save(scene: Scene, shop: Shop, name: string, changes: Partial<Call> = {}): Promise<Call> {
  const call = shop.call({ providerCallId: name, ...changes });
  demandEqual(await scene.storage.saveCall(shop.id, call, 0), true, `whether ${name} was saved`);
  return call;
}

const stale = async (scene: Scene, limit = 100): Promise<string[]> =>
  (await scene.storage.maintenance.staleCalls(SILENT_MS, limit)).map(({ providerCallId }) => providerCallId);

/** Calls that nobody has ended. */
export const staleCallLaws: StorageSentences = {
  'a call that nobody has ended is stale when nothing of it has changed for so long, by the storage’s clock': async (
    scene,
  ) => {
    const [shop, other] = [scene.shop('shop'), scene.shop('other')];
    const ringing = await save(scene, shop, 'ringing', { status: 'inbound', version: 7 });
    await save(scene, other, 'talking', { status: 'ongoing', startedMs: 0 });
    await save(scene, shop, 'over', { status: 'completed' });
    await save(scene, shop, 'analysed', { status: 'analyzed' });
    scene.clock.advance(SILENT_MS - 1);
    demandEqual(await stale(scene), [], 'stale calls one millisecond too early');
    await save(scene, shop, 'later', { status: 'ongoing' });
    scene.clock.advance(1);
    demandEqual((await stale(scene)).sort(), ['ringing', 'talking'], 'stale calls');
    const told = await scene.storage.maintenance.staleCalls(SILENT_MS, 100);
    const { provider, providerCallId, version } = ringing;
    demandEqual(
      told.find(({ companyId }) => companyId === shop.id),
      { companyId: shop.id, provider, providerCallId, version },
      'what is told of a call',
    );
    const next = { ...ringing, version: 8, updatedMs: scene.clock.now() };
    await scene.storage.saveCall(shop.id, next, 7);
    demandEqual(await stale(scene), ['talking'], 'stale calls after one has changed');
  },

  'of stale calls no more are told than asked for, those first that have been silent longest': async (scene) => {
    const shop = scene.shop();
    for (const name of ['c', 'a', 'b']) {
      await save(scene, shop, name, { status: 'ongoing' });
      scene.clock.advance(1000);
    }
    await save(scene, shop, 'd', { status: 'inbound' });
    scene.clock.advance(SILENT_MS);
    demandEqual(await stale(scene, 2), ['c', 'a'], 'the first two');
    demandEqual(await stale(scene, 4), ['c', 'a', 'b', 'd'], 'all of them');
  },
};
