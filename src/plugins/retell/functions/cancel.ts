import { z } from 'zod';
import type { Appointment } from '../../../plugin.ts';
import { optionalInteger, optionalText } from './args.ts';
import { remember } from './book.ts';
import { voiceFunction } from './function.ts';
import { told } from './offers.ts';
import { ownAppointment, touchedByCall } from './own.ts';
import { sayRefusal } from './refused.ts';
import type { Spoken, Turn } from './turn.ts';

/** Cancels the caller's appointment. */
export const cancel = voiceFunction({
  name: 'cancel',
  description:
    'Cancels an appointment of the caller. Let him confirm it first. Only when the answer says ok is it cancelled. ' +
    'If it says retry, call it again with the same arguments.',
  writes: true,
  args: z.object({
    appointment: optionalInteger(1, 9_999, 'The number of the appointment, if the caller has several.'),
    reason: optionalText(500, 'Why, if the caller says so.'),
  }),
  async run(turn, wish, key) {
    const own = await ownAppointment(turn, wish.appointment);
    if (!own.ok) {
      // Nothing left to cancel, because an earlier try of the same wish came through.
      const touched = wish.appointment === undefined ? await touchedByCall(turn) : undefined;
      const isDone = touched?.status === 'cancelled' && own.answer.reason === 'APPOINTMENT_UNKNOWN';
      return isDone ? sayCancelled(turn, touched) : own.answer;
    }
    const { appointment } = own;
    if (appointment.status === 'cancelled') return sayCancelled(turn, appointment);
    const { id, version } = appointment;
    const answer = await turn.door.cancel(id, { version, reason: wish.reason, idempotencyKey: key(id, version) });
    if (!answer.ok) return sayRefusal(turn, answer);
    await remember(turn, answer.appointment);
    return sayCancelled(turn, answer.appointment);
  },
});

async function sayCancelled(turn: Turn, cancelled: Appointment): Promise<Spoken> {
  const appointment = await told(turn, cancelled);
  const { when: moment, service, with: staff } = appointment;
  return { ok: true, say: turn.speech.phrases.cancelled({ moment, service, staff }), appointment };
}
