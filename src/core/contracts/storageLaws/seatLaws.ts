import type { Appointment, Hold } from '../../model/appointment.ts';
import type { SeatClaim, WriteOutcome } from '../bookingWrite.ts';
import { demand, demandEqual } from '../law.ts';
import { DAY_MS, MINUTE_MS } from './minutes.ts';
import type { Scene, StorageSentences } from './scene.ts';
import { sameId, type Shop } from './shop.ts';

/** Takes seats for a new appointment, or for what is given. */
export const join = (
  scene: Scene,
  shop: Shop,
  changes: Partial<SeatClaim> = {},
  of: Hold | Appointment = shop.appointment([shop.span(0, 60)]),
): Promise<WriteOutcome> => scene.storage.write(shop.id, shop.storing(of, { seats: [shop.seat(of, changes)] }));

/** Takes seats that must be had. */
export async function joined<Kind extends Hold | Appointment>(
  scene: Scene,
  shop: Shop,
  of: Kind,
  changes: Partial<SeatClaim> = {},
): Promise<Kind> {
  demandEqual(await join(scene, shop, changes, of), { kind: 'committed' }, 'outcome of who joins');
  return of;
}

/** A participant, not yet stored. */
export const guest = (shop: Shop): Appointment => shop.appointment([shop.span(0, 60)]);

const holder = (shop: Shop, minutes: number): Hold =>
  shop.hold([shop.span(0, 60)], { expiresMs: shop.hold([]).expiresMs + minutes * MINUTE_MS });

const full = (shop: Shop, left: number): WriteOutcome => ({ kind: 'session-full', session: shop.course, left });
const occupied = [[0, 60], []];
const free = [[], []];

