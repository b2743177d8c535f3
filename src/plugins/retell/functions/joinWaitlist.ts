import { z } from 'zod';
import { DAY_MS, epochDayAt, instantOf, localMsAt, type Refusal } from '../../../plugin.ts';
import type { SlotWish, WaitlistEntry, WindowWish } from '../../waitlist/index.ts';
import { optionalInteger, optionalText, optionalWord } from './args.ts';
import { voiceFunction, type WriteKey } from './function.ts';
import { sayRefusal } from './refused.ts';
import { offer, queryFor, readTime } from './search.ts';
import { tellKept } from './keptForCaller.ts';
import type { Spoken, Turn } from './turn.ts';
import { PARTS_OF_DAY, type PartOfDay, type Wish } from './wish.ts';

/** How far somebody waits who named no end. */
const OPEN_END_DAYS = 30;
const DAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;

/** Puts the caller into the line of those who wait. */
export const joinWaitlist = voiceFunction({
  name: 'join_waitlist',
  description:
    'Puts the caller on the waiting list for a time that is taken, when an answer says that he may be offered this. Ask first ' +
    'whether he wants that, and for his number unless {{caller_has_number}} is true. Pass the service, the people and the ' +
    'time as you passed them to find_slots. Only when the answer says ok is he on the list; it books nothing. If it says ' +
    'retry, call it again with the same arguments.',
  writes: true,
  words: ['part_of_day'],
  needs: 'waitlist',
  args: z.object({
    service: optionalText(200, 'What the caller wants to book, by its name. Leave out if he did not say.'),
    staff: optionalText(200, 'The name of the person the caller wants to see. Leave out if anyone will do.'),
    people: optionalInteger(1, 1_000, 'For how many people, if the caller books a group class for more than himself.'),
    when: optionalText(500, 'What the caller said about the time in his own words, all of it.'),
    date: optionalText(40, 'The day, like 2026-11-24, if he named a date. Wins over when, as time, from and to do.'),
    time: optionalText(40, 'The exact time on that day, like 14:30. Leave out if any time will do.'),
    from: optionalText(40, 'The earliest: a time of that day like 14:00, or a day like 2026-11-24.'),
    to: optionalText(40, 'The latest: a time of that day like 18:00, or a day like 2026-11-28.'),
    part_of_day: optionalWord(['morning', 'midday', 'afternoon', 'evening'], 'The part of the day.'),
    customer_phone: optionalText(
      40,
      'Only if he gives another number than the one he calls from, or if that is withheld.',
    ),
    customer_name: optionalText(200, 'His name, if he says it.'),
    notes: optionalText(1_000, 'What the caller wants to be noted.'),
  }),
  async run(turn, args, key) {
    const { waitlist, door, call, speech } = turn;
    const { phrases } = speech;
    if (waitlist === undefined) return { ok: false, say: phrases.fault, reason: 'NOT_AVAILABLE' };
    const read = readTime(turn, args);
    if (!read.ok) return read.answer;
    const query = await queryFor(turn, args, undefined);
    if ('answer' in query) return query.answer;
    const phone = args.customer_phone ?? turn.callerPhone;
    // Without a number nobody can tell him, and the caller is still there to say it.
    if (phone === undefined) return { ok: false, say: phrases.askWaitingNumber, reason: 'NUMBER_MISSING' };
    // Nobody waits for a visit of several services, so one is always named.
    const { service = '', branch, resource, partySize } = query;
    const wish = { service, branch, resource, ...timeOf(turn, read.wish) };
    const join = (idempotencyKey: string): ReturnType<typeof waitlist.join> =>
      waitlist.join(door.company.id, wish, {
        customer: { phone, name: args.customer_name ?? turn.customer?.name ?? undefined },
        partySize,
        callId: call.id,
        notes: args.notes,
        idempotencyKey,
      });
    const joined = await joinOnce(join, key);
    if (!joined.ok) return sayNotJoined(turn, joined.refusal);
    const { entry } = joined;
    if (entry.offer !== null && turn.callerIsProven && phone === turn.callerPhone) return tellKept(turn, [entry]);
    return { ok: true, say: phrases.waiting };
  },
});

type Joined = { readonly ok: true; readonly entry: WaitlistEntry; readonly replayed: boolean };

/** Who has left the line and asks for the same again in one call waits anew. */
async function joinOnce<A extends Joined | { readonly ok: false }>(
  join: (key: string) => Promise<A>,
  key: WriteKey,
): Promise<A> {
  const left: string[] = [];
  for (;;) {
    const answer = await join(key(...left));
    if (!answer.ok || !answer.replayed) return answer;
    const { id, status } = answer.entry;
    if (status === 'waiting' || status === 'offered' || left.includes(id)) return answer;
    left.push(id);
  }
}

async function sayNotJoined(turn: Turn, refusal: Refusal): Promise<Spoken> {
  if (refusal.code === 'SLOT_FREE') return { ...(await offer(turn, refusal.slots)), ok: false, reason: refusal.code };
  const isNumber = refusal.code === 'INPUT_INVALID' && refusal.errors.some(({ path }) => path === 'customer.phone');
  if (!isNumber) return sayRefusal(turn, { ok: false, refusal });
  return { ok: false, say: turn.speech.phrases.misunderstood.customer_phone, reason: 'NUMBER_INVALID' };
}

/** The time as the line takes it: the same for a repetition of the same words a moment later. */
function timeOf(
  { nowMs, speech: { zone } }: Turn,
  { exactMs, fromMs, toMs, within, weekdays }: Wish,
): Pick<SlotWish, 'start'> | Omit<WindowWish, 'service'> {
  if (exactMs !== undefined) return { start: exactMs };
  const openEnd = (epochDayAt(localMsAt(zone, fromMs)) + OPEN_END_DAYS) * DAY_MS;
  return {
    from: fromMs > nowMs ? fromMs : undefined,
    to: toMs ?? instantOf(zone, openEnd),
    weekdays: weekdays === undefined ? undefined : DAYS.filter((_, day) => weekdays.includes(day)),
    partOfDay: partOf(within),
  };
}

/** The narrowest part of the day that has these minutes in it; undefined: none has all of them. */
function partOf(within: Wish['within']): PartOfDay | undefined {
  if (within === undefined) return undefined;
  const { fromMinute, toMinute } = within;
  const holding = (Object.keys(PARTS_OF_DAY) as PartOfDay[]).filter(
    (name) => PARTS_OF_DAY[name].fromMinute <= fromMinute && PARTS_OF_DAY[name].toMinute >= toMinute,
  );
  const length = (name: PartOfDay): number => PARTS_OF_DAY[name].toMinute - PARTS_OF_DAY[name].fromMinute;
  return holding.toSorted((a, b) => length(a) - length(b))[0];
}
