import type { ResourceId } from '../../model/ids.ts';
import { demandEqual } from '../law.ts';
import { at } from './minutes.ts';
import type { StorageSentences } from './scene.ts';

/** What `busy` tells. */
export const busyLaws: StorageSentences = {
  'busy tells start and end of each occupied span, ascending, one list a resource in the order asked for': async (
    scene,
  ) => {
    const shop = scene.shop();
    for (const from of [60, 0, 120]) await scene.book(shop, [shop.span(from, from + 30)]);
    await scene.book(shop, [shop.benSpan(10, 20)]);
    const query = { fromMs: at(0), toMs: at(600) };
    const asked = [shop.ben, scene.id<ResourceId>(), shop.anna];
    const { busy } = await scene.storage.busy(shop.id, { ...query, resourceIds: asked });
    const anna = [at(0), at(30), at(60), at(90), at(120), at(150)];
    demandEqual(busy, [[at(10), at(20)], [], anna], 'busy of Ben, of a resource without any, and of Anna');
    demandEqual((await scene.storage.busy(shop.id, { ...query, resourceIds: [] })).busy, [], 'busy of nobody');
  },

  'busy answers with Float64Arrays': async (scene) => {
    const shop = scene.shop();
    await scene.book(shop, [shop.span(0, 30)]);
    const query = { resourceIds: shop.resourceIds, fromMs: at(0), toMs: at(60) };
    const { busy } = await scene.storage.busy(shop.id, query);
    demandEqual(
      busy.map((each) => each instanceof Float64Array),
      [true, true],
      'whether they are Float64Arrays',
    );
  },

  'a span that ends where the range begins is not busy': async (scene) => {
    const shop = scene.shop();
    await scene.book(shop, [shop.span(0, 30)]);
    demandEqual(await scene.busy(shop, 30, 60), [[], []], 'busy after the end');
    demandEqual(await scene.busy(shop, 25, 60), [[0, 30], []], 'busy from five minutes before the end');
  },

  'a span that begins where the range ends is not busy': async (scene) => {
    const shop = scene.shop();
    await scene.book(shop, [shop.span(60, 90)]);
    demandEqual(await scene.busy(shop, 0, 60), [[], []], 'busy before the start');
    demandEqual(await scene.busy(shop, 0, 65), [[60, 90], []], 'busy up to five minutes after the start');
  },

  'spans are told whole, also where they reach beyond the range': async (scene) => {
    const shop = scene.shop();
    await scene.book(shop, [shop.span(0, 120)]);
    demandEqual(await scene.busy(shop, 30, 60), [[0, 120], []], 'busy within the span');
  },

  'a span of a whole day is found by its last minutes': async (scene) => {
    const shop = scene.shop();
    await scene.book(shop, [shop.span(0, 1440)]);
    demandEqual(await scene.busy(shop, 1435, 1500), [[0, 1440], []], 'busy at the end of the day');
  },

  'every span of an appointment is busy, on each of its resources': async (scene) => {
    const shop = scene.shop();
    await scene.book(shop, [shop.span(0, 30), shop.benSpan(15, 45), shop.span(60, 90)]);
    demandEqual(
      await scene.busy(shop),
      [
        [0, 30, 60, 90],
        [15, 45],
      ],
      'busy',
    );
  },

  'a live hold is busy, an expired one is not': async (scene) => {
    const shop = scene.shop();
    const hold = shop.hold([shop.span(0, 30)]);
    await scene.commit(shop, shop.holding(hold));
    scene.clock.set(hold.expiresMs - 1);
    demandEqual(await scene.busy(shop), [[0, 30], []], 'busy one millisecond before the hold expires');
    scene.clock.set(hold.expiresMs);
    demandEqual(await scene.busy(shop), [[], []], 'busy when the hold has expired');
  },

  'busy leaves out the spans of `except`, and only those': async (scene) => {
    const shop = scene.shop();
    const moved = await scene.book(shop, [shop.span(0, 30), shop.benSpan(0, 30)]);
    await scene.book(shop, [shop.span(30, 60)]);
    demandEqual(await scene.busy(shop, 0, 600, moved.id), [[30, 60], []], 'busy except one appointment');
    demandEqual(
      await scene.busy(shop, 0, 600, scene.id()),
      [
        [0, 30, 30, 60],
        [0, 30],
      ],
      'busy except nothing known',
    );
  },

  'busy answers for a hundred resources at once': async (scene) => {
    const shop = scene.shop();
    const resourceIds = Array.from({ length: 100 }, () => scene.id<ResourceId>());
    const spans = resourceIds.map((resourceId, i) => ({ ...shop.span(i * 5, i * 5 + 5), resourceId }));
    await scene.book(shop, spans);
    const { busy } = await scene.storage.busy(shop.id, { resourceIds, fromMs: at(0), toMs: at(600) });
    demandEqual(
      busy,
      spans.map(({ startMs, endMs }) => [startMs, endMs]),
      'busy of each',
    );
  },

  'busy carries the revision of the configuration': async (scene) => {
    const shop = await scene.openShop();
    const query = { resourceIds: shop.resourceIds, fromMs: at(0), toMs: at(60) };
    demandEqual((await scene.storage.busy(shop.id, query)).revision, 1, 'revision after the first save');
    await shop.save(1);
    demandEqual((await scene.storage.busy(shop.id, query)).revision, 2, 'revision after the second');
  },

  'busy of a company that does not exist has no revision': async (scene) => {
    const shop = scene.shop();
    await scene.openShop('other');
    const query = { resourceIds: shop.resourceIds, fromMs: at(0), toMs: at(60) };
    demandEqual(await scene.storage.busy(shop.id, query), { revision: null, busy: [[], []] }, 'answer');
  },
};
