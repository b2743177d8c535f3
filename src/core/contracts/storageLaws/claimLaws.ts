import { demand, demandEqual } from '../law.ts';
import { DAY_MS, MINUTE_MS } from './minutes.ts';
import type { StorageSentences } from './scene.ts';

/** Who gets time. */
export const claimLaws: StorageSentences = {
  'time that is claimed cannot be claimed again, in whole or in part': async (scene) => {
    const shop = scene.shop();
    await scene.book(shop, [shop.span(30, 60)]);
    for (const [from, to] of [
      [30, 60],
      [25, 35],
      [55, 65],
      [40, 45],
      [0, 90],
    ] as const) {
      demand(!(await scene.isFree(shop, [shop.span(from, to)])), `minutes ${from} to ${to} should be taken`);
    }
  },

  'claims may touch: one ends where the next begins': async (scene) => {
    const shop = scene.shop();
    await scene.book(shop, [shop.span(30, 60)]);
    await scene.book(shop, [shop.span(0, 30)]);
    await scene.book(shop, [shop.span(60, 90)]);
    demandEqual(await scene.busy(shop), [[0, 30, 30, 60, 60, 90], []], 'busy');
  },

  'claims of different resources do not meet': async (scene) => {
    const shop = scene.shop();
    await scene.book(shop, [shop.span(0, 30)]);
    await scene.book(shop, [shop.benSpan(0, 30)]);
  },

  'claims are had all together or not at all': async (scene) => {
    const shop = scene.shop();
    await scene.book(shop, [shop.benSpan(15, 45)]);
    const both = shop.appointment([shop.span(0, 30), shop.benSpan(0, 30)]);
    demandEqual(await scene.storage.write(shop.id, shop.booking(both)), { kind: 'taken' }, 'outcome');
    demand(await scene.isFree(shop, [shop.span(0, 30), shop.benSpan(0, 15)]), 'the free part should still be free');
  },

  'two claims within one write meet like those of two writes': async (scene) => {
    const shop = scene.shop();
    const [one, two] = [shop.appointment([shop.span(0, 30)]), shop.appointment([shop.span(25, 55)])];
    const write = { claims: [shop.claim(one), shop.claim(two)], events: [] };
    demandEqual(await scene.storage.write(shop.id, write), { kind: 'taken' }, 'outcome of claims that overlap');
    const later = shop.appointment([shop.span(30, 60)]);
    await scene.commit(shop, { claims: [shop.claim(one), shop.claim(later)], events: [] });
    demandEqual(await scene.busy(shop), [[0, 30, 30, 60], []], 'busy after claims that touch');
  },

  'a grain of one minute is told apart to the minute': async (scene) => {
    const shop = scene.shop();
    const claim = (from: number, to: number) => {
      const appointment = shop.appointment([shop.span(from, to)]);
      return scene.storage.write(
        shop.id,
        shop.booking(appointment, { claims: [{ ...shop.claim(appointment), grainMs: MINUTE_MS }] }),
      );
    };
    demandEqual(await claim(0, 7), { kind: 'committed' }, 'minutes 0 to 7');
    demandEqual(await claim(6, 9), { kind: 'taken' }, 'minutes 6 to 9');
    demandEqual(await claim(7, 9), { kind: 'committed' }, 'minutes 7 to 9');
  },

  'long spans on many days are claimed to their last cell': async (scene) => {
    const shop = scene.shop();
    const days = [0, 1, 2].map((day) => day * 1440);
    await scene.book(
      shop,
      days.map((day) => shop.span(day, day + 720)),
    );
    for (const day of days) {
      demand(!(await scene.isFree(shop, [shop.span(day + 715, day + 720)])), 'the last cell should be taken');
      demand(await scene.isFree(shop, [shop.span(day + 720, day + 725)]), 'the cell after it should be free');
    }
  },

  'a claim without an end stays': async (scene) => {
    const shop = scene.shop();
    await scene.book(shop, [shop.span(0, 30)]);
    scene.clock.advance(400 * DAY_MS);
    demand(!(await scene.isFree(shop, [shop.span(0, 30)])), 'an appointment should keep its time');
    demandEqual(await scene.busy(shop), [[0, 30], []], 'busy');
  },

  'release gives back spans, claims and the hold': async (scene) => {
    const shop = scene.shop();
    const hold = shop.hold([shop.benSpan(0, 30)]);
    await scene.commit(shop, shop.holding(hold));
    const booked = await scene.book(shop, [shop.span(0, 30), shop.span(60, 90)]);
    await scene.commit(shop, { release: [hold.id, booked.id], events: [] });
    demandEqual(await scene.busy(shop), [[], []], 'busy');
    demandEqual(await scene.storage.hold(shop.id, hold.id), undefined, 'hold');
    demand(await scene.isFree(shop, [...booked.spans, ...hold.spans]), 'what was released should be free');
  },

  'release of an unknown owner is no reason to refuse': async (scene) => {
    const shop = scene.shop();
    const booked = shop.appointment([shop.span(0, 30)]);
    await scene.commit(shop, shop.booking(booked, { release: [scene.id(), scene.id()] }));
  },

  'release touches nothing of other owners': async (scene) => {
    const shop = scene.shop();
    const left = await scene.book(shop, [shop.span(0, 30)]);
    await scene.book(shop, [shop.span(30, 60), shop.benSpan(0, 30)]);
    await scene.commit(shop, { release: [left.id], events: [] });
    demandEqual(
      await scene.busy(shop),
      [
        [30, 60],
        [0, 30],
      ],
      'busy',
    );
    demand(!(await scene.isFree(shop, [shop.span(30, 60)])), 'the neighbour should keep his claims');
  },

  'what a write releases it may claim itself: an appointment moves over its own time': async (scene) => {
    const shop = scene.shop();
    const before = await scene.book(shop, [shop.span(0, 60)]);
    const after = { ...shop.appointment([shop.span(30, 90)]), id: before.id, version: 2 };
    await scene.commit(shop, {
      release: [before.id],
      claims: [shop.claim(after)],
      appointments: [{ row: after, expectedVersion: 1 }],
      events: [],
    });
    demandEqual(await scene.busy(shop), [[30, 90], []], 'busy');
    demandEqual(await scene.storage.appointment(shop.id, before.id), after, 'the moved appointment');
  },
};
