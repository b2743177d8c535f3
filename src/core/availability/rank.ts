import type { Slot } from '../model/slot.ts';
import { rankStarts } from '../slots/alternatives.ts';
import type { Zone } from '../time/zone.ts';

/** How many other starts a refusal names. */
export const MAX_ALTERNATIVES = 3;

/**
 * The starts that a caller wants to hear instead, best first, by the rules of {@link rankStarts}. Days and times are
 * those of the schedule's zone.
 * @param slots - bookable ones, ascending
 */
export function rankAlternatives(slots: readonly Slot[], wantedMs: number, zone: Zone): readonly Slot[] {
  const startsMs = slots.map(({ startMs }) => startMs);
  return rankStarts(startsMs, wantedMs, zone, MAX_ALTERNATIVES).flatMap((index) => slots[index] ?? []);
}