/** Seats in group sessions. */
export const seatLaws: StorageSentences = {
  'who comes first opens a session, others join it, and its time is busy once': async (scene) => {
    const shop = scene.shop();
    for (let i = 0; i < 3; i++) await joined(scene, shop, guest(shop));
    demandEqual(await scene.busy(shop), occupied, 'busy');
    demandEqual(await join(scene, shop), full(shop, 0), 'outcome of the fourth');
  },

  'one write takes seats in several sessions, in all of them or in none': async (scene) => {
    const shop = scene.shop();
    const span = shop.span(60, 120);
    const second = { session: scene.id<Shop['course']>(), startMs: span.startMs, endMs: span.endMs, spans: [span] };
    const both = (row: Appointment) => [shop.seat(row, { ...second, take: 2 }), shop.seat(row, { take: 2 })];
    const first = guest(shop);
    await scene.commit(shop, shop.storing(first, { seats: both(first) }));
    demandEqual(await scene.busy(shop), [[0, 60, 60, 120], []], 'busy');
    const late = guest(shop);
    const seats = [shop.seat(late), ...both(late).slice(0, 1)];
    const outcome = await scene.storage.write(shop.id, shop.storing(late, { seats }));
    demandEqual(outcome, { kind: 'session-full', session: second.session, left: 1 }, 'two where one is left');
    demandEqual(await join(scene, shop), { kind: 'committed' }, 'one in the first session, which nobody has joined');
  },

  'parties get their seats whole or not at all, and are told how many are left': async (scene) => {
    const shop = scene.shop();
    demandEqual(await join(scene, shop, { take: 4 }), full(shop, 3), 'four where there are three');
    demandEqual(await scene.busy(shop), free, 'busy of a session that was not opened');
    await joined(scene, shop, guest(shop), { take: 2 });
    demandEqual(await join(scene, shop, { take: 2 }), full(shop, 1), 'two where one is left');
    await joined(scene, shop, guest(shop));
    demandEqual(await join(scene, shop, { seats: 2 }), full(shop, 0), 'where there were more seats before');
  },

  'the time of a session is taken for all others, and time that is taken makes no session': async (scene) => {
    const shop = scene.shop();
    await joined(scene, shop, guest(shop));
    demand(!(await scene.isFree(shop, [shop.span(55, 65)])), 'the time of a session should be taken');
    demandEqual(await join(scene, shop, { session: scene.id() }), { kind: 'taken' }, 'another session at that time');
    const later = shop.span(90, 150);
    await scene.book(shop, [shop.span(145, 175)]);
    const blocked = {
      session: scene.id<Shop['course']>(),
      startMs: later.startMs,
      endMs: later.endMs,
      spans: [later],
    };
    demandEqual(await join(scene, shop, blocked), { kind: 'taken' }, 'a session where somebody else is');
    demand(await scene.isFree(shop, [shop.span(90, 145)]), 'a session that was not opened should leave nothing');
  },

  'the time of a session is free when the last one has left, and not before': async (scene) => {
    const shop = scene.shop();
    const here = [guest(shop), guest(shop), guest(shop)];
    for (const each of here) await joined(scene, shop, each);
    for (const { id } of here) {
      demandEqual(await scene.busy(shop), occupied, 'busy while somebody is in');
      demand(!(await scene.isFree(shop, [shop.span(0, 60)])), 'the time should be taken while somebody is in');
      await scene.commit(shop, { release: [id], events: [] });
      if (id === here[0]?.id) demandEqual(await join(scene, shop, { take: 2 }), full(shop, 1), 'two where one left');
    }
    demandEqual(await scene.busy(shop), free, 'busy when all have left');
    await scene.book(shop, [shop.span(0, 60)]);
  },

  'seats of a hold are free when it expires, and the session is over with its last hold': async (scene) => {
    const shop = scene.shop();
    const [short, long] = [holder(shop, 0), holder(shop, 10)];
    await joined(scene, shop, long, { take: 2 });
    await joined(scene, shop, short);
    scene.clock.set(short.expiresMs - 1);
    demandEqual(await join(scene, shop), full(shop, 0), 'a seat of a hold that lives');
    scene.clock.set(short.expiresMs);
    const [brief] = [holder(shop, -5)];
    await joined(scene, shop, brief);
    scene.clock.set(long.expiresMs - 1);
    demandEqual(await scene.busy(shop), occupied, 'busy while one hold lives');
    demand(!(await scene.isFree(shop, [shop.span(0, 60)])), 'the time should be taken while one hold lives');
    scene.clock.set(long.expiresMs);
    demandEqual(await scene.busy(shop), free, 'busy when the last hold has expired');
    await scene.book(shop, [shop.span(30, 90)]);
  },

  'a session in which one hold was converted stays': async (scene) => {
    const shop = scene.shop();
    const [kept, other] = [holder(shop, 0), holder(shop, 10)];
    await joined(scene, shop, kept, { take: 2 });
    await joined(scene, shop, other);
    await scene.commit(shop, shop.conversion(kept));
    scene.clock.set(other.expiresMs + DAY_MS);
    demandEqual(await scene.busy(shop), occupied, 'busy when every hold has expired');
    demand(!(await scene.isFree(shop, [shop.span(0, 60)])), 'the time should stay taken');
    demandEqual(await join(scene, shop, { take: 2 }), full(shop, 1), 'two where one is left');
    await scene.commit(shop, { release: [sameId(kept.id)], events: [] });
    demandEqual(await scene.busy(shop), free, 'busy when the converted one has left');
  },

  'a session opened by a hold stays when somebody joins for good': async (scene) => {
    const shop = scene.shop();
    const hold = await joined(scene, shop, holder(shop, 0));
    await joined(scene, shop, guest(shop));
    scene.clock.set(hold.expiresMs);
    demandEqual(await scene.busy(shop), occupied, 'busy when the hold has expired');
    demand(!(await scene.isFree(shop, [shop.span(0, 60)])), 'the time should stay taken');
  },

  'when one who was there for good leaves, a session lasts as long as the holds that are left': async (scene) => {
    const shop = scene.shop();
    const hold = await joined(scene, shop, holder(shop, 0));
    const { id } = await joined(scene, shop, guest(shop));
    await scene.commit(shop, { release: [id], events: [] });
    scene.clock.set(hold.expiresMs - 1);
    demandEqual(await scene.busy(shop), occupied, 'busy while the hold lives');
    demand(!(await scene.isFree(shop, [shop.span(0, 60)])), 'the time should be taken while the hold lives');
    scene.clock.set(hold.expiresMs);
    demandEqual(await scene.busy(shop), free, 'busy when the hold has expired');
    demand(await scene.isFree(shop, [shop.span(0, 60)]), 'the time should be free when the hold has expired');
  },

  'a session that is over is opened anew, unless somebody has its time': async (scene) => {
    const shop = scene.shop();
    const hold = await joined(scene, shop, holder(shop, 0));
    scene.clock.set(hold.expiresMs);
    const between = await scene.book(shop, [shop.span(30, 90)]);
    demandEqual(await join(scene, shop), { kind: 'taken' }, 'outcome while somebody has its time');
    await scene.commit(shop, { release: [between.id], events: [] });
    const again = await joined(scene, shop, guest(shop), { take: 3 });
    demandEqual(await scene.busy(shop), occupied, 'busy when it was opened anew');
    await scene.commit(shop, { release: [hold.id], events: [] });
    demandEqual(await scene.busy(shop), occupied, 'busy when the expired hold was released');
    demandEqual(await join(scene, shop), full(shop, 0), 'outcome when it is full again');
    await scene.commit(shop, { release: [again.id], events: [] });
    demand(await scene.isFree(shop, [shop.span(0, 60)]), 'all of its time should be free at the end');
  },

  'a hold whose session is over is not converted': async (scene) => {
    const shop = scene.shop();
    const hold = holder(shop, 0);
    await joined(scene, shop, hold, { expiresMs: hold.expiresMs - 5 });
    scene.clock.set(hold.expiresMs - 5);
    const outcome = await scene.storage.write(shop.id, shop.conversion(hold));
    demandEqual(outcome, { kind: 'hold-expired' }, 'outcome');
  },

  'who is in a full session may change within it: what a write releases it may take itself': async (scene) => {
    const shop = scene.shop();
    const [one, two] = [guest(shop), guest(shop)];
    await joined(scene, shop, one, { take: 2 });
    await joined(scene, shop, two);
    const moved = shop.update(one, {}, { release: [one.id], seats: [shop.seat(one, { take: 2 })] });
    await scene.commit(shop, moved);
    demandEqual(await join(scene, shop), full(shop, 0), 'outcome of another');
    await scene.commit(shop, { release: [two.id], events: [] });
    await scene.commit(shop, shop.update({ ...one, version: 2 }, {}, { release: [one.id], seats: [shop.seat(one)] }));
    demandEqual(await scene.busy(shop), occupied, 'busy when the only one has moved');
  },

  'a session takes one place of a shared resource': async (scene) => {
    const shop = scene.shop();
    const spans = [{ ...shop.span(0, 60), capacity: 2 }];
    for (let i = 0; i < 2; i++) await joined(scene, shop, guest(shop), { spans });
    const beside = guest(shop);
    await scene.commit(shop, shop.booking(beside, { claims: [shop.shared(beside, 2)] }));
    demandEqual(await join(scene, shop, { spans, session: scene.id() }), { kind: 'taken' }, 'outcome of a third');
  },
};
