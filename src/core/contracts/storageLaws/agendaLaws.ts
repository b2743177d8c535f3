import type { Appointment } from '../../model/appointment.ts';
import type { AppointmentId, BranchId, CustomerId } from '../../model/ids.ts';
import type { AgendaEntry, AgendaQuery } from '../lists.ts';
import { demand, demandEqual } from '../law.ts';
import { at } from './minutes.ts';
import type { Scene, StorageSentences } from './scene.ts';
import type { Shop } from './shop.ts';

/** What a day view tells of an appointment. */
const entryOf = ({ id, startMs, endMs, status, serviceId, resourceIds, customerId }: Appointment): AgendaEntry => ({
  id,
  startMs,
  endMs,
  status,
  serviceId,
  resourceId: resourceIds[0] ?? null,
  customerId,
});

const agenda = (scene: Scene, shop: Shop, query: Partial<AgendaQuery> = {}): Promise<readonly AgendaEntry[]> =>
  scene.storage.agenda(shop.id, { branchId: shop.branchId, fromMs: at(0), toMs: at(600), limit: 100, ...query });

const store = async (scene: Scene, shop: Shop, rows: readonly Appointment[]): Promise<void> =>
  scene.commit(shop, { appointments: rows.map((row) => ({ row, expectedVersion: 0 })), events: [] });

/** The day view of a branch. */
export const agendaLaws: StorageSentences = {
  'an agenda tells of each appointment what a day view shows, ordered by start and then by id': async (scene) => {
    const shop = scene.shop();
    const customerId = scene.id<CustomerId>();
    const [late, first, second] = [
      shop.appointment([shop.benSpan(60, 90), shop.span(60, 75)], { customerId, status: 'pending' }),
      shop.appointment([shop.span(0, 30)], { resourceIds: [] }),
      shop.appointment([shop.span(0, 15)], { serviceId: scene.id() }),
    ];
    await store(scene, shop, [late, second, first]);
    demandEqual(await agenda(scene, shop), [first, second, late].map(entryOf), 'agenda');
  },

  'an agenda has the starts of its branch from the first moment of the range up to its end': async (scene) => {
    const shop = scene.shop();
    const rows = [-30, 0, 30, 60].map((from) => shop.appointment([shop.span(from, from + 45)]));
    const elsewhere = shop.appointment([shop.benSpan(30, 60)], { branchId: scene.id<BranchId>() });
    await store(scene, shop, [...rows, elsewhere]);
    demandEqual(await agenda(scene, shop, { toMs: at(60) }), rows.slice(1, 3).map(entryOf), 'agenda of the branch');
    const other = await agenda(scene, shop, { branchId: elsewhere.branchId });
    demandEqual(other, [entryOf(elsewhere)], 'agenda of the other branch');
  },

  'an agenda has appointments of the statuses asked for, of all when none is named': async (scene) => {
    const shop = scene.shop();
    const all = ['pending', 'confirmed', 'completed', 'cancelled', 'noShow'] as const;
    const rows = all.map((status, i) => shop.appointment([shop.span(i * 30, i * 30 + 30)], { status }));
    await store(scene, shop, rows);
    const some = await agenda(scene, shop, { statuses: ['completed', 'pending'] });
    demandEqual(some, [rows[0], rows[2]].flatMap((row) => (row ? [entryOf(row)] : [])), 'agenda of two statuses'); // prettier-ignore
    demandEqual(await agenda(scene, shop, { statuses: [] }), [], 'agenda of no status');
    demandEqual((await agenda(scene, shop)).length, 5, 'entries of any status');
  },

  'pages of an agenda follow each other without a gap or a double, also among equal starts': async (scene) => {
    const shop = scene.shop();
    const rows = Array.from({ length: 11 }, (_, i) => shop.appointment([shop.span(i < 7 ? 30 : i * 30, 600)]));
    await store(scene, shop, [...rows].reverse());
    const listed: AgendaEntry[] = [];
    for (let pages = 0; pages < 20; pages++) {
      const page = await agenda(scene, shop, { after: listed.at(-1), limit: 3 });
      demand(page.length <= 3, `a page of three should not have ${page.length}`);
      listed.push(...page);
      if (page.length < 3) break;
    }
    demandEqual(listed, rows.map(entryOf), 'entries');
  },

  'an agenda tells an appointment as it was changed last': async (scene) => {
    const shop = scene.shop();
    const row = await scene.book(shop, [shop.span(0, 30)]);
    const moved = { startMs: at(90), endMs: at(120), resourceIds: [shop.ben] };
    await scene.commit(shop, shop.update(row, { ...moved, status: 'cancelled', customerId: scene.id<CustomerId>() }));
    const stored = await scene.storage.appointment(shop.id, row.id);
    demandEqual(await agenda(scene, shop), stored && [entryOf(stored)], 'agenda');
    demandEqual(await agenda(scene, shop, { toMs: at(60) }), [], 'agenda at the former time');
  },

  'a converted hold is in the agenda': async (scene) => {
    const shop = scene.shop();
    const hold = shop.hold([shop.benSpan(30, 60)]);
    await scene.commit(shop, shop.holding(hold));
    demandEqual(await agenda(scene, shop), [], 'agenda while it is held');
    await scene.commit(shop, shop.conversion(hold));
    const [entry] = await agenda(scene, shop);
    demandEqual([entry?.id, entry?.resourceId], [hold.id as string as AppointmentId, shop.ben], 'id and resource');
  },
};
