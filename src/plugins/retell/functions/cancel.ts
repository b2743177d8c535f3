import { z } from 'zod';
import type { Appointment, Refusal } from '../../../plugin.ts';
import { spokenMoney } from '../speech/spokenMoney.ts';
import { optionalFlag, optionalInteger, optionalText } from './args.ts';
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
    'If it names a fee, ask the caller, and call it again with accept_fee only if he agrees. ' +
    'If it says retry, call it again with the same arguments.',
  writes: true,
  args: z.object({
    appointment: optionalInteger(1, 9_999, 'The number of the appointment, if the caller has several.'),
    reason: optionalText(500, 'Why, if the caller says so.'),
    accept_fee: optionalFlag('True only if the caller has agreed to the fee that was named to him.'),
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
    const answer = await turn.door.cancel(id, {
      version,
      reason: wish.reason,
      acceptFee: wish.accept_fee === true,
      idempotencyKey: key(id, version),
    });
    if (!answer.ok) return sayFee(turn, answer.refusal, appointment) ?? sayRefusal(turn, answer);
    await remember(turn, answer.appointment);
    return sayCancelled(turn, answer.appointment);
  },
});

async function sayCancelled(turn: Turn, cancelled: Appointment): Promise<Spoken> {
  const appointment = await told(turn, cancelled);
  const { when: moment, service, with: staff } = appointment;
  const { phrases, language } = turn.speech;
  const say = phrases.cancelled({ moment, service, staff });
  if (cancelled.fee === null) return { ok: true, say, appointment };
  const fee = spokenMoney(language, cancelled.fee.price);
  return { ok: true, say: phrases.owed(say, fee), fee, appointment };
}

/** Asks whether he accepts the fee against which it could still be cancelled; undefined where there is none. */
function sayFee({ speech, zoneOf }: Turn, refusal: Refusal, { branchId }: Appointment): Spoken | undefined {
  if (refusal.code !== 'CANCEL_TOO_LATE' || refusal.fee === undefined) return undefined;
  const latest = speech.moment(Date.parse(refusal.latest), zoneOf(branchId));
  const fee = spokenMoney(speech.language, refusal.fee);
  return { ok: false, say: speech.phrases.askFee(latest, fee), reason: refusal.code, fee };
}
