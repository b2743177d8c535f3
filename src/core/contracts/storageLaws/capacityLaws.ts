import type { WriteOutcome } from '../bookingWrite.ts';
import { demand, demandEqual } from '../law.ts';
import { DAY_MS } from './minutes.ts';
import { countOutcomes, type Scene, type StorageSentences } from './scene.ts';
import type { Shop } from './shop.ts';

/** Claims minutes of Anna beside others, for a new appointment. */
async function claim(scene: Scene, shop: Shop, from: number, to: number, capacity: number) {
  const row = shop.appointment([shop.span(from, to)]);
  const outcome = await scene.storage.write(shop.id, shop.booking(row, { claims: [shop.shared(row, capacity)] }));
  return { row, kind: outcome.kind };
}

/** What several share: places side by side, chosen in each cell by itself. */
export const capacityLaws: StorageSentences = {
  'a span is claimed beside as many as its resource has places for': async (scene) => {
    const shop = scene.shop();
    const kinds: string[] = [];
    for (let i = 0; i < 4; i++) kinds.push((await claim(scene, shop, i * 5, 30 + i * 5, 3)).kind);
    demandEqual(kinds, ['committed', 'committed', 'committed', 'taken'], 'outcomes of four at capacity 3');
    demandEqual((await claim(scene, shop, 30, 60, 3)).kind, 'committed', 'where one has left');
    demandEqual(await scene.busy(shop), [[0, 30, 5, 35, 10, 40, 30, 60], []], 'busy');
  },

  'a place is chosen in each cell by itself, so that time which is free in pieces can be had': async (scene) => {
    const shop = scene.shop();
    await claim(scene, shop, 0, 30, 2);
    const first = await claim(scene, shop, 30, 60, 2);
    await claim(scene, shop, 30, 60, 2);
    await scene.commit(shop, { release: [first.row.id], events: [] });
    demandEqual((await claim(scene, shop, 0, 60, 2)).kind, 'committed', 'outcome over both pieces');
    demandEqual((await claim(scene, shop, 25, 35, 2)).kind, 'taken', 'outcome when both are full');
  },

  'who leaves gives up one place and no other': async (scene) => {
    const shop = scene.shop();
    const here = [
      await claim(scene, shop, 0, 30, 3),
      await claim(scene, shop, 0, 30, 3),
      await claim(scene, shop, 0, 30, 3),
    ];
    await scene.commit(shop, { release: [here[1]?.row.id ?? scene.id()], events: [] });
    demandEqual((await claim(scene, shop, 0, 30, 3)).kind, 'committed', 'the place that was left');
    demandEqual((await claim(scene, shop, 0, 30, 3)).kind, 'taken', 'another place');
  },

  'a place of an expired hold is free, and that of a converted one is not': async (scene) => {
    const shop = scene.shop();
    const [kept, lapsing] = [shop.hold([shop.span(0, 30)]), shop.hold([shop.span(0, 30)])];
    for (const hold of [lapsing, kept])
      await scene.commit(shop, shop.holding(hold, { claims: [shop.shared(hold, 2)] }));
    await scene.commit(shop, shop.conversion(kept));
    scene.clock.set(lapsing.expiresMs - 1);
    demandEqual((await claim(scene, shop, 0, 30, 2)).kind, 'taken', 'while both are live');
    scene.clock.set(lapsing.expiresMs);
    demandEqual((await claim(scene, shop, 0, 30, 2)).kind, 'committed', 'when one has expired');
    scene.clock.advance(DAY_MS);
    demandEqual((await claim(scene, shop, 0, 30, 2)).kind, 'taken', 'a day later');
  },

  'claims beyond a capacity that was lowered count as well': async (scene) => {
    const shop = scene.shop();
    const here = [
      await claim(scene, shop, 0, 30, 4),
      await claim(scene, shop, 0, 30, 4),
      await claim(scene, shop, 0, 30, 4),
    ];
    const [first, second] = here.map(({ row }) => row.id);
    if (!first || !second) return;
    await scene.commit(shop, { release: [first], events: [] });
    demandEqual((await claim(scene, shop, 0, 30, 2)).kind, 'taken', 'at capacity 2 beside two');
    await scene.commit(shop, { release: [second], events: [] });
    demandEqual((await claim(scene, shop, 0, 30, 2)).kind, 'committed', 'at capacity 2 beside one');
  },

  'claims of one write share a capacity as those of two writes do': async (scene) => {
    const shop = scene.shop();
    const rows = [0, 5, 10].map((from) => shop.appointment([shop.span(from, from + 30)]));
    const claims = rows.map((row) => shop.shared(row, 2));
    demandEqual(await scene.storage.write(shop.id, { claims, events: [] }), { kind: 'taken' }, 'three at capacity 2');
    await scene.commit(shop, { claims: claims.slice(0, 2), events: [] });
    demandEqual((await claim(scene, shop, 25, 35, 2)).kind, 'taken', 'a third');
  },

  'places and single claims are had together or not at all': async (scene) => {
    const shop = scene.shop();
    await scene.book(shop, [shop.benSpan(0, 30)]);
    const row = shop.appointment([shop.span(0, 30), shop.benSpan(0, 30)]);
    const spans = row.spans.map((span) => ({ ...span, capacity: span.resourceId === shop.anna ? 2 : 1 }));
    const write = shop.booking(row, { claims: [{ ...shop.claim(row), spans }] });
    demandEqual(await scene.storage.write(shop.id, write), { kind: 'taken' }, 'outcome');
    const kinds = [await claim(scene, shop, 0, 30, 2), await claim(scene, shop, 0, 30, 2)].map(({ kind }) => kind);
    demandEqual(kinds, ['committed', 'committed'], 'places that are still free');
  },

  'of fifty who want overlapping times of a shared resource at once, none is refused while there is room': async (
    scene,
  ) => {
    const shop = scene.shop();
    const all = Array.from({ length: 50 }, (_, i) => (i % 3) * 10);
    const outcomes = await Promise.all(all.map((from) => claim(scene, shop, from, from + 30, 5)));
    const at = (minute: number) =>
      outcomes.filter(({ row, kind }) => kind === 'committed' && row.startMs === shop.span(minute, 60).startMs).length;
    // All meet in the cells from minute 20 to 30.
    demandEqual(countOutcomes(outcomes as WriteOutcome[]), { committed: 5, taken: 45 }, 'outcomes');
    demandEqual(at(0) + at(10) + at(20), 5, 'appointments');
    demand((await scene.busy(shop)).flat().length === 10, 'five spans should be busy');
  },
};
