import type { Hold } from '../../model/appointment.ts';
import type { UnitClaim, WriteOutcome } from '../bookingWrite.ts';
import { demandEqual } from '../law.ts';
import { DAY_MS } from './minutes.ts';
import { countOutcomes, type Scene, type StorageSentences } from './scene.ts';
import type { Shop } from './shop.ts';

const reached: WriteOutcome = { kind: 'limit-reached', scope: 'holds:caller', period: 0 };
const committed: WriteOutcome = { kind: 'committed' };

/** What a hold takes of those that its owner may have. */
const share = (shop: Shop, hold: Hold, changes: Partial<UnitClaim> = {}): UnitClaim =>
  shop.unit(hold, { scope: 'holds:caller', period: 0, most: 1, untilBooked: true, ...changes });

/** Holds an hour of its own, and takes one of those that the caller may have. */
async function hold(scene: Scene, shop: Shop, hour: number, changes: Partial<UnitClaim> = {}) {
  const row = shop.hold([shop.span(hour * 60, hour * 60 + 30)]);
  const outcome = await scene.storage.write(shop.id, shop.holding(row, { units: [share(shop, row, changes)] }));
  return { row, outcome };
}

/** Units that a hold has only for as long as it is one. */
export const untilBookedLaws: StorageSentences = {
  'units until booked go back when the hold is converted, and all else that it has stays': async (scene) => {
    const shop = scene.shop();
    const row = shop.hold([shop.span(0, 30)]);
    const kept = { scope: 'day:shop', period: 1, most: 1, take: 1 };
    await scene.commit(shop, shop.holding(row, { units: [share(shop, row), shop.unit(row, kept)] }));
    demandEqual((await hold(scene, shop, 1)).outcome, reached, 'outcome of a second hold');
    await scene.commit(shop, shop.conversion(row));
    demandEqual((await hold(scene, shop, 1)).outcome, committed, 'outcome when the first was booked');
    scene.clock.advance(DAY_MS);
    const other = shop.hold([shop.benSpan(0, 30)]);
    const again = shop.holding(other, { units: [shop.unit(other, kept)] });
    const reachedDay = { kind: 'limit-reached', scope: 'day:shop', period: 1 } as const;
    demandEqual(await scene.storage.write(shop.id, again), reachedDay, 'outcome of another of the day');
    demandEqual(await scene.busy(shop), [[0, 30], []], 'busy a day later');
  },

  'units until booked go back when the hold is released, and when it expires': async (scene) => {
    const shop = scene.shop();
    const first = await hold(scene, shop, 0);
    await scene.commit(shop, { release: [first.row.id], events: [] });
    const second = await hold(scene, shop, 1);
    demandEqual(second.outcome, committed, 'outcome after the release');
    scene.clock.set(second.row.expiresMs - 1);
    demandEqual((await hold(scene, shop, 2)).outcome, reached, 'outcome before the second expires');
    scene.clock.set(second.row.expiresMs);
    demandEqual((await hold(scene, shop, 2)).outcome, committed, 'outcome when it has expired');
  },

  'of fifty holds that one owner wants at once, he gets as many as he may have': async (scene) => {
    const shop = scene.shop();
    const wanted = Array.from({ length: 50 }, (_, hour) => hold(scene, shop, hour, { most: 3 }));
    const outcomes = (await Promise.all(wanted)).map(({ outcome }) => outcome);
    demandEqual(countOutcomes(outcomes), { committed: 3, 'limit-reached': 47 }, 'outcomes');
  },
};
