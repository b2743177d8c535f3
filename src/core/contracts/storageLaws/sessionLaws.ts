import { demand, demandEqual } from '../law.ts';
import type { ClaimOwner } from '../../model/ids.ts';
import { at } from './minutes.ts';
import { countOutcomes, type Scene, type StorageSentences } from './scene.ts';
import { guest, join, joined } from './seatLaws.ts';
import { sameId, type Shop } from './shop.ts';

const racers = Array.from({ length: 50 }, (_, i) => i);

/** The live sessions of the shop's service between two minutes. */
async function sessions(scene: Scene, shop: Shop, from = 0, to = 600, except?: ClaimOwner) {
  const query = { resourceIds: [], fromMs: at(from), toMs: at(to), except, sessions: { serviceId: shop.serviceId } };
  return (await scene.storage.busy(shop.id, query)).sessions;
}

/** How the course of the shop is listed. */
const course = (shop: Shop, taken: number) => ({
  id: shop.course,
  startMs: at(0),
  resourceIds: [shop.anna],
  taken,
});

/** What is told of sessions, and what holds when many come and go at once. */
export const sessionLaws: StorageSentences = {
  'busy lists the live sessions of a service that overlap the range, with their seats': async (scene) => {
    const shop = scene.shop();
    const later = shop.span(90, 150);
    const id = scene.id<Shop['course']>();
    const second = {
      session: id,
      startMs: later.startMs,
      endMs: later.endMs,
      resourceIds: [shop.ben, shop.anna],
      spans: [later],
    };
    const hold = shop.hold([shop.span(0, 60)]);
    await joined(scene, shop, guest(shop), second);
    await joined(scene, shop, guest(shop), { take: 2 });
    await joined(scene, shop, hold);
    const span = shop.benSpan(0, 60);
    await joined(scene, shop, guest(shop), { session: scene.id(), serviceId: scene.id(), spans: [span] });
    const other = { id, startMs: later.startMs, resourceIds: second.resourceIds, taken: 1 };
    demandEqual(await sessions(scene, shop), [course(shop, 3), other], 'sessions');
    demandEqual(await sessions(scene, shop, 60, 90), [], 'sessions between the two');
    demandEqual(await sessions(scene, shop, 55, 91), [course(shop, 3), other], 'sessions that reach into a range');
    scene.clock.set(hold.expiresMs);
    demandEqual(await sessions(scene, shop, 0, 60), [course(shop, 2)], 'sessions when a hold has expired');
    const query = { resourceIds: [shop.anna], fromMs: at(0), toMs: at(600), sessions: { serviceId: shop.serviceId } };
    const units = [{ scope: 'day:shop', fromPeriod: 0, toPeriod: 2 }];
    const answer = await scene.storage.busy(shop.id, { ...query, units });
    const all = { revision: null, busy: [[at(0), at(60), at(90), at(150)]], units: [[0, 0]] };
    demandEqual(answer, { ...all, sessions: [course(shop, 2), other] }, 'all that can be asked for');
  },

  'busy leaves out the seats of `except`, and a session in which it is alone': async (scene) => {
    const shop = scene.shop();
    const [one, two] = [guest(shop), guest(shop)];
    await joined(scene, shop, one, { take: 2 });
    await scene.book(shop, [shop.span(60, 90)]);
    demandEqual(await scene.busy(shop, 0, 600, one.id), [[60, 90], []], 'busy except the only participant');
    demandEqual(await sessions(scene, shop, 0, 600, one.id), [], 'sessions except the only participant');
    await joined(scene, shop, two);
    demandEqual(await scene.busy(shop, 0, 600, one.id), [[0, 60, 60, 90], []], 'busy except one of two');
    demandEqual(await sessions(scene, shop, 0, 600, one.id), [course(shop, 1)], 'sessions except one of two');
    demandEqual(await sessions(scene, shop, 0, 600, scene.id()), [course(shop, 3)], 'sessions except nothing known');
  },

  'a session is left out for `except` where all others in it have expired': async (scene) => {
    const shop = scene.shop();
    const [one, hold] = [guest(shop), shop.hold([shop.span(0, 60)])];
    await joined(scene, shop, hold);
    await joined(scene, shop, one);
    demandEqual(await scene.busy(shop, 0, 600, one.id), [[0, 60], []], 'busy while the other lives');
    scene.clock.set(hold.expiresMs);
    demandEqual(await scene.busy(shop, 0, 600, one.id), [[], []], 'busy when the other has expired');
    demandEqual(await scene.busy(shop, 0, 600), [[0, 60], []], 'busy without an exception');
  },

  'of fifty who want the seats of one session at once, as many get one as there are': async (scene) => {
    const shop = scene.shop();
    const outcomes = await Promise.all(racers.map(() => join(scene, shop)));
    demandEqual(countOutcomes(outcomes), { committed: 3, 'session-full': 47 }, 'outcomes');
    demandEqual(await scene.busy(shop), [[0, 60], []], 'busy');
    demandEqual(await sessions(scene, shop), [course(shop, 3)], 'sessions');
  },

  'of fifty parties of three who want the four seats of one session at once, one gets in': async (scene) => {
    const shop = scene.shop();
    const outcomes = await Promise.all(racers.map(() => join(scene, shop, { take: 3, seats: 4 })));
    demandEqual(countOutcomes(outcomes), { committed: 1, 'session-full': 49 }, 'outcomes');
    const left = outcomes.flatMap((each) => (each.kind === 'session-full' ? [each.left] : []));
    demandEqual([...new Set(left)], [1], 'how many were told to be left');
  },

  'of many who open two sessions of one instructor at once, one is opened': async (scene) => {
    const shop = scene.shop();
    const other = { session: scene.id<Shop['course']>(), serviceId: scene.id<Shop['serviceId']>() };
    const outcomes = await Promise.all(racers.map((i) => join(scene, shop, { ...(i % 2 ? other : {}), seats: 50 })));
    demandEqual(countOutcomes(outcomes), { committed: 25, taken: 25 }, 'outcomes');
    demandEqual(await scene.busy(shop), [[0, 60], []], 'busy');
  },

  'the last two who leave at once free the time': async (scene) => {
    const shop = scene.shop();
    for (let round = 0; round < 10; round++) {
      const two = [guest(shop), guest(shop)];
      for (const each of two) await joined(scene, shop, each);
      await Promise.all(two.map(({ id }) => scene.commit(shop, { release: [id], events: [] })));
      demandEqual(await scene.busy(shop), [[], []], 'busy');
      demand(await scene.isFree(shop, [shop.span(0, 60)]), 'the time should be free');
    }
  },

  'who joins while the last one leaves is in the session, whoever comes first': async (scene) => {
    const shop = scene.shop();
    for (let round = 0; round < 10; round++) {
      const [last, next] = [await joined(scene, shop, guest(shop)), guest(shop)];
      const leaving = () => scene.commit(shop, { release: [last.id], events: [] });
      const joining = () => joined(scene, shop, next);
      await Promise.all(round % 2 ? [leaving(), joining()] : [joining(), leaving()]);
      demandEqual(await scene.busy(shop), [[0, 60], []], 'busy');
      demand(!(await scene.isFree(shop, [shop.span(0, 60)])), 'the time should be taken');
      demandEqual(await sessions(scene, shop), [course(shop, 1)], 'sessions');
      await scene.commit(shop, { release: [next.id], events: [] });
      demandEqual(await scene.busy(shop), [[], []], 'busy at the end');
    }
  },

  'a hold that is converted while another participant leaves keeps the session': async (scene) => {
    const shop = scene.shop();
    for (let round = 0; round < 10; round++) {
      const hold = await joined(scene, shop, shop.hold([shop.span(0, 60)]));
      const other = await joined(scene, shop, guest(shop));
      const leaving = () => scene.commit(shop, { release: [other.id], events: [] });
      const converting = () => scene.commit(shop, shop.conversion(hold));
      await Promise.all(round % 2 ? [leaving(), converting()] : [converting(), leaving()]);
      scene.clock.set(hold.expiresMs);
      demandEqual(await scene.busy(shop), [[0, 60], []], 'busy when the hold would have expired');
      demand(!(await scene.isFree(shop, [shop.span(0, 60)])), 'the time should be taken');
      await scene.commit(shop, { release: [sameId(hold.id)], events: [] });
    }
  },
};
