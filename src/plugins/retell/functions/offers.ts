import type { Appointment, AppointmentId, Slot, Zone } from '../../../plugin.ts';
import type { WaitlistEntry } from '../../waitlist/index.ts';
import { PROVIDER } from '../tenant.ts';
import { dateText, timeText, wallClockAt } from '../speech/wallClock.ts';
import type { ToldTime, Turn } from './turn.ts';

/** What a number of the call stands for. */
export type Numbered =
  | {
      readonly kind: 'offer';
      readonly token: string;
      readonly startMs: number;
      readonly serviceId: string;
      readonly resourceIds: string;
    }
  | { readonly kind: 'kept'; readonly entryId: string }
  | { readonly kind: 'appointment'; readonly id: AppointmentId };

const OFFER = 'offer';
const KEPT = 'kept';
const APPOINTMENT = 'appointment';

interface Told extends Pick<Slot, 'segments'>, Partial<Pick<Appointment, 'parts'>> {
  readonly startMs: number;
  readonly branchId: string;
  readonly serviceId: string;
  readonly resourceIds: readonly string[];
}

/** Names of what is booked and of the staff who do it. */
async function namesOf(
  { door, speech }: Turn,
  { serviceId, resourceIds, segments, parts = [] }: Told,
): Promise<{ service?: string; with?: string }> {
  const [services, resources] = await Promise.all([door.services(), door.resources()]);
  const done = new Set([serviceId, ...(segments ?? parts).flatMap((part) => part.serviceId ?? [])]);
  const names = [...done].flatMap((each) => services.find(({ id }) => id === each)?.name ?? []);
  const service = names.length === 0 ? undefined : speech.phrases.together(names);
  const staff = resources.find(({ id, kind }) => kind === 'staff' && resourceIds.includes(id))?.name;
  return { ...(service === undefined ? {} : { service }), ...(staff === undefined ? {} : { with: staff }) };
}

/** A time for the agent's eyes and the caller's ears. */
export async function told(turn: Turn, time: Told): Promise<Omit<ToldTime, 'number'>> {
  const zone: Zone = turn.zoneOf(time.branchId);
  const wall = wallClockAt(zone, time.startMs);
  const when = turn.speech.moment(time.startMs, zone);
  return { when, date: dateText(wall), time: timeText(wall), ...(await namesOf(turn, time)) };
}

/** Gives slots the next numbers of the call, under which they can be booked. */
export async function propose(turn: Turn, slots: readonly Slot[]): Promise<readonly ToldTime[]> {
  // The token stays in our storage; beside it stands what telling and comparing it needs.
  const entries = slots.map((slot) =>
    [OFFER, turn.door.offer(slot).token, slot.startMs, slot.serviceId, slot.resourceIds.join(',')].join(' '),
  );
  return numbered(turn, entries, slots);
}

/** Gives what is kept for the caller from the waiting list the next numbers of the call. */
export function proposeKept(turn: Turn, entries: readonly WaitlistEntry[]): Promise<readonly ToldTime[]> {
  const times = entries.flatMap(({ id, offer, wish: { serviceId } }) =>
    offer === null ? [] : [{ id, ...offer, serviceId }],
  );
  return numbered(
    turn,
    times.map(({ id }) => `${KEPT} ${id}`),
    times,
  );
}

/** Gives the caller's own appointments the next numbers of the call. */
export const listOwn = (turn: Turn, appointments: readonly Appointment[]): Promise<readonly ToldTime[]> =>
  numbered(
    turn,
    appointments.map(({ id }) => `${APPOINTMENT} ${id}`),
    appointments,
  );

async function numbered(turn: Turn, entries: readonly string[], times: readonly Told[]): Promise<readonly ToldTime[]> {
  if (times.length === 0) return [];
  const numbers = await turn.door.calls.addOffers(PROVIDER, turn.call.providerCallId, entries);
  const named = await Promise.all(times.map((time) => told(turn, time)));
  return named.flatMap((time, index) => {
    const number = numbers[index];
    return number === undefined ? [] : [{ number, ...time }];
  });
}

/** What a number of this call stands for; undefined for a number that was never told. */
export function recall({ call }: Turn, number: number): Numbered | undefined {
  const key = String(number);
  const entry = Object.hasOwn(call.offers, key) ? call.offers[key] : undefined;
  const [kind, first, startMs, serviceId, resourceIds] = entry?.split(' ') ?? [];
  if (first === undefined) return undefined;
  if (kind === KEPT) return { kind: 'kept', entryId: first };
  if (kind === APPOINTMENT) return { kind: 'appointment', id: first as AppointmentId };
  if (kind !== OFFER || startMs === undefined || serviceId === undefined || resourceIds === undefined) return undefined;
  return { kind: 'offer', token: first, startMs: Number(startMs), serviceId, resourceIds };
}

/** Whether an appointment is what an offer promised. */
export const isSame = (offer: Numbered & { readonly kind: 'offer' }, appointment: Appointment): boolean =>
  appointment.startMs === offer.startMs &&
  appointment.serviceId === offer.serviceId &&
  appointment.resourceIds.join(',') === offer.resourceIds;
