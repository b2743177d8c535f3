import type { SlotAnswer } from './caseAnswer.ts';
import { DAY_NAMES, type CaseWindow, type CaseWish } from './caseFile.ts';
import { clockMinute, epochMs, instantMinute, localDay, localTimeMs, MINUTE_MS, weekdayOf } from './clocks.ts';

const PARTS_OF_DAY: Readonly<Record<string, CaseWindow>> = {
  morning: { from: '00:00', to: '12:00' },
  noon: { from: '11:00', to: '14:00' },
  afternoon: { from: '12:00', to: '18:00' },
  evening: { from: '17:00', to: '24:00' },
};

/** The slots that come nearest to a wish, best first, each with what it does not meet. */
export function nearestToWish(slots: readonly SlotAnswer[], wish: CaseWish, zone: string): SlotAnswer[] {
  const judged = slots.map((slot) => {
    const unmet = unmetBy(slot, wish, zone);
    return { slot: { ...slot, unmet }, unmet: unmet.length, away: awayFrom(slot, wish, zone) };
  });
  // Equals stay ascending.
  return judged.sort((one, other) => one.unmet - other.unmet || one.away - other.away).map(({ slot }) => slot);
}

/** What of a wish a slot does not meet. */
export function unmetBy(slot: SlotAnswer, wish: CaseWish, zone: string): string[] {
  const startMs = epochMs(slot.start);
  const unmet: string[] = [];
  const dayName = DAY_NAMES[weekdayOf(localDay(startMs, zone))];
  if (wish.weekdays !== undefined && !wish.weekdays.some((each) => each === dayName)) unmet.push('weekdays');
  if (wish.partOfDay !== undefined && !isWithin(wish.partOfDay, startMs, zone)) unmet.push('partOfDay');
  if (wish.resources !== undefined && !slot.resources.some((id) => wish.resources?.includes(id))) {
    unmet.push('resources');
  }
  return unmet;
}

function isWithin(part: NonNullable<CaseWish['partOfDay']>, startMs: number, zone: string): boolean {
  const window = typeof part === 'string' ? PARTS_OF_DAY[part] : part;
  if (window === undefined) return false;
  const time = localTimeMs(startMs, zone);
  const isAfterStart = clockMinute(window.from) * MINUTE_MS <= time;
  const isBeforeEnd = time < clockMinute(window.to) * MINUTE_MS;
  const runsPastMidnight = clockMinute(window.to) <= clockMinute(window.from);
  return runsPastMidnight ? isAfterStart || isBeforeEnd : isAfterStart && isBeforeEnd;
}

/** How far a slot is from the wished time; a time of day is one of the slot's own date. */
function awayFrom(slot: SlotAnswer, { around }: CaseWish, zone: string): number {
  if (around === undefined) return 0;
  const startMs = epochMs(slot.start);
  const isTimeOfDay = /^\d\d:\d\d$/.test(around);
  const wished = isTimeOfDay
    ? instantMinute(localDay(startMs, zone), clockMinute(around), zone) * MINUTE_MS
    : epochMs(around);
  return Math.abs(startMs - wished);
}
