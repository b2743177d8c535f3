import type { Appointment } from '../../model/appointment.ts';
import type { AppointmentId } from '../../model/ids.ts';
import type { BookingWrite } from '../bookingWrite.ts';
import { demandEqual } from '../law.ts';
import { at } from './minutes.ts';
import type { Scene } from './scene.ts';
import type { Shop } from './shop.ts';

/** The units of a day and the sessions of a service, whoever's it is. */
const scarceOf = async (scene: Scene, shop: Shop, of: Shop, except?: AppointmentId): Promise<unknown> => {
  const asked = { units: [{ scope: 'day:shop', fromPeriod: 1, toPeriod: 2 }], sessions: { serviceId: of.serviceId } };
  const query = { resourceIds: [of.anna], fromMs: at(700), toMs: at(800), except, ...asked };
  const { busy, units, sessions } = await scene.storage.busy(shop.id, query);
  return [busy[0]?.length, units?.[0]?.[0], sessions?.map(({ taken }) => taken)];
};

/** What takes a unit and a seat late in the day, in the twin of a session. */
const scarceOn = (shop: Shop, of: Shop, row: Appointment): BookingWrite => {
  const span = shop.span(700, 760);
  const time = { serviceId: of.serviceId, startMs: span.startMs, endMs: span.endMs, spans: [span] };
  return { units: [shop.unit(row)], seats: [shop.seat(row, { ...time, seats: 1 })], events: [] };
};

/** Units and sessions of one company are not told to another. */
export async function tellsNoScarce(scene: Scene, mine: Shop, other: Shop): Promise<void> {
  const row = mine.appointment([mine.span(700, 760)]);
  await scene.commit(mine, scarceOn(mine, mine, row));
  demandEqual(await scarceOf(scene, mine, mine), [2, 1, [1]], 'units and sessions of the first');
  demandEqual(await scarceOf(scene, other, mine), [0, 0, []], 'units and sessions of the other');
  const twin = { ...row, id: scene.id<AppointmentId>() };
  await scene.commit(other, scarceOn(other, mine, twin));
  demandEqual(await scarceOf(scene, mine, mine), [2, 1, [1]], 'units and sessions of the first beside its twin');
  demandEqual(await scarceOf(scene, other, mine, row.id), [2, 1, [1]], 'of the other except one of the first');
  await scene.commit(mine, { release: [row.id], events: [] });
  await scene.commit(other, { release: [twin.id], events: [] });
}

/** Units and seats of one company are neither in the way of another nor in its hands. */
export async function sharesNoScarce(scene: Scene, mine: Shop, other: Shop): Promise<void> {
  const row = mine.appointment([mine.span(700, 760)]);
  await scene.commit(mine, scarceOn(mine, mine, row));
  await scene.commit(other, scarceOn(other, mine, row));
  await scene.commit(other, { release: [row.id], events: [] });
  demandEqual(await scarceOf(scene, mine, mine), [2, 1, [1]], 'units and sessions of the first');
  demandEqual(await scarceOf(scene, other, mine), [0, 0, []], 'units and sessions of the other');
  await scene.commit(mine, { release: [row.id], events: [] });
}
