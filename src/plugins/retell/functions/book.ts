import { z } from 'zod';
import { occupies, refuse, type Appointment, type Booking, type Answer } from '../../../plugin.ts';
import { recordCall } from '../recordCall.ts';
import { PROVIDER } from '../tenant.ts';
import { integer, optionalText } from './args.ts';
import { voiceFunction, type WriteKey } from './function.ts';
import { isSame, recall, told, type Numbered } from './offers.ts';
import { touchedByCall } from './own.ts';
import { sayRefusal } from './refused.ts';
import type { Spoken, Turn } from './turn.ts';

const args = z.object({
  offer: integer(1, 9_999, 'The number of the offer the caller has chosen.'),
  customer_name: optionalText(200, 'The name the appointment is for.'),
  customer_phone: optionalText(40, 'Only if the caller gives another phone number than the one he calls from.'),
  notes: optionalText(1_000, 'What the caller wants to be noted.'),
});

/** Books an offer. */
export const book = voiceFunction({
  name: 'book',
  description:
    'Books one of the offers told before, by its number. Ask for the name first unless {{customer_name}} is known. ' +
    'Only when the answer says ok is it booked. If it says retry, call it again with the same arguments.',
  writes: true,
  args,
  async run(turn, wish, key) {
    const offer = recall(turn, wish.offer);
    if (offer?.kind === 'kept') return acceptKept(turn, offer.entryId);
    if (offer?.kind !== 'offer') return { ok: false, say: turn.speech.phrases.unknownOffer, reason: 'OFFER_UNKNOWN' };
    const answer = await bookOnce(turn, offer, wish, key);
    if (!answer.ok) {
      // The same caller asked twice in other words: the first time won, and it is his.
      const touched = await touchedByCall(turn);
      if (
        touched !== undefined &&
        touched.callId === turn.call.id &&
        occupies(touched.status) &&
        isSame(offer, touched)
      )
        return sayBooked(turn, touched);
      return sayRefusal(turn, answer);
    }
    await remember(turn, answer.appointment);
    return sayBooked(turn, answer.appointment);
  },
});

/** Takes what is kept for the caller from the waiting list. Again, it answers the same appointment. */
async function acceptKept(turn: Turn, entryId: string): Promise<Spoken> {
  const { waitlist, door, speech } = turn;
  if (waitlist === undefined) return { ok: false, say: speech.phrases.unknownOffer, reason: 'OFFER_UNKNOWN' };
  const answer = await waitlist.accept(door.company.id, entryId);
  if (!answer.ok) {
    // He was told of it in this call: what is not his any more has run out, whoever noticed that first.
    const isOver = answer.refusal.code === 'WAITLIST_NOT_OFFERED';
    return sayRefusal(turn, isOver ? refuse('HOLD_EXPIRED', {}) : answer);
  }
  await remember(turn, answer.appointment);
  return sayBooked(turn, answer.appointment);
}

async function bookOnce(
  turn: Turn,
  { token }: Numbered & { readonly kind: 'offer' },
  wish: z.output<typeof args>,
  key: WriteKey,
): Promise<Answer<Booking>> {
  const undone: string[] = [];
  for (;;) {
    const answer = await turn.door.book(token, {
      idempotencyKey: key(...undone),
      // Depends on the question alone, so that its repetition is the same request.
      customer: {
        phone: wish.customer_phone ?? turn.callerPhone,
        name: wish.customer_name,
        // Whoever names a number has not shown that it is his, and must not rename whose it is.
        fillOnly: wish.customer_phone !== undefined || !turn.callerIsProven,
      },
      metadata: wish.customer_name === undefined ? undefined : { customerName: wish.customer_name },
      source: PROVIDER,
      callId: turn.call.id,
      notes: wish.notes,
    });
    // Booked, cancelled and wanted again in one call is a new wish, not a repetition.
    if (!answer.ok || !answer.replayed || occupies(answer.appointment.status)) return answer;
    if (undone.includes(answer.appointment.id)) return answer;
    undone.push(answer.appointment.id);
  }
}

/** Ties the appointment to the phone call. It is booked whatever comes of this. */
export async function remember(turn: Turn, { id, customerId }: Appointment): Promise<void> {
  try {
    const update = { appointmentId: id, customerId: customerId ?? undefined };
    await recordCall(turn.door, turn.call.providerCallId, update);
  } catch (error) {
    turn.onError(error);
  }
}

async function sayBooked(turn: Turn, booked: Appointment): Promise<Spoken> {
  const appointment = await told(turn, booked);
  const { when: moment, service, with: staff } = appointment;
  return { ok: true, say: turn.speech.phrases.booked({ moment, service, staff }), appointment };
}
