import { mayBecome, openStatuses, type Appointment, type CustomerId } from '../../../plugin.ts';
import { listOwn, recall } from './offers.ts';
import { choiceOf } from './refused.ts';
import type { Spoken, Turn } from './turn.ts';

/** The caller's appointment, or the sentence that asks which. */
export type OwnAppointment =
  { readonly ok: true; readonly appointment: Appointment } | { readonly ok: false; readonly answer: Spoken };

const MAX_ASKED = 4;

/**
 * The upcoming appointment of whoever is on the line: the one with that number, else the only one. Others' appointments
 * cannot be reached: they must be booked under the number that calls, or during this very call.
 */
export async function ownAppointment(turn: Turn, number: number | undefined): Promise<OwnAppointment> {
  const { phrases } = turn.speech;
  if (number !== undefined) {
    const named = await byNumber(turn, number);
    if (named !== undefined) return { ok: true, appointment: named };
    return { ok: false, answer: { ok: false, say: phrases.misunderstood.appointment, reason: 'APPOINTMENT_UNKNOWN' } };
  }
  const upcoming = await upcomingOf(turn);
  const [only, another] = upcoming;
  if (only === undefined) {
    const say = turn.callerPhone === undefined ? phrases.noCallerNumber : phrases.noAppointment;
    return { ok: false, answer: { ok: false, say, reason: 'APPOINTMENT_UNKNOWN' } };
  }
  if (another === undefined) return { ok: true, appointment: only };
  const appointments = await listOwn(turn, upcoming.slice(0, MAX_ASKED));
  const say = phrases.askAppointment(choiceOf(turn, appointments));
  return { ok: false, answer: { ok: false, say, reason: 'WHICH_APPOINTMENT', appointments } };
}

/** The appointment this phone call last booked or changed. */
export async function touchedByCall(turn: Turn): Promise<Appointment | undefined> {
  if (turn.call.appointmentId === null) return undefined;
  const answer = await turn.door.getAppointment(turn.call.appointmentId);
  return answer.ok ? answer.appointment : undefined;
}

const isOwn = ({ call, customer }: Turn, { callId, customerId }: Appointment): boolean =>
  callId === call.id || (customer !== undefined && customerId === customer.id);

async function byNumber(turn: Turn, number: number): Promise<Appointment | undefined> {
  const entry = recall(turn, number);
  if (entry?.kind !== 'appointment') return undefined;
  const answer = await turn.door.getAppointment(entry.id);
  return answer.ok && isOwn(turn, answer.appointment) ? answer.appointment : undefined;
}

async function upcomingOf(turn: Turn): Promise<readonly Appointment[]> {
  const { door, customer, call, nowMs } = turn;
  const ids = new Set<CustomerId>();
  if (customer !== undefined) ids.add(customer.id);
  // Booked in this call for somebody else, or by a caller without a number.
  if (call.customerId !== null) ids.add(call.customerId);
  const pages = await Promise.all(
    [...ids].map((customerId) =>
      door.listAppointments({ customerId, fromMs: nowMs, statuses: openStatuses, limit: MAX_ASKED + 1 }),
    ),
  );
  const listed = pages.flatMap((answer) => (answer.ok ? answer.page.items : []));
  const touched = await touchedByCall(turn);
  // A caller who gave neither number nor name has no customer, but he is still on the line.
  if (touched !== undefined && !listed.some(({ id }) => id === touched.id)) listed.push(touched);
  return listed
    .filter(
      (appointment) =>
        isOwn(turn, appointment) && mayBecome(appointment.status, 'cancelled') && appointment.startMs >= nowMs,
    )
    .toSorted((a, b) => a.startMs - b.startMs);
}
