import type { Appointment, Hold } from '../../model/appointment.ts';
import type { ClaimOwner } from '../../model/ids.ts';
import type { UnitClaim, WriteOutcome } from '../bookingWrite.ts';
import { demandEqual } from '../law.ts';
import type { UnitQuery } from '../storage.ts';
import { at, DAY_MS } from './minutes.ts';
import { countOutcomes, type Scene, type StorageSentences } from './scene.ts';
import { sameId, type Shop } from './shop.ts';

const reached = (scope = 'day:shop', period = 1): WriteOutcome => ({ kind: 'limit-reached', scope, period });

/** Takes units for a new appointment, or for what is given. */
function take(
  scene: Scene,
  shop: Shop,
  changes: Partial<UnitClaim> = {},
  of: Hold | Appointment = shop.appointment([shop.span(0, 30)]),
): Promise<WriteOutcome> {
  return scene.storage.write(shop.id, shop.storing(of, { units: [shop.unit(of, changes)] }));
}

/** Counts units of periods. */
async function count(scene: Scene, shop: Shop, units: readonly UnitQuery[], except?: ClaimOwner) {
  const query = { resourceIds: [], fromMs: at(0), toMs: at(60) };
  return (await scene.storage.busy(shop.id, { ...query, units, except })).units;
}

