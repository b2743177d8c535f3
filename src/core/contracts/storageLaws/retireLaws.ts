import type { CustomerId } from '../../model/ids.ts';
import { demand, demandEqual } from '../law.ts';
import type { RetiredKind, Retiring } from '../retiring.ts';
import { at, DAY_MS } from './minutes.ts';
import type { Scene, StorageSentences } from './scene.ts';
import type { Shop } from './shop.ts';

const END = at(30);

/** Retires whatever was over at the end of the first half hour. */
const retire = (scene: Scene, shop: Shop, kind: RetiredKind, changes: Partial<Retiring> = {}) =>
  scene.storage.retire(shop.id, { kind, beforeMs: END, unchangedSinceMs: END, limit: 100, ...changes });

/** Delivers all events that wait. */
async function deliver(scene: Scene): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    const lent = await scene.lease();
    if (lent.length === 0) return;
    for (const { event } of lent) await scene.storage.maintenance.markSent('relay', event.id);
  }
}

/** A call that ended while it was told of. */
const endedCall = (shop: Shop, changes: Parameters<Shop['call']>[0] = {}) =>
  shop.call({ status: 'analyzed', startedMs: at(0), endedMs: END, updatedMs: END, ...changes });

/** What a company no longer keeps. */
export const retireLaws: StorageSentences = {
  'an appointment that is over for long enough goes with all that was stored beside it, and no other one': async (
    scene,
  ) => {
    const shop = await scene.openShop();
    const call = endedCall(shop);
    await scene.storage.saveCall(shop.id, call, 0);
    const row = shop.appointment([shop.span(0, 30), shop.benSpan(0, 15)], { callId: call.id });
    await scene.commit(shop, shop.booking(row, { units: [shop.unit(row, { most: 9 })] }));
    await scene.storage.saveCall(shop.id, { ...call, appointmentId: row.id, version: 2 }, 1);
    const others = [await scene.book(shop, [shop.span(30, 60)]), await scene.book(shop, [shop.benSpan(15, 31)])];
    await deliver(scene);
    scene.clock.set(at(600));
    demandEqual(
      await retire(scene, shop, 'appointments', { beforeMs: END - 1 }),
      { taken: 0, next: null },
      'what is taken a millisecond too early',
    );
    demandEqual(await retire(scene, shop, 'appointments'), { taken: 1, next: null }, 'what is taken');
    demandEqual(await scene.storage.appointment(shop.id, row.id), undefined, 'the appointment');
    demandEqual(await scene.storage.ownedRows(shop.id, row.id), { spans: [], events: [] }, 'what stood beside it');
    const query = { resourceId: shop.ben, fromMs: at(0), toMs: at(30), limit: 9 };
    demandEqual(
      (await scene.storage.appointments(shop.id, query)).map(({ id }) => id),
      [others[1]?.id],
      "appointments of its second resource's",
    );
    const units = [{ scope: 'day:shop', fromPeriod: 1, toPeriod: 2 }];
    const busy = await scene.storage.busy(shop.id, { resourceIds: [], fromMs: 0, toMs: at(1), units });
    demandEqual(busy.units, [[0]], 'units that are left');
    const named = await scene.storage.callById(shop.id, call.id);
    demandEqual([named?.appointmentId, named?.version], [null, 3], 'what its call names, and the version of the call');
    for (const other of others)
      demandEqual(await scene.storage.appointment(shop.id, other.id), other, 'another appointment');
    demand(!(await scene.isFree(shop, [shop.span(30, 60)])), 'another appointment should keep its time');
    demandEqual(await retire(scene, shop, 'appointments'), { taken: 0, next: null }, 'what a second run takes');
  },

  'an appointment stays while one of its events waits, and while it was changed of late': async (scene) => {
    const shop = await scene.openShop();
    const row = await scene.book(shop, [shop.span(0, 30)]);
    scene.clock.set(END);
    demandEqual((await retire(scene, shop, 'appointments')).taken, 0, 'what is taken while an event waits');
    await deliver(scene);
    const before = row.updatedMs - 1;
    const early = await retire(scene, shop, 'appointments', { unchangedSinceMs: before });
    demandEqual(early.taken, 0, 'what is taken of what was changed after that moment');
    demandEqual(await scene.storage.appointment(shop.id, row.id), row, 'the appointment');
    const changed = await retire(scene, shop, 'appointments', { unchangedSinceMs: row.updatedMs });
    demandEqual(changed.taken, 1, 'what is taken of what was changed at that moment');
  },

  'what is old goes in pieces, each after the last row of the one before, and whoever begins anew takes the rest':
    async (scene) => {
      const shop = await scene.openShop();
      const rows = [];
      // Two at a time, so that their ids alone tell which comes next.
      for (let i = 0; i < 6; i++) {
        const from = Math.floor(i / 2) * 5;
        rows.push(await scene.book(shop, [i % 2 ? shop.span(from, from + 5) : shop.benSpan(from, from + 5)]));
      }
      await deliver(scene);
      const [first] = rows;
      if (first === undefined) return;
      await scene.commit(shop, { events: [shop.event(first.id)] });
      scene.clock.set(at(600));
      const one = await retire(scene, shop, 'appointments', { limit: 2 });
      demandEqual(one.taken, 1, 'what the first piece takes beside a row that waits');
      const two = await retire(scene, shop, 'appointments', { limit: 2, after: one.next ?? undefined });
      demandEqual(two.taken, 2, 'what the second piece takes');
      const left = (): Promise<readonly { readonly id: string }[]> =>
        scene.storage.walk(shop.id, 'appointments', { limit: 9 });
      demandEqual((await left()).length, 3, 'appointments that are left by then');
      await deliver(scene);
      let [taken, after] = [0, undefined as Retiring['after']];
      for (let piece = 0; piece < 9; piece++) {
        const { taken: more, next } = await retire(scene, shop, 'appointments', { limit: 1, after });
        demand(more <= 1, 'a piece should not take more than it looks at');
        taken += more;
        if (next === null) break;
        after = next;
      }
      demandEqual([taken, (await left()).length], [3, 0], 'what who begins anew takes, and leaves');
    },

  'a call that has ended goes with its events, and appointments name it no more': async (scene) => {
    const shop = await scene.openShop();
    const [call, open, later] = [
      endedCall(shop),
      endedCall(shop, { providerCallId: 'call-2', status: 'ongoing' }),
      endedCall(shop, { providerCallId: 'call-3', startedMs: END + 1 }),
    ];
    for (const each of [call, open, later]) await scene.storage.saveCall(shop.id, each, 0);
    const row = await scene.book(shop, [shop.span(0, 30)], { callId: call.id });
    const other = await scene.book(shop, [shop.span(30, 60)], { callId: later.id });
    await scene.commit(shop, { events: [shop.event(call.id)] });
    demandEqual((await retire(scene, shop, 'calls')).taken, 0, 'what is taken while an event waits');
    await deliver(scene);
    demandEqual(await retire(scene, shop, 'calls'), { taken: 1, next: null }, 'what is taken');
    demandEqual(await scene.storage.callById(shop.id, call.id), undefined, 'the call');
    const { events } = await scene.storage.ownedRows(shop.id, call.id as never);
    demandEqual(events, [], 'its events');
    demandEqual(await scene.storage.callById(shop.id, open.id), open, 'a call that goes on');
    demandEqual(await scene.storage.callById(shop.id, later.id), later, 'a later call');
    const left = { ...row, callId: null, version: 2 };
    demandEqual(await scene.storage.appointment(shop.id, row.id), left, 'the appointment that was made in it');
    demandEqual(await scene.storage.appointment(shop.id, other.id), other, 'one that was made in another');
  },

  'what was said in a call goes, and the call stays in its next version': async (scene) => {
    const shop = scene.shop();
    const said = { transcript: 'a', summary: 'b', outcome: 'c', offers: { '1': 'a.b' }, from: '+4930111' };
    const call = endedCall(shop, said);
    const open = endedCall(shop, { ...said, providerCallId: 'call-2', status: 'ongoing' });
    for (const each of [call, open]) await scene.storage.saveCall(shop.id, each, 0);
    await scene.commit(shop, { events: [shop.event(call.id)] });
    await deliver(scene);
    demandEqual(await retire(scene, shop, 'transcripts', { beforeMs: at(-1) }), { taken: 0, next: null }, 'too early');
    demandEqual(await retire(scene, shop, 'transcripts'), { taken: 1, next: null }, 'what is taken');
    const left = { ...call, transcript: null, summary: null, outcome: null, offers: {}, version: 2 };
    demandEqual(await scene.storage.callById(shop.id, call.id), left, 'the call');
    demandEqual(await scene.storage.callById(shop.id, open.id), open, 'a call that goes on');
    const { events } = await scene.storage.ownedRows(shop.id, call.id as never);
    demandEqual(events, [], 'events that told what was said');
    demandEqual(await retire(scene, shop, 'transcripts'), { taken: 0, next: null }, 'what a second run takes');
  },

  'who only counts what would go takes nothing': async (scene) => {
    const shop = await scene.openShop();
    const row = await scene.book(shop, [shop.span(0, 30)]);
    const call = endedCall(shop, { transcript: 'a' });
    await scene.storage.saveCall(shop.id, call, 0);
    await deliver(scene);
    for (const kind of ['appointments', 'transcripts', 'calls'] as const)
      demandEqual(await retire(scene, shop, kind, { dryRun: true }), { taken: 1, next: null }, `${kind} counted`);
    demandEqual(await scene.storage.appointment(shop.id, row.id), row, 'the appointment');
    demandEqual(await scene.storage.callById(shop.id, call.id), call, 'the call');
  },

  'customers who have neither come nor called since then are told page by page': async (scene) => {
    const shop = await scene.openShop();
    const beforeMs = at(0);
    const phones = [1, 2, 3, 4, 5].map((digit) => `+493011${digit}`);
    const customers = [];
    for (const phone of phones) customers.push(await scene.customer(shop, { phone }));
    const [idle, came, called, caller, past] = customers.map(({ id }) => id);
    const nobody = (await scene.customer(shop)).id;
    await scene.book(shop, [shop.span(0, 5)], { customerId: past ?? null });
    await scene.book(shop, [shop.span(5, 10)], { customerId: came ?? null });
    await scene.storage.saveCall(shop.id, endedCall(shop, { customerId: called ?? null, startedMs: at(1) }), 0);
    const byNumber = { providerCallId: 'call-2', from: phones[3] ?? null, startedMs: at(1) };
    await scene.storage.saveCall(shop.id, endedCall(shop, byNumber), 0);
    const before = { providerCallId: 'call-3', from: phones[0] ?? null, startedMs: at(0) };
    await scene.storage.saveCall(shop.id, endedCall(shop, before), 0);
    const told: (CustomerId | undefined)[] = [];
    let after: CustomerId | undefined;
    for (let page = 0; page < 9; page++) {
      const { ids, next } = await scene.storage.idleCustomers(shop.id, { beforeMs, after, limit: 2 });
      told.push(...ids);
      if (next === null) break;
      after = next;
    }
    demandEqual(told, [idle, past, nobody], 'idle customers');
    demand(caller !== undefined && !told.includes(caller), 'who called by his number is not idle');
    const long = await scene.storage.idleCustomers(shop.id, { beforeMs: beforeMs - 60 * 365 * DAY_MS, limit: 9 });
    demandEqual(long, { ids: [], next: null }, 'customers who were there before they were made');
  },
};
