import { demandEqual } from '../law.ts';
import { at, MINUTE_MS } from './minutes.ts';
import type { StorageSentences } from './scene.ts';
import { GRAIN_MS } from './shop.ts';

/** What is stored of an owner: by the name that he gave, and row by row. */
export const ownedLaws: StorageSentences = {
  'live holds are found by their owner, to the last character, in the order of their ids': async (scene) => {
    const shop = scene.shop();
    const owned = (owner: string, from: number, more = {}) =>
      shop.hold([shop.span(from, from + 30)], { owner, ...more });
    const [short, long, other] = [
      owned('anna', 0, { expiresMs: scene.clock.now() + MINUTE_MS }),
      owned('anna', 60),
      owned('ben', 120),
    ];
    for (const hold of [long, short, other, owned('Anna', 180), owned('anna ', 240)])
      await scene.commit(shop, shop.holding(hold));
    demandEqual(await scene.storage.holdsOf(shop.id, 'anna'), [short, long], 'holds of the owner');
    demandEqual(await scene.storage.holdsOf(shop.id, 'carl'), [], 'holds of somebody else');
    scene.clock.advance(MINUTE_MS - 1);
    demandEqual(await scene.storage.holdsOf(shop.id, 'anna'), [short, long], 'holds in the last millisecond of one');
    scene.clock.advance(1);
    demandEqual(await scene.storage.holdsOf(shop.id, 'anna'), [long], 'holds when one has expired');
    await scene.commit(shop, { release: [long.id], events: [] });
    demandEqual(await scene.storage.holdsOf(shop.id, 'anna'), [], 'holds when the other was released');
  },

  'the rows of an owner are told: his time with its claims, and his events with how far they came': async (scene) => {
    const shop = scene.shop();
    const hold = shop.hold([shop.span(0, 30), shop.benSpan(15, 60)]);
    await scene.commit(shop, shop.holding(hold));
    const rows = () => scene.storage.ownedRows(shop.id, hold.id);
    const spansOf = (minutes: readonly (readonly [from: number, to: number])[], expiresMs: number | null) =>
      minutes.map(([from, to], i) => ({
        resourceId: shop.resourceIds[i],
        startMs: at(from),
        endMs: at(to),
        expiresMs,
        claims: ((to - from) * MINUTE_MS) / GRAIN_MS,
      }));
    const times = [[0, 30], [15, 60]] as const; // prettier-ignore
    const held = await rows();
    demandEqual(held.spans, spansOf(times, hold.expiresMs), 'time of the hold');
    const first = held.events[0];
    const told = { payload: { revision: 1 }, attempts: 0, delivered: [], sentMs: null };
    demandEqual(
      held.events,
      [{ ...told, id: first?.id, name: 'company.changed', occurredMs: scene.clock.now() }],
      'events',
    );
    await scene.commit(shop, shop.conversion(hold, { events: [shop.event(hold.id, { occurredMs: 1 })] }));
    demandEqual((await rows()).spans, spansOf(times, null), 'time of the appointment');
    await scene.lease();
    scene.clock.advance(1000);
    if (first) await scene.storage.maintenance.markDelivered('relay', first.id, 'mail');
    demandEqual((await rows()).events[0], { ...first, attempts: 1, delivered: ['mail'] }, 'an event that is out');
    if (first) await scene.storage.maintenance.markSent('relay', first.id);
    const [sent, waiting] = (await rows()).events;
    demandEqual(sent?.sentMs, scene.clock.now(), 'when it was sent');
    demandEqual([waiting?.occurredMs, waiting?.sentMs], [1, null], 'the event behind it');
    await scene.commit(shop, { release: [hold.id], events: [] });
    demandEqual((await rows()).spans, [], 'time after its release');
    demandEqual(await scene.storage.ownedRows(shop.id, scene.id()), { spans: [], events: [] }, 'rows of nobody');
  },
};
