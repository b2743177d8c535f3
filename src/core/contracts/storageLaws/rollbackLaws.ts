import type { BookingWrite, WriteOutcome } from '../bookingWrite.ts';
import { demand, demandEqual } from '../law.ts';
import type { Scene, StorageSentences } from './scene.ts';
import type { Shop } from './shop.ts';

/**
 * Runs a write that has every part and must be refused, and looks for anything it left: the released must still hold its
 * time, and nothing of the rest may be there.
 */
async function leavesNothing(
  scene: Scene,
  shop: Shop,
  expected: WriteOutcome,
  obstacle: Partial<BookingWrite>,
): Promise<void> {
  const released = await scene.book(shop, [shop.span(300, 330)]);
  const kept = shop.hold([shop.benSpan(300, 330)]);
  await scene.commit(shop, shop.holding(kept));
  const before = await scene.busy(shop);
  const events = (await scene.storage.maintenance.backlog()).unsent;

  const row = shop.appointment([shop.span(360, 390)]);
  const hold = shop.hold([shop.benSpan(360, 390)]);
  const customer = shop.customer({ phone: '+4930999' });
  const course = shop.span(420, 450);
  const outcome = await scene.storage.write(shop.id, {
    idempotency: { key: 'refused', fingerprint: 'f', resultId: row.id },
    release: [released.id],
    convert: { id: kept.id, owner: kept.owner },
    customers: [customer],
    hold,
    events: [shop.event(row.id)],
    ...obstacle,
    claims: [shop.claim(row), shop.claim(hold), ...(obstacle.claims ?? [])],
    units: [shop.unit(row), ...(obstacle.units ?? [])],
    seats: obstacle.seats ?? [shop.seat(row, { startMs: course.startMs, endMs: course.endMs, spans: [course] })],
    appointments: [{ row, expectedVersion: 0 }, ...(obstacle.appointments ?? [])],
  });
  demandEqual(outcome, expected, 'outcome');

  demandEqual(await scene.busy(shop), before, 'busy');
  const more = { units: [{ scope: 'day:shop', fromPeriod: 1, toPeriod: 2 }], sessions: { serviceId: shop.serviceId } };
  const asked = { resourceIds: [], fromMs: course.startMs, toMs: course.endMs, ...more };
  const { units, sessions } = await scene.storage.busy(shop.id, asked);
  demandEqual({ units, sessions }, { units: [[0]], sessions: [] }, 'units and sessions');
  demand(await scene.isFree(shop, [course]), 'the time of the session should be free');
  demand(!(await scene.isFree(shop, released.spans)), 'what would have been released should keep its claims');
  demand(await scene.isFree(shop, [...row.spans, ...hold.spans]), 'what would have been claimed should be free');
  demandEqual(await scene.storage.hold(shop.id, kept.id), kept, 'the hold that would have been converted');
  demandEqual(await scene.storage.hold(shop.id, hold.id), undefined, 'the hold that would have been made');
  demandEqual(await scene.storage.appointment(shop.id, row.id), undefined, 'the appointment');
  demandEqual(await scene.storage.customer(shop.id, customer.id), undefined, 'the customer');
  demandEqual(await scene.storage.idempotency(shop.id, 'refused'), undefined, 'the key');
  demandEqual((await scene.storage.maintenance.backlog()).unsent, events, 'events in the outbox');
  scene.clock.set(kept.expiresMs);
  demand(await scene.isFree(shop, kept.spans), 'the hold that would have been converted should expire');
}

/** Whatever a write is refused for, it leaves nothing. */
export const rollbackLaws: StorageSentences = {
  'a write refused because time is taken leaves nothing': async (scene) => {
    const shop = scene.shop();
    await scene.book(shop, [shop.span(0, 30)]);
    const late = shop.appointment([shop.span(15, 45)]);
    await leavesNothing(scene, shop, { kind: 'taken' }, { claims: [shop.claim(late)] });
  },

  'a write refused because a limit is reached leaves nothing': async (scene) => {
    const shop = scene.shop();
    const late = shop.unit(shop.appointment([shop.span(0, 30)]), { scope: 'week:shop', most: 0 });
    const expected = { kind: 'limit-reached', scope: 'week:shop', period: 1 } as const;
    await leavesNothing(scene, shop, expected, { units: [late] });
  },

  'a write refused because a session is full leaves nothing': async (scene) => {
    const shop = scene.shop();
    const [first, late] = [shop.appointment([shop.span(0, 60)]), shop.appointment([shop.span(0, 60)])];
    await scene.commit(shop, { seats: [shop.seat(first, { take: 2 })], events: [] });
    const expected = { kind: 'session-full', session: shop.course, left: 1 } as const;
    await leavesNothing(scene, shop, expected, { seats: [shop.seat(late, { take: 2 })] });
  },

  'a write refused because the time of a session is taken leaves nothing': async (scene) => {
    const shop = scene.shop();
    await scene.book(shop, [shop.span(0, 30)]);
    const late = shop.seat(shop.appointment([shop.span(0, 60)]));
    await leavesNothing(scene, shop, { kind: 'taken' }, { seats: [late] });
  },

  'a write refused because a required hold has expired leaves nothing': async (scene) => {
    await leavesNothing(scene, scene.shop(), { kind: 'hold-expired' }, { requireHold: { id: scene.id(), owner: 'x' } });
  },

  'a write refused because the hold to convert has expired leaves nothing': async (scene) => {
    const shop = scene.shop();
    const hold = shop.hold([shop.span(0, 30)], { expiresMs: scene.clock.now() + 1 });
    await scene.commit(shop, shop.holding(hold));
    scene.clock.advance(1);
    await leavesNothing(scene, shop, { kind: 'hold-expired' }, { convert: { id: hold.id, owner: hold.owner } });
  },

  'a write refused because a customer raced leaves nothing': async (scene) => {
    const shop = scene.shop();
    const first = await scene.customer(shop, { phone: '+4930111' });
    const customer = shop.customer({ phone: first.phone });
    await leavesNothing(scene, shop, { kind: 'customer-raced' }, { customers: [customer] });
    demandEqual(await scene.storage.customer(shop.id, customer.id), undefined, 'the customer who came second');
  },

  'a write refused for a version leaves nothing': async (scene) => {
    const shop = scene.shop();
    const first = await scene.book(shop, [shop.span(0, 30)]);
    await scene.commit(shop, shop.update(first));
    const row = { ...first, version: 2, notes: 'late' };
    const conflict = { kind: 'version-conflict', version: 2, id: first.id } as const;
    await leavesNothing(scene, shop, conflict, { appointments: [{ row, expectedVersion: 1 }] });
    demandEqual((await scene.storage.appointment(shop.id, first.id))?.notes, null, 'notes');
  },

  'parts are judged in the order of the fields': async (scene) => {
    const shop = scene.shop();
    const booked = await scene.book(shop, [shop.span(0, 30)]);
    const known = await scene.customer(shop, { phone: '+4930111' });
    const conflicting = { appointments: [{ row: booked, expectedVersion: 7 }], events: [] };
    const raced = { ...conflicting, customers: [shop.customer({ phone: known.phone })] };
    const taken = { ...raced, claims: [shop.claim(shop.appointment(booked.spans))] };
    const expired = { ...taken, convert: { id: scene.id(), owner: 'x' } } as BookingWrite;
    const kinds: string[] = [];
    for (const write of [conflicting, raced, taken, expired]) {
      kinds.push((await scene.storage.write(shop.id, write)).kind);
    }
    demandEqual(kinds, ['version-conflict', 'customer-raced', 'taken', 'hold-expired'], 'outcomes');
  },
};
