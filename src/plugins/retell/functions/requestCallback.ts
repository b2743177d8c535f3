import { z } from 'zod';
import { callbackReasons } from '../../callbacks/index.ts';
import { optionalText, optionalWord } from './args.ts';
import { voiceFunction } from './function.ts';
import { sayRefusal } from './refused.ts';
import { readSpokenWish } from './spokenWish.ts';
import type { Turn } from './turn.ts';

/** Notes that the caller wants to be called back. */
export const requestCallback = voiceFunction({
  name: 'request_callback',
  description:
    'Notes that somebody shall call the caller back: when no time suits him, when he wants to speak to a person, or when you ' +
    'cannot help. Ask first whether he wants that, and for his number unless {{caller_has_number}} is true. Only when the ' +
    'answer says ok is it noted. If it says retry, call it again with the same arguments.',
  writes: true,
  words: ['reason'],
  needs: 'callbacks',
  args: z.object({
    reason: optionalWord(callbackReasons, 'Why: nothing-fits, wants-person or other.'),
    phone: optionalText(40, 'Only if he gives another number than the one he calls from, or if that is withheld.'),
    customer_name: optionalText(200, 'His name, if he says it.'),
    when: optionalText(200, 'When he would like to be called, in his own words.'),
    notes: optionalText(1_000, 'What it is about, in a sentence.'),
  }),
  async run(turn, wish) {
    const { callbacks, door, call, line, customer, callerIsProven, speech } = turn;
    const { phrases } = speech;
    if (callbacks === undefined) return { ok: false, say: phrases.fault, reason: 'NOT_AVAILABLE' };
    const phone = wish.phone ?? turn.callerPhone;
    // Without a number nobody can call back, and the caller is still there to say it.
    if (phone === undefined) return { ok: false, say: phrases.askNumber, reason: 'NUMBER_MISSING' };
    const answer = await callbacks.create(door.company.id, {
      reason: wish.reason ?? 'other',
      callId: call.id,
      branchId: line?.branchId ?? call.branchId ?? undefined,
      // A call knows whose number it shows, which proves nothing where numbers are not trusted.
      customerId: customer?.id ?? (callerIsProven ? (call.customerId ?? undefined) : undefined),
      phone,
      name: wish.customer_name ?? customer?.name ?? undefined,
      preferred: wish.when,
      preferredMs: instantOf(turn, wish.when),
      note: wish.notes,
    });
    if (answer.ok) return { ok: true, say: phrases.callbackNoted };
    const isNumber =
      answer.refusal.code === 'INPUT_INVALID' && answer.refusal.errors.some(({ path }) => path === 'phone');
    if (!isNumber) return sayRefusal(turn, answer);
    return { ok: false, say: phrases.misunderstood.customer_phone, reason: 'NUMBER_INVALID' };
  },
});

/** The beginning of what he said, where that is understood; a callback is noted all the same where it is not. */
function instantOf(turn: Turn, when: string | undefined): number | undefined {
  const read = when === undefined ? undefined : readSpokenWish(turn, when, undefined);
  return read?.ok === true ? (read.wish.exactMs ?? read.wish.fromMs) : undefined;
}
