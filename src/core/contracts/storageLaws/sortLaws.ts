import type { Appointment } from '../../model/appointment.ts';
import type { CustomerId, GroupId, ResourceId, ServiceId } from '../../model/ids.ts';
import type { AppointmentQuery, AppointmentSort } from '../lists.ts';
import { demand, demandEqual } from '../law.ts';
import { at } from './minutes.ts';
import type { Scene, StorageSentences } from './scene.ts';
import type { Shop } from './shop.ts';

const store = async (scene: Scene, shop: Shop, rows: readonly Appointment[]): Promise<void> =>
  scene.commit(shop, { appointments: rows.map((row) => ({ row, expectedVersion: 0 })), events: [] });

const listed = async (scene: Scene, shop: Shop, query: Omit<AppointmentQuery, 'limit'>): Promise<Appointment['id'][]> =>
  (await scene.storage.appointments(shop.id, { limit: 100, ...query })).map(({ id }) => id);

const idsOf = (rows: readonly (Appointment | undefined)[]): (Appointment['id'] | undefined)[] =>
  rows.map((row) => row?.id);

/** Seven of which several start together and several were changed together, in the order of their ids. */
const assorted = (shop: Shop, more: Partial<Appointment> = {}): readonly Appointment[] =>
  [3, 1, 3, 2, 1, 3, 1].map((start, i) =>
    shop.appointment([shop.span(30 * start, 600)], { ...more, updatedMs: at([5, 9, 5, 7, 5, 1, 9][i] ?? 0) }),
  );

const by = (key: (row: Appointment) => number) => (a: Appointment, b: Appointment) =>
  key(a) - key(b) || (a.id < b.id ? -1 : 1);

/** All sorts, with what they come to. */
const sorts: Readonly<Record<AppointmentSort, (a: Appointment, b: Appointment) => number>> = {
  start: by(({ startMs }) => startMs),
  '-start': (a, b) => -by(({ startMs }) => startMs)(a, b),
  created: by(() => 0),
  '-created': (a, b) => -by(() => 0)(a, b),
  updated: by(({ updatedMs }) => updatedMs),
  '-updated': (a, b) => -by(({ updatedMs }) => updatedMs)(a, b),
};

async function demandPages(scene: Scene, shop: Shop, rows: readonly Appointment[], query: Omit<AppointmentQuery, 'limit'>): Promise<void> {
  for (const sort of Object.keys(sorts) as AppointmentSort[]) {
    const found: Appointment[] = [];
    for (let pages = 0; pages < 20; pages++) {
      const after = found.at(-1);
      const page = await scene.storage.appointments(shop.id, { ...query, sort, after, limit: 2 });
      demand(page.length <= 2, `a page of two should not have ${page.length}`);
      found.push(...page);
      if (page.length < 2) break;
    }
    demandEqual(idsOf(found), idsOf([...rows].sort(sorts[sort])), `ids in the order ${sort}`);
  }
} // prettier-ignore

/** Lists of appointments in other orders, of several resources and by what has changed. */
export const sortLaws: StorageSentences = {
  'appointments come by start, creation or change, from either end, page by page without a gap or a double': async (
    scene,
  ) => {
    const shop = scene.shop();
    const rows = assorted(shop);
    await store(scene, shop, [...rows].reverse());
    await demandPages(scene, shop, rows, {});
  },

  'so do those of one branch, customer, service or group, and of one resource that is the first of some': async (
    scene,
  ) => {
    const shop = scene.shop();
    const [customerId, serviceId, groupId] = [scene.id<CustomerId>(), scene.id<ServiceId>(), scene.id<GroupId>()];
    const own = { customerId, serviceId, groupId };
    const first = assorted(shop, { ...own, resourceIds: [shop.ben] });
    const second = assorted(shop, { ...own, resourceIds: [shop.anna, shop.ben] });
    const others = assorted(shop, { branchId: scene.id() });
    await store(scene, shop, [...others, ...second, ...first]);
    const { branchId } = shop;
    for (const filter of [{ branchId }, { customerId }, { serviceId }, { groupId }, { resourceId: shop.ben }])
      await demandPages(scene, shop, [...first, ...second], filter);
  }, // prettier-ignore

  'appointments are listed of one service': async (scene) => {
    const shop = scene.shop();
    const serviceId = scene.id<ServiceId>();
    const rows = [shop.appointment([shop.span(0, 30)]), shop.appointment([shop.span(30, 60)], { serviceId })];
    await store(scene, shop, rows);
    demandEqual(await listed(scene, shop, { serviceId }), idsOf([rows[1]]), 'ids');
    demandEqual(await listed(scene, shop, { serviceId: scene.id() }), [], 'ids of a service nobody booked');
  },

  'appointments are listed by their last change, from the first moment of a range up to its end': async (scene) => {
    const shop = scene.shop();
    const rows = [10, 20, 30].map((minute, i) =>
      shop.appointment([shop.span(i * 30, i * 30 + 30)], { updatedMs: at(minute) }),
    );
    await store(scene, shop, rows);
    const range = { updatedFromMs: at(10), updatedToMs: at(30) };
    demandEqual(await listed(scene, shop, { ...range, sort: 'updated' }), idsOf(rows.slice(0, 2)), 'ids in a range');
    demandEqual(await listed(scene, shop, { updatedFromMs: at(11) }), idsOf(rows.slice(1)), 'ids from a moment on');
    await scene.commit(shop, shop.update(await found(scene, shop, rows[0]), { updatedMs: at(40) }));
    const since = await listed(scene, shop, { updatedFromMs: at(30), sort: 'updated' });
    demandEqual(since, idsOf([rows[2], rows[0]]), 'ids changed since');
  },

  'an appointment is listed under the resources and the start that it was changed to, and under no others': async (
    scene,
  ) => {
    const shop = scene.shop();
    const carla = scene.id<ResourceId>();
    const turns: readonly (readonly [minute: number, resourceIds: readonly ResourceId[]])[] = [
      [0, [shop.anna, shop.ben]],
      [0, [shop.ben, shop.anna, carla]],
      [60, [shop.ben, carla]],
      [60, [carla]],
      [90, [shop.anna, carla]],
      [90, [shop.anna]],
      [30, [shop.ben]],
    ];
    let row = shop.appointment([shop.span(0, 30)], { resourceIds: [shop.anna] });
    await store(scene, shop, [row]);
    for (const [minute, resourceIds] of turns) {
      const time = { startMs: at(minute), endMs: at(minute + 30) };
      await scene.commit(shop, shop.update(row, { ...time, resourceIds }));
      row = await found(scene, shop, row);
      for (const resourceId of [shop.anna, shop.ben, carla]) {
        const within = await listed(scene, shop, { resourceId, fromMs: at(minute), toMs: at(minute + 1) });
        const what = `ids of a resource after the change to ${resourceIds.length} of them at ${minute}`;
        demandEqual(within, resourceIds.includes(resourceId) ? [row.id] : [], what);
        demandEqual(await listed(scene, shop, { resourceId }), within, `${what}, at any time`);
      }
    }
  },
};

const found = async (scene: Scene, shop: Shop, row: Appointment | undefined): Promise<Appointment> => {
  const stored = row && (await scene.storage.appointment(shop.id, row.id));
  demand(stored !== undefined, 'the appointment should be there');
  return stored;
};
