import type { Appointment } from '../../model/appointment.ts';
import type { BranchId, CustomerId, GroupId } from '../../model/ids.ts';
import type { AppointmentQuery } from '../lists.ts';
import { demand, demandEqual } from '../law.ts';
import { at } from './minutes.ts';
import type { Scene, StorageSentences } from './scene.ts';
import type { Shop } from './shop.ts';

const starts = async (scene: Scene, shop: Shop, query: Omit<AppointmentQuery, 'limit'>): Promise<number[]> => {
  const found = await scene.storage.appointments(shop.id, { limit: 100, ...query });
  return found.map(({ startMs }) => (startMs - at(0)) / 60_000);
};

/** Stores appointments without claiming their time, so that several may start together. */
const store = async (scene: Scene, shop: Shop, rows: readonly Appointment[]): Promise<void> =>
  scene.commit(shop, { appointments: rows.map((row) => ({ row, expectedVersion: 0 })), events: [] });

/** Lists of appointments and customers. */
export const listLaws: StorageSentences = {
  'appointments come ordered by start and then by id, as they were written': async (scene) => {
    const shop = scene.shop();
    const [a, b, c, d] = [30, 0, 30, 15].map((from) => shop.appointment([shop.span(from, from + 15)]));
    if (!a || !b || !c || !d) return;
    await store(scene, shop, [c, a, d, b]);
    demandEqual(await scene.storage.appointments(shop.id, { limit: 10 }), [b, d, a, c], 'appointments');
  },

  'appointments are listed by their start, from the first moment of the range up to its end': async (scene) => {
    const shop = scene.shop();
    await store(
      scene,
      shop,
      [0, 30, 60, 90].map((from) => shop.appointment([shop.span(from, from + 60)])),
    );
    demandEqual(await starts(scene, shop, { fromMs: at(30), toMs: at(90) }), [30, 60], 'starts within a range');
    demandEqual(await starts(scene, shop, { fromMs: at(31) }), [60, 90], 'starts from a moment');
    demandEqual(await starts(scene, shop, { toMs: at(31) }), [0, 30], 'starts up to a moment');
    demandEqual(await starts(scene, shop, { fromMs: at(31), toMs: at(31) }), [], 'starts in an empty range');
  },

  'appointments are listed of one branch': async (scene) => {
    const shop = scene.shop();
    const branchId = scene.id<BranchId>();
    await store(scene, shop, [
      shop.appointment([shop.span(0, 30)]),
      shop.appointment([shop.span(30, 60)], { branchId }),
    ]);
    demandEqual(await starts(scene, shop, { branchId }), [30], 'starts');
  },

  'appointments are listed of one resource, whichever of theirs it is': async (scene) => {
    const shop = scene.shop();
    await store(scene, shop, [
      shop.appointment([shop.span(0, 30)]),
      shop.appointment([shop.benSpan(30, 60)]),
      shop.appointment([shop.span(60, 90), shop.benSpan(60, 90)]),
    ]);
    demandEqual(await starts(scene, shop, { resourceId: shop.ben }), [30, 60], 'starts of Ben');
    demandEqual(await starts(scene, shop, { resourceId: shop.anna }), [0, 60], 'starts of Anna');
    demandEqual(await starts(scene, shop, { resourceId: scene.id() }), [], 'starts of nobody known');
  },

  'appointments are listed of one group': async (scene) => {
    const shop = scene.shop();
    const groupId = scene.id<GroupId>();
    await store(scene, shop, [
      shop.appointment([shop.span(0, 30)]),
      shop.appointment([shop.span(60, 90)], { groupId }),
      shop.appointment([shop.span(30, 60)], { groupId }),
    ]);
    demandEqual(await starts(scene, shop, { groupId }), [30, 60], 'starts');
    demandEqual(await starts(scene, shop, { groupId: scene.id() }), [], 'starts of a group that nobody booked');
  },

  'appointments are listed of one customer': async (scene) => {
    const shop = scene.shop();
    const [customerId, other] = [scene.id<CustomerId>(), scene.id<CustomerId>()];
    await store(scene, shop, [
      shop.appointment([shop.span(0, 30)], { customerId: other }),
      shop.appointment([shop.span(30, 60)], { customerId }),
      shop.appointment([shop.span(60, 90)]),
    ]);
    demandEqual(await starts(scene, shop, { customerId }), [30], 'starts');
  },

  'appointments are listed of some statuses': async (scene) => {
    const shop = scene.shop();
    const all = ['pending', 'confirmed', 'completed', 'cancelled', 'noShow'] as const;
    await store(
      scene,
      shop,
      all.map((status, i) => shop.appointment([shop.span(i * 30, i * 30 + 30)], { status })),
    );
    demandEqual(await starts(scene, shop, { statuses: ['noShow', 'confirmed'] }), [30, 120], 'starts of two');
    demandEqual(await starts(scene, shop, { statuses: [] }), [], 'starts of none');
    demandEqual(await starts(scene, shop, {}), [0, 30, 60, 90, 120], 'starts of any');
  },

  'an appointment is listed only where all conditions hold': async (scene) => {
    const shop = scene.shop();
    const customerId = scene.id<CustomerId>();
    const wanted = { fromMs: at(0), toMs: at(30), resourceId: shop.anna, customerId, statuses: ['confirmed'] } as const;
    const row = shop.appointment([shop.span(0, 30)], { customerId });
    await store(scene, shop, [row]);
    demandEqual(await starts(scene, shop, { ...wanted, branchId: row.branchId }), [0], 'starts where all hold');
    for (const miss of [
      { fromMs: at(1) },
      { toMs: at(0) },
      { resourceId: shop.ben },
      { customerId: scene.id<CustomerId>() },
      { statuses: ['pending'] },
      { branchId: scene.id<BranchId>() },
    ] as const) {
      demandEqual(
        await starts(scene, shop, { ...wanted, ...miss }),
        [],
        `starts with ${Object.keys(miss).join()} missed`,
      );
    }
  },

  'pages of appointments follow each other without a gap or a double, also among equal starts': async (scene) => {
    const shop = scene.shop();
    const rows = Array.from({ length: 11 }, (_, i) => shop.appointment([shop.span(i < 7 ? 30 : i * 30, 600)]));
    await store(scene, shop, [...rows].reverse());
    const listed: Appointment[] = [];
    for (let pages = 0; pages < 20; pages++) {
      const last = listed.at(-1);
      const after = last && { startMs: last.startMs, id: last.id };
      const page = await scene.storage.appointments(shop.id, { fromMs: at(0), after, limit: 3 });
      demand(page.length <= 3, `a page of three should not have ${page.length}`);
      listed.push(...page);
      if (page.length < 3) break;
    }
    demandEqual(
      listed.map(({ id }) => id),
      rows.map(({ id }) => id),
      'ids',
    );
  },

  'a position after which to list need not be an appointment': async (scene) => {
    const shop = scene.shop();
    await store(
      scene,
      shop,
      [0, 30, 60].map((from) => shop.appointment([shop.span(from, from + 30)])),
    );
    const after = { startMs: at(15), id: scene.id<Appointment['id']>() };
    demandEqual(await starts(scene, shop, { after }), [30, 60], 'starts after a moment between two');
    demandEqual(await starts(scene, shop, { after, fromMs: at(45) }), [60], 'starts after it and from a later moment');
  },

  'customers come ordered by id, page by page': async (scene) => {
    const shop = scene.shop();
    const customers = Array.from({ length: 5 }, (_, i) => shop.customer({ phone: `+49${9 - i}`, name: `n${9 - i}` }));
    for (const customer of [...customers].reverse()) await scene.commit(shop, { customers: [customer], events: [] });
    const first = await scene.storage.customers(shop.id, { limit: 2 });
    const second = await scene.storage.customers(shop.id, { after: first.at(-1)?.id, limit: 2 });
    const third = await scene.storage.customers(shop.id, { after: second.at(-1)?.id, limit: 2 });
    demandEqual([first, second, third], [customers.slice(0, 2), customers.slice(2, 4), customers.slice(4)], 'pages');
  },
};
