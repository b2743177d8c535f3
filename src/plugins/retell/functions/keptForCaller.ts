import type { WaitlistEntry } from '../../waitlist/index.ts';
import { proposeKept } from './offers.ts';
import { choiceOf } from './refused.ts';
import type { Spoken, ToldTime, Turn } from './turn.ts';
import type { Wish } from './wish.ts';

/** What is kept for the caller from the waiting list, where it fits what he asks for; by his number, so only if that proves him. */
export async function keptFor(turn: Turn, { fromMs, toMs }: Wish): Promise<readonly WaitlistEntry[]> {
  const { waitlist, callerPhone, callerIsProven, door } = turn;
  if (waitlist === undefined || callerPhone === undefined || !callerIsProven) return [];
  const offered = await waitlist.offeredTo(door.company.id, { phone: callerPhone });
  return offered.filter(
    ({ offer }) => offer !== null && offer.startMs >= fromMs && (toMs === undefined || offer.startMs < toMs),
  );
}

/** Tells what is kept for the caller, under numbers by which it can be booked; beside it what else he may choose. */
export async function tellKept(
  turn: Turn,
  entries: readonly WaitlistEntry[],
  others: readonly ToldTime[] = [],
): Promise<Spoken> {
  const kept = await proposeKept(turn, entries);
  return { ok: true, say: turn.speech.phrases.kept(choiceOf(turn, kept)), offers: [...kept, ...others] };
}
