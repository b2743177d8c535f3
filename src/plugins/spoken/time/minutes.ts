import type { SaidClock } from '../grammar/said.ts';
import { hourMeant, type DayWindow } from './partsOfDay.ts';
import type { PartName } from '../words/meaning.ts';

const DAY_MINUTES = 1_440;
const HALF_DAY = 720;

/** The part of the day that goes with a clock. */
export interface Surroundings {
  readonly part: PartName | undefined;
  /** It is the night that belongs to the day before. */
  readonly follows: boolean;
}

/**
 * The minutes of the day that a clock may mean; from 1,440 on they are of the day after. Midnight begins a day and ends
 * one; the small hours of a night belong to the day before or after.
 */
export function minutesMeant(clock: SaidClock, around: Surroundings): readonly number[] {
  if (clock.midnight === true) return [0, DAY_MINUTES];
  const part = clock.part ?? around.part;
  if (clock.firm) return [clock.hour * 60 + clock.minute];
  const follows = clock.part === undefined ? around.follows : clock.follows === true;
  if (follows && clock.hour <= 5) {
    const minute = clock.hour * 60 + clock.minute;
    return [minute, minute + DAY_MINUTES];
  }
  return [hourMeant(clock.hour, part) * 60 + clock.minute];
}

/** A clock that contradicts the part of the day beside it: `15:00 in the morning`. */
export function contradicts(clock: SaidClock, around: Surroundings): boolean {
  const part = clock.part ?? around.part;
  if (!clock.firm || clock.midnight === true || part === undefined || part === 'night' || part === 'noon') return false;
  return part === 'morning' ? clock.hour >= 12 : clock.hour < 12;
}

/** The window between two clocks. An end that would come first is taken half a day later; undefined when none fits. */
export function windowBetween(
  from: SaidClock | undefined,
  to: SaidClock | undefined,
  around: Surroundings,
): DayWindow | undefined {
  const single = (clock: SaidClock): number => {
    const [first = 0] = minutesMeant(clock, around);
    return first;
  };
  if (to === undefined) return from && { fromMinute: single(from), toMinute: DAY_MINUTES };
  const toMinute = to.midnight === true ? DAY_MINUTES : single(to);
  if (from === undefined) return toMinute === 0 ? undefined : { fromMinute: 0, toMinute };
  const asSaid = from.hour * 60 + from.minute;
  // `three to five pm`, `zwischen 2 und 4 nachmittags`: what is said of the end holds for the beginning where it can.
  const isOpen = !from.firm && from.part === undefined && from.hour <= 12;
  const isSettledEnd = to.firm || to.part !== undefined;
  const starts = isOpen && isSettledEnd ? [asSaid + HALF_DAY, asSaid] : [single(from)];
  const ends = isSettledEnd ? [toMinute] : [toMinute, toMinute + HALF_DAY];
  for (const fromMinute of starts)
    for (const end of ends)
      if (fromMinute < end && end <= DAY_MINUTES && (end - fromMinute <= HALF_DAY || !isOpen))
        return { fromMinute, toMinute: end };
  return undefined;
}
