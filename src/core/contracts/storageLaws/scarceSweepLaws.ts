import { demand, demandEqual } from '../law.ts';
import { at, MINUTE_MS } from './minutes.ts';
import type { Scene, StorageSentences } from './scene.ts';
import { guest } from './seatLaws.ts';
import type { Shop } from './shop.ts';
import { retention, sweep } from './sweepLaws.ts';

/** How many units of the day, and how many seats of each session, are taken. */
async function scarce(scene: Scene, shop: Shop): Promise<readonly (number | undefined)[]> {
  const units = [{ scope: 'day:shop', fromPeriod: 1, toPeriod: 2 }];
  const asked = { units, sessions: { serviceId: shop.serviceId } };
  const answer = await scene.storage.busy(shop.id, { resourceIds: [], fromMs: at(0), toMs: at(600), ...asked });
  return [answer.units?.[0]?.[0], ...(answer.sessions ?? []).map(({ taken }) => taken)];
}

/** What a sweep takes away of units, seats and sessions. */
export const scarceSweepLaws: StorageSentences = {
  'a sweep takes units and seats that have lapsed, and leaves those that are live or were converted': async (scene) => {
    const shop = await scene.openShop();
    const [kept, lapsing] = [0, 1].map(() => shop.hold([shop.span(0, 60)]));
    if (!kept || !lapsing) return;
    const both = (of: typeof kept) => ({ units: [shop.unit(of, { most: 9 })], seats: [shop.seat(of, { seats: 9 })] });
    for (const hold of [kept, lapsing]) await scene.commit(shop, shop.storing(hold, both(hold)));
    await scene.commit(shop, shop.conversion(kept));
    // Without a hold row nobody but the sweep of units knows of these.
    const rowless = { ...shop.hold([shop.span(0, 60)]), expiresMs: lapsing.expiresMs };
    await scene.commit(shop, { ...both(rowless), events: [] });
    scene.clock.set(lapsing.expiresMs - 1);
    demandEqual((await sweep(scene)).units, 0, 'units and seats taken before any lapsed');
    demandEqual(await scarce(scene, shop), [3, 3], 'units and seats before any lapsed');
    scene.clock.set(lapsing.expiresMs);
    const live = shop.hold([shop.span(0, 60)]);
    await scene.commit(shop, shop.storing(live, both(live)));
    const swept = await sweep(scene);
    demandEqual([swept.expiredHolds, swept.units], [1, 2], 'holds, units and seats taken');
    demandEqual(await scarce(scene, shop), [2, 2], 'units and seats that are left');
    demandEqual((await sweep(scene)).units, 0, 'units and seats taken by a second sweep');
    scene.clock.set(live.expiresMs);
    await sweep(scene);
    demandEqual(await scarce(scene, shop), [1, 1], 'units and seats of the converted hold');
    demand(!(await scene.isFree(shop, [shop.span(0, 60)])), 'the session should keep its time');
  },

  'a sweep takes a session whose participants have all lapsed, and leaves what others have of its time': async (
    scene,
  ) => {
    const shop = await scene.openShop();
    const hold = shop.hold([shop.span(0, 60)]);
    await scene.commit(shop, { seats: [shop.seat(hold)], events: [] });
    scene.clock.set(hold.expiresMs - 1);
    demandEqual((await sweep(scene)).sessions, 0, 'sessions taken before they lapsed');
    scene.clock.set(hold.expiresMs);
    await scene.book(shop, [shop.span(30, 90)]);
    demandEqual((await sweep(scene)).sessions, 1, 'sessions taken');
    demandEqual((await sweep(scene)).sessions, 0, 'sessions taken by a second sweep');
    demandEqual(await scene.busy(shop), [[30, 90], []], 'busy');
    demand(!(await scene.isFree(shop, [shop.span(30, 35)])), 'what others have taken over should stay taken');
    demand(await scene.isFree(shop, [shop.span(0, 30)]), 'what nobody has taken over should be free');
  },

  'a sweep takes units and sessions that are over for long enough, and leaves all others': async (scene) => {
    const shop = await scene.openShop();
    const row = guest(shop);
    const endMs = at(60);
    const units = [
      shop.unit(row, { endMs, most: 9 }),
      shop.unit(row, { period: 2, endMs: endMs + 1 }),
      shop.unit(row, { period: 3 }),
    ];
    await scene.commit(shop, { units, seats: [shop.seat(row)], events: [] });
    scene.clock.set(endMs + retention.pastClaimsMs - 1);
    const early = await sweep(scene);
    demandEqual([early.units, early.sessions], [0, 0], 'units and sessions taken one millisecond too early');
    demandEqual(await scarce(scene, shop), [1, 1], 'units and seats that were left');
    scene.clock.set(endMs + retention.pastClaimsMs);
    const swept = await sweep(scene);
    demandEqual([swept.units, swept.sessions], [2, 1], 'units, seats and sessions taken');
    demandEqual(await scarce(scene, shop), [0], 'units and seats that are left');
    const asked = [{ scope: 'day:shop', fromPeriod: 2, toPeriod: 4 }];
    const query = { resourceIds: [], fromMs: at(0), toMs: at(1), units: asked };
    demandEqual((await scene.storage.busy(shop.id, query)).units, [[1, 1]], 'units of periods that are not over');
    scene.clock.advance(1);
    demandEqual((await sweep(scene)).units, 1, 'units taken a millisecond later');
    scene.clock.advance(3650 * retention.pastClaimsMs);
    demandEqual((await sweep(scene)).units, 0, 'units taken of a period without an end');
  },

  'a sweep takes at most so many units and sessions, and the next one goes on': async (scene) => {
    const shop = await scene.openShop();
    for (let i = 0; i < 5; i++) {
      const row = shop.appointment([shop.span(i * 60, i * 60 + 60)]);
      const { startMs, endMs, spans } = row;
      const lapsing = i % 2 ? { expiresMs: scene.clock.now() + MINUTE_MS } : {};
      const seats = [shop.seat(row, { session: scene.id(), startMs, endMs, spans, ...lapsing })];
      await scene.commit(shop, { units: [shop.unit(row, { most: 9, endMs, ...lapsing })], seats, events: [] });
    }
    scene.clock.advance(30 * retention.pastClaimsMs);
    const taken = { units: 0, sessions: 0 };
    for (let i = 0; i < 20; i++) {
      const { units, sessions } = await sweep(scene, 2);
      demand(units <= 2 && sessions <= 2, `a sweep of at most 2 should not take ${units} units, ${sessions} sessions`);
      taken.units += units;
      taken.sessions += sessions;
    }
    demandEqual(taken, { units: 10, sessions: 5 }, 'units, seats and sessions taken by all sweeps');
  },
};