/** Units of what is scarce in a period. */
export const unitLaws: StorageSentences = {
  'units are taken up to the most of their scope and period, and who comes too late is told which': async (scene) => {
    const shop = scene.shop();
    for (let i = 0; i < 3; i++) demandEqual(await take(scene, shop, { most: 3 }), { kind: 'committed' }, `unit ${i}`);
    demandEqual(await take(scene, shop, { most: 3 }), reached(), 'outcome of the fourth');
    demandEqual(await take(scene, shop, { most: 0, period: 2 }), reached('day:shop', 2), 'outcome where there is none');
  },

  'scopes are told apart to the last character, and periods to the last number': async (scene) => {
    const shop = scene.shop();
    const long = 'x'.repeat(199);
    for (const scope of ['day:a', 'day:A', 'day:a ', 'week:a', 'tag:ä', `${long}y`, `${long}z`])
      demandEqual(await take(scene, shop, { scope }), { kind: 'committed' }, `outcome of "${scope}"`);
    for (const period of [-1, 0, 20_000, 20_001])
      demandEqual(await take(scene, shop, { period }), { kind: 'committed' }, `outcome of period ${period}`);
    demandEqual(await take(scene, shop, { scope: `${long}z` }), reached(`${long}z`), 'outcome of a scope twice');
  },

  'several units are taken together or not at all': async (scene) => {
    const shop = scene.shop();
    demandEqual(await take(scene, shop, { most: 4, take: 3 }), { kind: 'committed' }, 'three of four');
    demandEqual(await take(scene, shop, { most: 4, take: 2 }), reached(), 'two where one is left');
    demandEqual(await take(scene, shop, { most: 4 }), { kind: 'committed' }, 'the one that is left');
  },

  'a scope that reads like a resource does not meet its time': async (scene) => {
    const shop = scene.shop();
    await scene.book(shop, [shop.span(0, 30)]);
    const cell = { scope: shop.anna, period: at(0) / 300_000 };
    demandEqual(await take(scene, shop, cell), { kind: 'committed' }, 'outcome in the first cell of an appointment');
  },

  'units go back with the hold or the appointment that has them': async (scene) => {
    const shop = scene.shop();
    const [booked, held] = [shop.appointment([shop.span(0, 30)]), shop.hold([shop.span(0, 30)])];
    await take(scene, shop, { most: 2 }, booked);
    await take(scene, shop, { most: 2 }, held);
    await scene.commit(shop, { release: [booked.id], events: [] });
    demandEqual(await take(scene, shop, { most: 2, take: 2 }), reached(), 'two when one went back');
    await scene.commit(shop, { release: [held.id], events: [] });
    demandEqual(await take(scene, shop, { most: 2, take: 2 }), { kind: 'committed' }, 'two when both went back');
  },

  'units of a hold are free when it expires, and not before': async (scene) => {
    const shop = scene.shop();
    const hold = shop.hold([shop.span(0, 30)]);
    await take(scene, shop, {}, hold);
    scene.clock.set(hold.expiresMs - 1);
    demandEqual(await take(scene, shop), reached(), 'outcome one millisecond before it expires');
    scene.clock.set(hold.expiresMs);
    demandEqual(await take(scene, shop), { kind: 'committed' }, 'outcome when it has expired');
    await scene.commit(shop, { release: [hold.id], events: [] });
    demandEqual(await take(scene, shop), reached(), 'outcome when the expired hold was released');
  },

  'units of a converted hold stay taken': async (scene) => {
    const shop = scene.shop();
    const hold = shop.hold([shop.span(0, 30)]);
    await take(scene, shop, { take: 2, most: 3 }, hold);
    await scene.commit(shop, shop.conversion(hold));
    scene.clock.set(hold.expiresMs + DAY_MS);
    demandEqual(await take(scene, shop, { take: 2, most: 3 }), reached(), 'outcome a day after it would have expired');
    await scene.commit(shop, { release: [sameId(hold.id)], events: [] });
    demandEqual(await take(scene, shop, { take: 3, most: 3 }), { kind: 'committed' }, 'outcome when it was released');
  },

  'a hold of units that others have taken over is not converted': async (scene) => {
    const shop = scene.shop();
    const hold = shop.hold([shop.span(0, 30)]);
    const lapsing = { take: 2, most: 2, expiresMs: hold.expiresMs - 5 };
    await take(scene, shop, lapsing, hold);
    scene.clock.set(hold.expiresMs - 5);
    demandEqual(await take(scene, shop, { most: 2 }), { kind: 'committed' }, 'outcome of who takes one over');
    const converted = await scene.storage.write(shop.id, shop.conversion(hold));
    demandEqual(converted, { kind: 'hold-expired' }, 'outcome of the conversion');
  },

  'what a write releases it may take itself': async (scene) => {
    const shop = scene.shop();
    const before = shop.appointment([shop.span(0, 30)]);
    await take(scene, shop, {}, before);
    await scene.commit(shop, shop.update(before, {}, { release: [before.id], units: [shop.unit(before)] }));
    demandEqual(await take(scene, shop), reached(), 'outcome of another');
  },

  'all units that are taken count, also where there were more of them before': async (scene) => {
    const shop = scene.shop();
    const first = shop.appointment([shop.span(0, 30)]);
    await take(scene, shop, { most: 3 }, first);
    await take(scene, shop, { most: 3, take: 2 });
    await scene.commit(shop, { release: [first.id], events: [] });
    demandEqual(await take(scene, shop, { most: 2 }), reached(), 'outcome at a most of 2');
    demandEqual(await take(scene, shop, { most: 3 }), { kind: 'committed' }, 'outcome at a most of 3');
  },

  'units of one write for one scope count together': async (scene) => {
    const shop = scene.shop();
    const both = [shop.appointment([shop.span(0, 30)]), shop.appointment([shop.span(0, 30)])];
    const units = (most: number): UnitClaim[] => both.map((of) => shop.unit(of, { most }));
    demandEqual(await scene.storage.write(shop.id, { units: units(1), events: [] }), reached(), 'two of one');
    await scene.commit(shop, { units: units(2), events: [] });
    demandEqual(await take(scene, shop, { most: 2 }), reached(), 'a third of two');
  },

  'time is judged before units, and units before a customer': async (scene) => {
    const shop = scene.shop();
    const booked = await scene.book(shop, [shop.span(0, 30)]);
    const known = await scene.customer(shop, { phone: '+4930111' });
    const row = shop.appointment(booked.spans);
    const units = {
      customers: [shop.customer({ phone: known.phone })],
      units: [shop.unit(row, { most: 0 })],
      events: [],
    };
    demandEqual(await scene.storage.write(shop.id, units), reached(), 'outcome of units and a customer');
    const time = { ...units, claims: [shop.claim(row)] };
    demandEqual(await scene.storage.write(shop.id, time), { kind: 'taken' }, 'outcome of time and units');
  },

  'busy counts the live units of each period asked for': async (scene) => {
    const shop = scene.shop();
    const hold = shop.hold([shop.span(0, 30)]);
    await take(scene, shop, { most: 9, take: 2 });
    await take(scene, shop, { most: 9, take: 3 }, hold);
    await take(scene, shop, { most: 9, period: 3 });
    await take(scene, shop, { most: 9, scope: 'week:shop', period: 2 });
    const scopes = [
      { scope: 'week:shop', fromPeriod: 1, toPeriod: 3 },
      { scope: 'day:shop', fromPeriod: 0, toPeriod: 3 },
      { scope: 'nobody', fromPeriod: 0, toPeriod: 1 },
      { scope: 'day:shop', fromPeriod: 1, toPeriod: 4 },
    ];
    demandEqual(await count(scene, shop, scopes), [[0, 1], [0, 5, 0], [0], [5, 0, 1]], 'counts'); // prettier-ignore
    scene.clock.set(hold.expiresMs);
    demandEqual((await count(scene, shop, scopes))?.[1], [0, 2, 0], 'counts when a hold has expired');
    demandEqual(await count(scene, shop, []), [], 'counts of nothing');
    const many = Array.from({ length: 100 }, (_, i) => ({ scope: `s${i}`, fromPeriod: 0, toPeriod: 1 }));
    demandEqual(
      await count(scene, shop, [...many, ...scopes.slice(0, 1)]),
      [...many.map(() => [0]), [0, 1]],
      'counts of many',
    );
  },

  'busy leaves out the units of `except`, and only those': async (scene) => {
    const shop = scene.shop();
    const mine = shop.appointment([shop.span(0, 30)]);
    await take(scene, shop, { most: 9, take: 2 }, mine);
    await take(scene, shop, { most: 9, take: 3 });
    const asked = [{ scope: 'day:shop', fromPeriod: 1, toPeriod: 2 }];
    demandEqual(await count(scene, shop, asked, mine.id), [[3]], 'count except one of two');
    demandEqual(await count(scene, shop, asked, scene.id()), [[5]], 'count except nothing known');
  },

  'of fifty who want units at once, as many get one as there are': async (scene) => {
    const shop = scene.shop();
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => take(scene, shop, { most: 7 })));
    demandEqual(countOutcomes(outcomes), { committed: 7, 'limit-reached': 43 }, 'outcomes of one each');
    const pairs = Array.from({ length: 50 }, () => take(scene, shop, { most: 5, take: 2, period: 2 }));
    demandEqual(countOutcomes(await Promise.all(pairs)), { committed: 2, 'limit-reached': 48 }, 'outcomes of two each');
  },
};
