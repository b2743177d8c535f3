import { z } from 'zod';
import type { Appointment } from '../../../plugin.ts';
import { integer, optionalInteger } from './args.ts';
import { remember } from './book.ts';
import { voiceFunction } from './function.ts';
import { isSame, recall, told } from './offers.ts';
import { ownAppointment } from './own.ts';
import { sayRefusal } from './refused.ts';
import type { Spoken, Turn } from './turn.ts';

/** Moves the caller's appointment. */
export const reschedule = voiceFunction({
  name: 'reschedule',
  description:
    'Moves an appointment of the caller to one of the offers told before. Find the offers with for_reschedule first. ' +
    'Only when the answer says ok is it moved. If it says retry, call it again with the same arguments.',
  writes: true,
  args: z.object({
    offer: integer(1, 9_999, 'The number of the offer that shall be the new time.'),
    appointment: optionalInteger(1, 9_999, 'The number of the appointment, if the caller has several.'),
  }),
  async run(turn, wish, key) {
    const offer = recall(turn, wish.offer);
    if (offer?.kind !== 'offer') return { ok: false, say: turn.speech.phrases.unknownOffer, reason: 'OFFER_UNKNOWN' };
    const own = await ownAppointment(turn, wish.appointment);
    if (!own.ok) return own.answer;
    const { appointment } = own;
    // Already there: an earlier try of the same wish came through.
    if (isSame(offer, appointment)) return sayMoved(turn, appointment);
    const { id, version } = appointment;
    const answer = await turn.door.reschedule(id, offer.token, { version, idempotencyKey: key(id, version) });
    if (!answer.ok) return sayRefusal(turn, answer);
    await remember(turn, answer.appointment);
    return sayMoved(turn, answer.appointment);
  },
});

async function sayMoved(turn: Turn, moved: Appointment): Promise<Spoken> {
  const appointment = await told(turn, moved);
  const { when: moment, service, with: staff } = appointment;
  return { ok: true, say: turn.speech.phrases.rescheduled({ moment, service, staff }), appointment };
}
