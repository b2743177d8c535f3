import type { FieldError, Refused, Slot } from '../../../plugin.ts';
import type { Misunderstood } from '../speech/phrases.ts';
import { propose } from './offers.ts';
import type { Spoken, ToldTime, Turn } from './turn.ts';

/** How many times a caller can keep in mind. */
export const MAX_TOLD = 3;

/** A refusal as a sentence, with its alternatives as offers. */
export async function sayRefusal(turn: Turn, { refusal }: Refused): Promise<Spoken> {
  const { phrases } = turn.speech;
  const isTooMany = 'reasons' in refusal && refusal.reasons.some(({ code }) => code === 'PARTY_TOO_LARGE');
  const clause = isTooMany ? phrases.tooMany : phrases.refusals[refusal.code];
  const alternatives: readonly Slot[] = 'alternatives' in refusal ? refusal.alternatives : [];
  const errors = 'errors' in refusal ? { errors: refusal.errors } : {};
  if ('latest' in refusal)
    return {
      ok: false,
      say: phrases.possibleUntil(clause, turn.speech.moment(Date.parse(refusal.latest))),
      reason: refusal.code,
    };
  if (alternatives.length === 0 && 'alternatives' in refusal) return nothing(turn, clause, refusal.code, !isTooMany);
  if (alternatives.length === 0) return { ok: false, say: `${clause}.`, reason: refusal.code, ...errors };
  return instead(turn, clause, refusal.code, alternatives);
}

/** Why it cannot be, and what could be instead. */
export async function instead(turn: Turn, clause: string, reason: string, slots: readonly Slot[]): Promise<Spoken> {
  const offers = await propose(turn, slots.slice(0, MAX_TOLD));
  const say = turn.speech.phrases.instead(clause, choiceOf(turn, offers));
  return { ok: false, say, reason, offers, ...mayOffer(turn, reason) };
}

/** Nothing is free, and nothing else either: then the caller may wait or be called back, where the host can do that. */
function nothing(turn: Turn, clause: string, reason: string, mayFit: boolean): Spoken {
  const { phrases } = turn.speech;
  const instead = mayOffer(turn, mayFit ? reason : undefined);
  const [first] = instead.may_offer ?? [];
  const say =
    first === undefined
      ? `${clause}.`
      : first === 'join_waitlist'
        ? phrases.offerWaiting(clause)
        : phrases.offerCallback(clause);
  return { ok: false, say, reason, ...instead };
}

/** Why a time is not free that may become free. */
const mayPass: readonly string[] = ['NO_SLOT', 'SLOT_TAKEN', 'LIMIT_REACHED'];

function mayOffer({ callbacks, waitlist }: Turn, reason: string | undefined): Pick<Spoken, 'may_offer'> {
  const names: ('join_waitlist' | 'request_callback')[] = [];
  if (waitlist !== undefined && reason !== undefined && mayPass.includes(reason)) names.push('join_waitlist');
  if (callbacks !== undefined) names.push('request_callback');
  return names.length === 0 ? {} : { may_offer: names };
}

/** Told times as a spoken choice; a single one needs no number. */
export function choiceOf({ speech: { phrases } }: Turn, times: readonly ToldTime[]): string {
  if (times.length === 1) return times[0]?.when ?? '';
  return phrases.choice(times.map(({ number, when }) => phrases.numbered(number, when)));
}

const spokenFields: readonly Misunderstood[] = [
  'when',
  'date',
  'time',
  'part_of_day',
  'offer',
  'appointment',
  'customer_phone',
];

/** Arguments that make no sense: the caller hears the first, the agent sees all. */
export function sayMisunderstood({ speech: { phrases } }: Turn, errors: readonly FieldError[]): Spoken {
  const field = spokenFields.find((name) => errors[0]?.path === name) ?? 'other';
  return { ok: false, say: phrases.misunderstood[field], reason: 'INPUT_INVALID', errors };
}
