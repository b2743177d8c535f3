import type { ClaimOwner } from '../../model/ids.ts';
import type { SeatClaim } from '../bookingWrite.ts';
import { demandEqual } from '../law.ts';
import { at, DAY_MS } from './minutes.ts';
import type { Scene, StorageSentences } from './scene.ts';
import { guest, join, joined } from './seatLaws.ts';
import { sameId, type Shop } from './shop.ts';

/** A limit of which the course takes one. */
const limited = (most: number): Pick<SeatClaim, 'units'> => ({
  units: [{ scope: 'day:shop', period: 1, most, take: 1, endMs: at(0) + DAY_MS }],
});

/** How many are taken of it. */
async function taken(scene: Scene, shop: Shop, except?: ClaimOwner): Promise<number | undefined> {
  const units = [{ scope: 'day:shop', fromPeriod: 1, toPeriod: 2 }];
  const query = { resourceIds: [], fromMs: at(0), toMs: at(600), except };
  return (await scene.storage.busy(shop.id, { ...query, units })).units?.[0]?.[0];
}

/** A later course of the same instructor. */
function later(scene: Scene, shop: Shop): Partial<SeatClaim> {
  const span = shop.span(90, 150);
  return { session: scene.id(), startMs: span.startMs, endMs: span.endMs, spans: [span] };
}

/** What group sessions take of limits. */
export const sessionLimitLaws: StorageSentences = {
  'a session takes of a limit once, however many join, and gives it back with the last one who leaves': async (
    scene,
  ) => {
    const shop = scene.shop();
    const here = [guest(shop), guest(shop), guest(shop)];
    for (const each of here) await joined(scene, shop, each, limited(1));
    demandEqual(await taken(scene, shop), 1, 'units of a full session');
    for (const { id } of here) {
      demandEqual(await taken(scene, shop), 1, 'units while somebody is in');
      await scene.commit(shop, { release: [id], events: [] });
    }
    demandEqual(await taken(scene, shop), 0, 'units when all have left');
    await joined(scene, shop, guest(shop), limited(1));
  },

  'where a limit is reached no session is opened, and an open one is joined': async (scene) => {
    const shop = scene.shop();
    await joined(scene, shop, guest(shop), limited(1));
    const outcome = { kind: 'limit-reached' as const, scope: 'day:shop', period: 1 };
    demandEqual(await join(scene, shop, { ...later(scene, shop), ...limited(1) }), outcome, 'outcome of a second');
    demandEqual(await scene.busy(shop), [[0, 60], []], 'busy of a session that was not opened');
    await joined(scene, shop, guest(shop), limited(1));
    demandEqual(await taken(scene, shop), 1, 'units');
  },

  'what a session takes of a limit lapses with its last hold, and stays once one is converted': async (scene) => {
    const shop = scene.shop();
    const [first, second] = [shop.hold([shop.span(0, 60)]), shop.hold([shop.span(0, 60)])];
    await joined(scene, shop, first, limited(1));
    scene.clock.set(first.expiresMs - 1);
    demandEqual(await taken(scene, shop), 1, 'units while the hold lives');
    scene.clock.set(first.expiresMs);
    demandEqual(await taken(scene, shop), 0, 'units when the hold has expired');
    const next = shop.hold([shop.span(0, 60)]);
    await joined(scene, shop, next, limited(1));
    await scene.commit(shop, shop.conversion(next));
    scene.clock.set(second.expiresMs + DAY_MS);
    demandEqual(await taken(scene, shop), 1, 'units when a converted hold would have expired');
    await scene.commit(shop, { release: [sameId(next.id)], events: [] });
    demandEqual(await taken(scene, shop), 0, 'units when it has left');
  },

  'busy leaves out what a session takes of a limit where `except` is alone in it': async (scene) => {
    const shop = scene.shop();
    const one = await joined(scene, shop, guest(shop), limited(2));
    await joined(scene, shop, guest(shop), { ...later(scene, shop), ...limited(2) });
    demandEqual(await taken(scene, shop, one.id), 1, 'units except the only participant of one of two sessions');
    await joined(scene, shop, guest(shop), limited(2));
    demandEqual(await taken(scene, shop, one.id), 2, 'units except one of two participants');
  },
};
