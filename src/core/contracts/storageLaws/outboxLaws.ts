import type { DomainEvent } from '../../events.ts';
import { demandEqual } from '../law.ts';
import { at, MINUTE_MS } from './minutes.ts';
import type { Scene, StorageSentences } from './scene.ts';

const LEASE_MS = 30_000;

/** Puts one event for each aggregate into the outbox, in order. */
async function emit(scene: Scene, ...aggregates: string[]): Promise<DomainEvent[]> {
  const shop = scene.shop();
  const events = aggregates.map((aggregate, i) => shop.event(aggregate, { payload: { revision: i } }));
  await scene.commit(shop, { events });
  return events;
}

const lentIds = async (scene: Scene, owner = 'relay', limit = 100): Promise<string[]> =>
  (await scene.lease(owner, LEASE_MS, limit)).map(({ event }) => event.id);

const idsOf = (events: readonly (DomainEvent | undefined)[]): (string | undefined)[] =>
  events.map((event) => event?.id);

/** How events are lent, and come to their end. */
export const outboxLaws: StorageSentences = {
  'an event is lent as it was written, at first without attempts or deliveries': async (scene) => {
    const [event] = await emit(scene, 'a');
    demandEqual(await scene.lease(), [{ event, attempts: 0, delivered: [] }], 'what was lent');
  },

  'no more events are lent than asked for': async (scene) => {
    const events = await emit(scene, 'a', 'b', 'c', 'd', 'e');
    const first = await lentIds(scene, 'relay', 2);
    const second = await lentIds(scene, 'relay', 2);
    const third = await lentIds(scene, 'relay', 2);
    demandEqual([first.length, second.length, third.length], [2, 2, 1], 'numbers of events lent');
    demandEqual([...first, ...second, ...third].sort(), idsOf(events).sort(), 'events lent in all');
  },

  'of each aggregate only the oldest undelivered event is lent, in the order of writing': async (scene) => {
    const shop = scene.shop();
    // Written in this order, whatever their ids and times say.
    const [c, b, a] = [shop.event('x'), shop.event('x'), shop.event('x')];
    await scene.commit(shop, { events: [a, b] });
    await scene.commit(shop, { events: [c] });
    for (const expected of [a, b, c]) {
      demandEqual(await lentIds(scene), [expected.id], 'the one event lent');
      demandEqual(await lentIds(scene, 'other'), [], 'events lent while it is out');
      await scene.storage.maintenance.markSent('relay', expected.id);
    }
    demandEqual(await lentIds(scene), [], 'events lent when all are sent');
  },

  'an event that is postponed holds back its aggregate and no other': async (scene) => {
    const [first, , other] = await emit(scene, 'x', 'x', 'y');
    demandEqual((await lentIds(scene)).sort(), idsOf([first, other]).sort(), 'events lent');
    if (first) await scene.storage.maintenance.postpone('relay', first.id, 5 * MINUTE_MS, 'E');
    if (other) await scene.storage.maintenance.markSent('relay', other.id);
    const [later] = await emit(scene, 'y');
    demandEqual(await lentIds(scene), idsOf([later]), 'events lent while the first waits');
  },

  'nobody else is lent an event until its lease runs out by the storage’s clock': async (scene) => {
    const [event] = await emit(scene, 'a');
    await scene.lease('first', LEASE_MS);
    scene.clock.set(scene.clock.now() + LEASE_MS - 1);
    demandEqual(await lentIds(scene, 'second'), [], 'events lent one millisecond before the lease runs out');
    scene.clock.set(scene.clock.now() + 1);
    demandEqual(await scene.lease('second'), [{ event, attempts: 1, delivered: [] }], 'what is lent then');
  },

  'a handler that has succeeded is remembered for the next who is lent the event': async (scene) => {
    const [event] = await emit(scene, 'a');
    if (!event) return;
    const { maintenance } = scene.storage;
    await scene.lease('first');
    demandEqual(await maintenance.markDelivered('first', event.id, 'mail'), true, 'whether noted');
    demandEqual(await maintenance.markDelivered('first', event.id, 'sms'), true, 'whether the second is noted');
    demandEqual(await maintenance.markDelivered('first', event.id, 'mail'), true, 'whether noted again');
    scene.clock.advance(LEASE_MS);
    demandEqual((await scene.lease('second'))[0]?.delivered, ['mail', 'sms'], 'handlers');
    await maintenance.postpone('second', event.id, 1000, 'E');
    scene.clock.advance(1000);
    demandEqual((await scene.lease('third'))[0]?.delivered, ['mail', 'sms'], 'handlers after a postponement');
  },

  'an event that is sent is never lent again': async (scene) => {
    const [event] = await emit(scene, 'a');
    if (!event) return;
    await scene.lease();
    demandEqual(await scene.storage.maintenance.markSent('relay', event.id), true, 'whether noted');
    demandEqual(await scene.storage.maintenance.markSent('relay', event.id), false, 'whether noted again');
    scene.clock.advance(1000 * LEASE_MS);
    demandEqual(await lentIds(scene), [], 'events lent');
  },

  'an event that is postponed is lent again after the delay, with its attempts counted': async (scene) => {
    const [event] = await emit(scene, 'a');
    if (!event) return;
    const { maintenance } = scene.storage;
    await scene.lease('first');
    demandEqual(await maintenance.postpone('first', event.id, 2 * LEASE_MS, 'SMTP 451'), true, 'whether noted');
    scene.clock.advance(2 * LEASE_MS - 1);
    demandEqual(await lentIds(scene, 'first'), [], 'events lent one millisecond before the delay is over');
    scene.clock.advance(1);
    demandEqual(await scene.lease('second'), [{ event, attempts: 1, delivered: [] }], 'what is lent then');
    await maintenance.postpone('second', event.id, 0, 'SMTP 451');
    demandEqual(await scene.lease('third'), [{ event, attempts: 2, delivered: [] }], 'what is lent after no delay');
  },

  'who has lost the lease changes nothing, and is told so': async (scene) => {
    const [event] = await emit(scene, 'a');
    if (!event) return;
    const { maintenance } = scene.storage;
    const told = async (owner: string): Promise<boolean[]> => [
      await maintenance.markDelivered(owner, event.id, 'late'),
      await maintenance.postpone(owner, event.id, 0, 'late'),
      await maintenance.markSent(owner, event.id),
    ];
    demandEqual(await told('nobody'), [false, false, false], 'what is told before anybody was lent it');
    await scene.lease('first');
    demandEqual(await told('nobody'), [false, false, false], 'what is told to somebody else');
    scene.clock.advance(LEASE_MS);
    await scene.lease('second');
    demandEqual(await told('first'), [false, false, false], 'what is told to the former holder');
    demandEqual(await lentIds(scene, 'third'), [], 'events lent to others');
    scene.clock.advance(LEASE_MS);
    demandEqual(await scene.lease('third'), [{ event, attempts: 2, delivered: [] }], 'what is lent in the end');
  },

  'an event given back is no longer in the hands of who gave it': async (scene) => {
    const [event] = await emit(scene, 'a');
    if (!event) return;
    const { maintenance } = scene.storage;
    await scene.lease();
    await maintenance.postpone('relay', event.id, MINUTE_MS, 'E');
    demandEqual(await maintenance.markSent('relay', event.id), false, 'whether it could still be ended');
    demandEqual(await maintenance.markDelivered('relay', event.id, 'h'), false, 'whether it could still be delivered');
  },

  'the backlog counts what is not sent, lent or not, and knows the oldest': async (scene) => {
    const shop = scene.shop();
    const { maintenance } = scene.storage;
    demandEqual(await maintenance.backlog(), { unsent: 0, oldestMs: null }, 'backlog of nothing');
    const events = [at(2), at(1), at(3)].map((occurredMs, i) => shop.event(`a${i}`, { occurredMs }));
    await scene.commit(shop, { events });
    demandEqual(await maintenance.backlog(), { unsent: 3, oldestMs: at(1) }, 'backlog');
    await scene.lease();
    demandEqual(await maintenance.backlog(), { unsent: 3, oldestMs: at(1) }, 'backlog while all are lent');
    const [first, second, third] = events;
    if (!first || !second || !third) return;
    await maintenance.postpone('relay', first.id, MINUTE_MS, 'E');
    await maintenance.markSent('relay', second.id);
    demandEqual(await maintenance.backlog(), { unsent: 2, oldestMs: at(2) }, 'backlog when one is sent');
    await maintenance.markSent('relay', third.id);
    demandEqual(await maintenance.backlog(), { unsent: 1, oldestMs: at(2) }, 'backlog when two are sent');
  },

  'aggregates of two companies do not wait for each other': async (scene) => {
    const [a, b] = [scene.shop('a'), scene.shop('b')];
    const events = [a.event('day'), b.event('day')];
    await scene.commit(a, { events: events.slice(0, 1) });
    await scene.commit(b, { events: events.slice(1) });
    const lent = await scene.lease();
    demandEqual(lent.map(({ event }) => event.id).sort(), idsOf(events).sort(), 'events lent');
    const owners = new Map<string, string>(lent.map(({ event }) => [event.id, event.companyId]));
    demandEqual(
      events.map(({ id }) => owners.get(id)),
      [a.id, b.id],
      'their companies',
    );
  },
};
