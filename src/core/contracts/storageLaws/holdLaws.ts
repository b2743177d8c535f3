import { demand, demandEqual } from '../law.ts';
import { at, DAY_MS } from './minutes.ts';
import type { StorageSentences } from './scene.ts';
import { sameId } from './shop.ts';

/** Holds: live until they expire, of one owner, and turned into appointments. */
export const holdLaws: StorageSentences = {
  'a hold is read back as it was written': async (scene) => {
    const shop = scene.shop();
    const details = {
      parts: [{ serviceId: shop.serviceId, key: 'rinse', startMs: at(0), endMs: at(30), resourceIds: [shop.anna] }],
      partySize: 2,
      sessionId: shop.course,
      bufferBeforeMinutes: 5,
      bufferAfterMinutes: 10,
    };
    const hold = shop.hold([shop.span(0, 30), shop.benSpan(0, 45)], { owner: 'Anruf „7“ \\ %_', ...details });
    await scene.commit(shop, shop.holding(hold));
    demandEqual(await scene.storage.hold(shop.id, hold.id), hold, 'hold');
    demandEqual(await scene.storage.hold(shop.id, scene.id()), undefined, 'a hold nobody made');
  },

  'a live hold keeps its time, an expired one is taken over': async (scene) => {
    const shop = scene.shop();
    const hold = shop.hold([shop.span(0, 30)]);
    await scene.commit(shop, shop.holding(hold));
    scene.clock.set(hold.expiresMs - 1);
    demand(!(await scene.isFree(shop, [shop.span(0, 30)])), 'a hold should keep its time to its last millisecond');
    scene.clock.set(hold.expiresMs);
    await scene.book(shop, [shop.span(15, 45)]);
    demandEqual(await scene.busy(shop), [[15, 45], []], 'busy');
  },

  'time taken over from an expired hold is as safe as any': async (scene) => {
    const shop = scene.shop();
    const hold = shop.hold([shop.span(0, 30)]);
    await scene.commit(shop, shop.holding(hold));
    scene.clock.set(hold.expiresMs);
    await scene.book(shop, [shop.span(0, 30)]);
    demand(!(await scene.isFree(shop, [shop.span(0, 30)])), 'taken-over time should be taken');
    scene.clock.advance(DAY_MS);
    demand(!(await scene.isFree(shop, [shop.span(0, 30)])), 'taken-over time should not inherit the expiry');
  },

  'release of an expired hold leaves what others have taken over': async (scene) => {
    const shop = scene.shop();
    const hold = shop.hold([shop.span(0, 30)]);
    await scene.commit(shop, shop.holding(hold));
    scene.clock.set(hold.expiresMs);
    await scene.book(shop, [shop.span(0, 30)]);
    await scene.commit(shop, { release: [hold.id], events: [] });
    demandEqual(await scene.busy(shop), [[0, 30], []], 'busy');
    demand(!(await scene.isFree(shop, [shop.span(0, 30)])), 'the new owner should keep his claims');
  },

  'a converted hold is permanent, and its hold row is gone': async (scene) => {
    const shop = scene.shop();
    const hold = shop.hold([shop.span(0, 30), shop.benSpan(15, 45)]);
    await scene.commit(shop, shop.holding(hold));
    await scene.commit(shop, shop.conversion(hold));
    demandEqual(await scene.storage.hold(shop.id, hold.id), undefined, 'hold');
    const booked = await scene.storage.appointment(shop.id, sameId(hold.id));
    demandEqual(booked?.spans, hold.spans, 'spans of the appointment');
    scene.clock.set(hold.expiresMs + DAY_MS);
    demandEqual(
      await scene.busy(shop),
      [
        [0, 30],
        [15, 45],
      ],
      'busy after the hold would have expired',
    );
    demand(!(await scene.isFree(shop, [shop.benSpan(15, 45)])), 'converted time should stay taken');
  },

  'only a live hold is converted': async (scene) => {
    const shop = scene.shop();
    const [early, late] = [shop.hold([shop.span(0, 30)]), shop.hold([shop.benSpan(0, 30)])];
    await scene.commit(shop, shop.holding(early));
    await scene.commit(shop, shop.holding(late));
    scene.clock.set(early.expiresMs - 1);
    await scene.commit(shop, shop.conversion(early));
    scene.clock.set(late.expiresMs);
    demandEqual(await scene.storage.write(shop.id, shop.conversion(late)), { kind: 'hold-expired' }, 'when expired');
    const unknown = shop.hold([shop.span(60, 90)]);
    demandEqual(await scene.storage.write(shop.id, shop.conversion(unknown)), { kind: 'hold-expired' }, 'when unknown');
  },

  'a hold is converted once': async (scene) => {
    const shop = scene.shop();
    const hold = shop.hold([shop.span(0, 30)]);
    await scene.commit(shop, shop.holding(hold));
    await scene.commit(shop, shop.conversion(hold));
    const again = await scene.storage.write(shop.id, shop.conversion(hold));
    demandEqual(again, { kind: 'hold-expired' }, 'outcome of the second time');
  },

  'only its owner converts a hold': async (scene) => {
    const shop = scene.shop();
    const hold = shop.hold([shop.span(0, 30)], { owner: 'call-a' });
    await scene.commit(shop, shop.holding(hold));
    for (const owner of ['call-b', 'call-A', 'call-a ', '']) {
      const outcome = await scene.storage.write(shop.id, shop.conversion({ ...hold, owner }));
      demandEqual(outcome, { kind: 'hold-expired' }, `outcome for the owner "${owner}"`);
    }
    await scene.commit(shop, shop.conversion(hold));
  },

  'a hold that is required must be live and of that owner': async (scene) => {
    const shop = scene.shop();
    const hold = shop.hold([shop.span(0, 30)], { owner: 'call-a' });
    await scene.commit(shop, shop.holding(hold));
    const requiring = (id: typeof hold.id, owner: string) =>
      scene.storage.write(shop.id, { requireHold: { id, owner }, events: [] });
    demandEqual(await requiring(hold.id, 'call-b'), { kind: 'hold-expired' }, 'outcome for another owner');
    demandEqual(await requiring(scene.id(), 'call-a'), { kind: 'hold-expired' }, 'outcome for an unknown hold');
    scene.clock.set(hold.expiresMs - 1);
    demandEqual(await requiring(hold.id, 'call-a'), { kind: 'committed' }, 'outcome while it lives');
    scene.clock.set(hold.expiresMs);
    demandEqual(await requiring(hold.id, 'call-a'), { kind: 'hold-expired' }, 'outcome when it has expired');
  },

  'a hold is replaced in one write: required, released, and its time claimed anew': async (scene) => {
    const shop = scene.shop();
    const old = shop.hold([shop.span(0, 60)]);
    await scene.commit(shop, shop.holding(old));
    const replacement = shop.hold([shop.span(30, 90)]);
    const requireHold = { id: old.id, owner: old.owner };
    await scene.commit(shop, shop.holding(replacement, { requireHold, release: [old.id] }));
    demandEqual(await scene.busy(shop), [[30, 90], []], 'busy');
    demandEqual(await scene.storage.hold(shop.id, old.id), undefined, 'the old hold');
    demandEqual(await scene.storage.hold(shop.id, replacement.id), replacement, 'the new hold');
  },
};
