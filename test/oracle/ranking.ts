import { DAY_MINUTES, epochMs, localDay, MINUTE_MS, startOfDay } from './clocks.ts';
import type { MinuteCalendar } from './minuteCalendar.ts';
import type { Question } from './question.ts';

/** The resources, first in order first. */
export type Ranking = readonly MinuteCalendar[];

/** Less than nothing when the first comes before the other. */
type Comparing = (one: MinuteCalendar, other: MinuteCalendar) => number;

/** Who comes first at a start; `fewestChanges` begins from the order of the list. */
export function rankingAt(question: Question, start: number): Ranking {
  const byStrategy = comparing(question, start);
  return [...question.calendars].sort((one, other) => byPreference(question)(one, other) || byStrategy(one, other));
}

/** Whether the order is another one at each date. */
export function ranksByDate({ strategy }: Question): boolean {
  return strategy === 'mostFree';
}

/** Whoever is preferred before all others, in the order named. */
function byPreference({ preferred }: Question): Comparing {
  const placeOf = ({ resource }: MinuteCalendar): number =>
    preferred.includes(resource.id) ? preferred.indexOf(resource.id) : preferred.length;
  return (one, other) => placeOf(one) - placeOf(other);
}

function comparing(question: Question, start: number): Comparing {
  switch (question.strategy) {
    case 'order':
    case 'fewestChanges':
      return () => 0;
    case 'priority':
      return byPriority;
    case 'roundRobin':
      return (one, other) => shareOf(one) - shareOf(other) || byPriority(one, other) || byLastServed(one, other);
    case 'leastRecent':
      return (one, other) => byLastServed(one, other) || byPriority(one, other);
    case 'mostFree': {
      const day = localDay(start * MINUTE_MS, question.zone);
      const minutes = new Map(question.calendars.map((each) => [each, freeMinutes(each, day, question.zone)]));
      return (one, other) => (minutes.get(other) ?? 0) - (minutes.get(one) ?? 0);
    }
  }
}

const byPriority: Comparing = (one, other) => (other.resource.priority ?? 0) - (one.resource.priority ?? 0);

const byLastServed: Comparing = (one, other) => {
  const [mine, theirs] = [lastServedMs(one), lastServedMs(other)];
  return mine === theirs ? 0 : mine - theirs;
};

function shareOf({ resource: { served = 0, weight = 1 } }: MinuteCalendar): number {
  return served / weight;
}

/** Never is longest ago. */
function lastServedMs({ resource: { lastServed } }: MinuteCalendar): number {
  return lastServed === undefined ? Number.NEGATIVE_INFINITY : epochMs(lastServed);
}

/** The minutes of a date, in the zone, that are open and free. */
function freeMinutes(calendar: MinuteCalendar, day: number, zone: string): number {
  const first = startOfDay(day, zone);
  let count = 0;
  for (let minute = first; minute < first + 2 * DAY_MINUTES; minute++) {
    if (localDay(minute * MINUTE_MS, zone) !== day) continue;
    const index = minute - calendar.firstMinute;
    if (calendar.open[index] === 1 && calendar.free[index] === 1) count++;
  }
  return count;
}
