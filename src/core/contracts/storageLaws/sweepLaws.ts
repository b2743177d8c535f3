import { demand, demandEqual } from '../law.ts';
import type { Retention } from '../maintenance.ts';
import { DAY_MS, MINUTE_MS } from './minutes.ts';
import type { Scene, StorageSentences } from './scene.ts';

/** How long the laws of sweeping keep things. */
export const retention: Retention = {
  sentEventsMs: 2 * DAY_MS,
  idempotencyMs: 3 * DAY_MS,
  expiredHoldsMs: 0,
  pastClaimsMs: DAY_MS,
};

/** Sweeps. */
export const sweep = (scene: Scene, limit = 1000) => scene.storage.maintenance.sweep(retention, limit);

/** What a sweep takes away, and what it must leave. */
export const sweepLaws: StorageSentences = {
  'a sweep takes holds that have expired and leaves live ones': async (scene) => {
    const shop = await scene.openShop();
    const old = shop.hold([shop.span(0, 30)]);
    await scene.commit(shop, shop.holding(old));
    scene.clock.set(old.expiresMs - 1);
    demandEqual((await sweep(scene)).expiredHolds, 0, 'holds taken before any expired');
    scene.clock.set(old.expiresMs);
    const live = shop.hold([shop.benSpan(0, 30)]);
    await scene.commit(shop, shop.holding(live));
    demandEqual((await sweep(scene)).expiredHolds, 1, 'holds taken');
    demandEqual(await scene.storage.hold(shop.id, old.id), undefined, 'the expired hold');
    demandEqual(await scene.storage.hold(shop.id, live.id), live, 'the live hold');
    demandEqual(await scene.busy(shop), [[], [0, 30]], 'busy');
    demand(!(await scene.isFree(shop, live.spans)), 'the live hold should keep its claims');
    demandEqual((await sweep(scene)).expiredHolds, 0, 'holds taken by a second sweep');
  },

  'a sweep leaves expired holds known for as long as it is told': async (scene) => {
    const shop = await scene.openShop();
    const hold = shop.hold([shop.span(0, 30)]);
    await scene.commit(shop, shop.holding(hold));
    const sweepLater = () => scene.storage.maintenance.sweep({ ...retention, expiredHoldsMs: DAY_MS }, 1000);
    scene.clock.set(hold.expiresMs + DAY_MS - 1);
    demandEqual((await sweepLater()).expiredHolds, 0, 'holds taken before that');
    demandEqual(await scene.storage.hold(shop.id, hold.id), hold, 'the expired hold');
    demand(await scene.isFree(shop, hold.spans), 'what it held should be free');
    scene.clock.set(hold.expiresMs + DAY_MS);
    demandEqual((await sweepLater()).expiredHolds, 1, 'holds taken after it');
  },

  'a sweep of an expired hold leaves what others have taken over': async (scene) => {
    const shop = await scene.openShop();
    const hold = shop.hold([shop.span(0, 30)]);
    await scene.commit(shop, shop.holding(hold));
    scene.clock.set(hold.expiresMs);
    await scene.book(shop, [shop.span(15, 45)]);
    await sweep(scene);
    demandEqual(await scene.busy(shop), [[15, 45], []], 'busy');
    demand(!(await scene.isFree(shop, [shop.span(15, 30)])), 'the new owner should keep his claims');
    demand(await scene.isFree(shop, [shop.span(0, 15)]), 'what nobody took over should be free');
  },

  'a sweep leaves holds that were converted': async (scene) => {
    const shop = await scene.openShop();
    const hold = shop.hold([shop.span(0, 30)]);
    await scene.commit(shop, shop.holding(hold));
    await scene.commit(shop, shop.conversion(hold));
    scene.clock.set(hold.expiresMs + 1);
    demandEqual((await sweep(scene)).expiredHolds, 0, 'holds taken');
    demandEqual(await scene.busy(shop), [[0, 30], []], 'busy');
    demand(!(await scene.isFree(shop, hold.spans)), 'the appointment should keep its claims');
  },

  'a sweep takes claims that are over for long enough and leaves all others, whatever their grain': async (scene) => {
    const shop = await scene.openShop();
    const claimed = [shop.span(0, 30), shop.benSpan(0, 30)].map((span) => shop.appointment([span]));
    const [coarse, fine] = claimed;
    if (!coarse || !fine) return;
    await scene.commit(shop, {
      claims: [shop.claim(coarse), { ...shop.claim(fine), grainMs: MINUTE_MS }],
      events: [],
    });
    scene.clock.set(coarse.endMs + retention.pastClaimsMs - 1);
    demandEqual((await sweep(scene)).pastSpans, 0, 'times taken one millisecond too early');
    for (const { spans, id } of claimed) {
      const again = [{ ...shop.claim(shop.appointment(spans)), grainMs: id === fine.id ? MINUTE_MS : 5 * MINUTE_MS }];
      const outcome = await scene.storage.write(shop.id, { claims: again, events: [] });
      demandEqual(outcome, { kind: 'taken' }, 'outcome for claims that were left');
    }
    scene.clock.set(coarse.endMs + retention.pastClaimsMs);
    const next = await scene.book(shop, [shop.span(1500, 1530)]);
    demandEqual((await sweep(scene)).pastSpans, 2, 'times taken');
    demandEqual((await sweep(scene)).pastSpans, 0, 'times taken by a second sweep');
    demandEqual(await scene.busy(shop), [[1500, 1530], []], 'busy');
    for (const { spans } of claimed) demand(await scene.isFree(shop, spans), 'claims should go with their time');
    demand(!(await scene.isFree(shop, next.spans)), 'claims to come should be left');
  },

  'a sweep takes keys that are old enough, and no others': async (scene) => {
    const shop = await scene.openShop();
    const use = (key: string) =>
      scene.commit(shop, { idempotency: { key, fingerprint: 'f', resultId: scene.id() as never }, events: [] });
    await use('old');
    scene.clock.advance(retention.idempotencyMs - 1);
    await use('new');
    demandEqual((await sweep(scene)).idempotencyRecords, 0, 'keys taken one millisecond too early');
    scene.clock.advance(1);
    demandEqual((await sweep(scene)).idempotencyRecords, 1, 'keys taken');
    demandEqual(await scene.storage.idempotency(shop.id, 'old'), undefined, 'the old key');
    demandEqual((await scene.storage.idempotency(shop.id, 'new'))?.fingerprint, 'f', 'fingerprint of the new key');
  },

  'a sweep takes events that were sent long enough ago, and never one that was not': async (scene) => {
    const shop = scene.shop();
    const [sent, waiting] = [shop.event('a'), shop.event('b')];
    await scene.commit(shop, { events: [sent, waiting] });
    scene.clock.advance(10 * DAY_MS);
    await scene.lease();
    // What counts is when it was sent, not when it occurred.
    await scene.storage.maintenance.markSent('relay', sent.id);
    scene.clock.advance(retention.sentEventsMs - 1);
    demandEqual((await sweep(scene)).sentEvents, 0, 'events taken one millisecond too early');
    scene.clock.advance(1);
    demandEqual((await sweep(scene)).sentEvents, 1, 'events taken');
    demandEqual((await sweep(scene)).sentEvents, 0, 'events taken by a second sweep');
    demandEqual(
      (await scene.lease()).map(({ event }) => event.id),
      [waiting.id],
      'events lent',
    );
  },

  'events of an aggregate stay in order when earlier ones were swept': async (scene) => {
    const shop = scene.shop();
    const { maintenance } = scene.storage;
    const sendOne = async (): Promise<string | undefined> => {
      const [lent] = await scene.lease();
      if (lent) await maintenance.markSent('relay', lent.event.id);
      return lent?.event.id;
    };
    const events = [1, 2, 3, 4].map(() => shop.event('day'));
    await scene.commit(shop, { events: events.slice(0, 2) });
    const sent = [await sendOne()];
    scene.clock.advance(10 * DAY_MS);
    await sweep(scene);
    await scene.commit(shop, { events: events.slice(2, 3) });
    sent.push(await sendOne(), await sendOne());
    scene.clock.advance(10 * DAY_MS);
    await sweep(scene);
    await scene.commit(shop, { events: events.slice(3) });
    sent.push(await sendOne());
    demandEqual(
      sent,
      events.map(({ id }) => id),
      'events in the order in which they were lent',
    );
  },

  'what is due is counted as sweeps would take it, and left': async (scene) => {
    const shop = await scene.openShop();
    const hold = shop.hold([shop.span(0, 30)]);
    await scene.commit(shop, shop.holding(hold, { idempotency: { key: 'k', fingerprint: 'f', resultId: hold.id } }));
    const row = shop.appointment([shop.benSpan(0, 30)]);
    await scene.commit(shop, shop.booking(row, { units: [shop.unit(row, { endMs: row.endMs })] }));
    for (const { event } of await scene.lease()) await scene.storage.maintenance.markSent('relay', event.id);
    const nothing = await scene.storage.maintenance.due(retention);
    demand(
      Object.values(nothing).every((count: number) => count === 0),
      'nothing should be due at first',
    );
    scene.clock.advance(30 * DAY_MS);
    const told = { expiredHolds: 1, pastSpans: 2, units: 1, sessions: 0, sentEvents: 3, idempotencyRecords: 1 };
    demandEqual(await scene.storage.maintenance.due(retention), told, 'what is due');
    demandEqual(await scene.storage.maintenance.due(retention), told, 'what is due when it is asked again');
    await sweep(scene);
    demandEqual(await scene.storage.maintenance.due(retention), nothing, 'what is due after a sweep');
  },

  'a sweep takes at most so many rows of each kind, and the next one goes on': async (scene) => {
    const shop = await scene.openShop();
    for (let i = 0; i < 5; i++) {
      const hold = shop.hold([shop.span(i * 30, i * 30 + 30)]);
      const idempotency = { key: `k${i}`, fingerprint: 'f', resultId: hold.id };
      const booked = shop.appointment([shop.benSpan(i * 30, i * 30 + 30)]);
      await scene.commit(shop, shop.holding(hold, { idempotency, events: [] }));
      await scene.commit(shop, shop.booking(booked));
    }
    const lent = await scene.lease();
    for (const { event } of lent) await scene.storage.maintenance.markSent('relay', event.id);
    const counts = { expiredHolds: 5, pastSpans: 5, sentEvents: lent.length, idempotencyRecords: 5 };
    scene.clock.advance(30 * DAY_MS);
    const taken = { expiredHolds: 0, pastSpans: 0, sentEvents: 0, idempotencyRecords: 0 };
    for (let i = 0; i < 100; i++) {
      const report = await sweep(scene, 2);
      const most = Math.max(report.expiredHolds, report.pastSpans, report.sentEvents, report.idempotencyRecords);
      demand(most <= 2, `a sweep of at most 2 rows should not report ${most}`);
      if (most === 0) break;
      taken.expiredHolds += report.expiredHolds;
      taken.pastSpans += report.pastSpans;
      taken.sentEvents += report.sentEvents;
      taken.idempotencyRecords += report.idempotencyRecords;
    }
    demandEqual(taken, counts, 'rows taken by all sweeps');
  },
};
