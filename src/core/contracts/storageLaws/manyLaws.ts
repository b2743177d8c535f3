import type { Appointment } from '../../model/appointment.ts';
import type { BookingWrite } from '../bookingWrite.ts';
import { demandEqual } from '../law.ts';
import { at } from './minutes.ts';
import type { Scene, StorageSentences } from './scene.ts';
import type { Shop } from './shop.ts';

/** More than a storage is likely to write in one statement. */
const MANY = 300;
const CELL_MINUTES = 5;

/** What books them all, each with a unit of a period of its own. */
const bookingAll = (shop: Shop, appointments: readonly Appointment[], firstPeriod: number): BookingWrite => ({
  claims: appointments.map((each) => shop.claim(each)),
  units: appointments.map((each, index) => shop.unit(each, { period: firstPeriod + index })),
  appointments: appointments.map((row) => ({ row, expectedVersion: 0 })),
  events: appointments.map(({ id }) => shop.event(id)),
});

/** Appointments of five minutes that follow one another. */
const inARow = (shop: Shop, firstMinute: number): readonly Appointment[] =>
  Array.from({ length: MANY }, (_, index) => {
    const from = firstMinute + index * CELL_MINUTES;
    return shop.appointment([shop.span(from, from + CELL_MINUTES)]);
  });

async function demandStored(scene: Scene, shop: Shop, appointments: readonly Appointment[]): Promise<void> {
  const endMs = at(3 * MANY * CELL_MINUTES);
  const units = [{ scope: 'day:shop', fromPeriod: 0, toPeriod: 2 * MANY }];
  const answer = await scene.storage.busy(shop.id, { resourceIds: [shop.anna], fromMs: at(0), toMs: endMs, units });
  const starts = [...(answer.busy[0] ?? [])].filter((_, index) => index % 2 === 0);
  demandEqual(starts, appointments.map(({ startMs }) => startMs), 'starts of occupied time'); // prettier-ignore
  const counts = Array.from({ length: 2 * MANY }, (_, period) => Number(period < appointments.length));
  demandEqual(answer.units?.[0], counts, 'units taken in each period');
  const listed = await scene.storage.appointments(shop.id, { limit: 3 * MANY });
  demandEqual(listed.length, appointments.length, 'appointments stored');
}

/** Writes that book very many at once. */
export const manyLaws: StorageSentences = {
  'a write of hundreds of appointments stores all of them with what they claim': async (scene) => {
    const shop = scene.shop();
    const appointments = inARow(shop, 0);
    await scene.commit(shop, bookingAll(shop, appointments, 0));
    await demandStored(scene, shop, appointments);
  },

  'a write of hundreds of appointments stores none of them where the last cannot be had': async (scene) => {
    const shop = scene.shop();
    const first = inARow(shop, 0);
    await scene.commit(shop, bookingAll(shop, first, 0));
    const last = shop.appointment([shop.span(0, CELL_MINUTES)]);
    const others = [...inARow(shop, MANY * CELL_MINUTES).slice(1), last];
    const outcome = await scene.storage.write(shop.id, bookingAll(shop, others, MANY));
    demandEqual(outcome, { kind: 'taken' }, 'outcome of a write whose last appointment is taken');
    await demandStored(scene, shop, first);
  },
};
