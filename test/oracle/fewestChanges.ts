import { epochMs, localDay, MINUTE_MS } from './clocks.ts';
import type { MinuteCalendar } from './minuteCalendar.ts';
import type { Question } from './question.ts';
import type { Ranking } from './ranking.ts';
import type { MinuteSpan } from './windows.ts';

/** The order for the kinds that follow the lead: those with the fewest changes first, whoever is preferred before them. */
export function byFewestChanges(
  question: Question,
  ranking: Ranking,
  lead: MinuteCalendar,
  start: number,
  occupied: MinuteSpan,
): Ranking {
  const neighbours = neighboursOf(question, lead, start, occupied);
  const isPreferred = ({ resource }: MinuteCalendar): boolean => question.preferred.includes(resource.id);
  const changes = (calendar: MinuteCalendar): number =>
    neighbours.filter(({ border, atMs }) => {
      const ofKind = question.calendars.filter(({ kind }) => kind === calendar.kind);
      return !borders(calendar, border).includes(atMs) && ofKind.some((each) => borders(each, border).includes(atMs));
    }).length;
  const others = ranking.filter((calendar) => !isPreferred(calendar));
  return [...ranking.filter(isPreferred), ...others.toSorted((one, other) => changes(one) - changes(other))];
}

interface Neighbour {
  readonly border: 'start' | 'end';
  readonly atMs: number;
}

/** The last end of the lead's busy time before the appointment and the first start after it, on the start's date. */
function neighboursOf(question: Question, lead: MinuteCalendar, start: number, occupied: MinuteSpan): Neighbour[] {
  const dateOf = (ms: number): number => localDay(ms, question.zone);
  const onDate = (ms: number): boolean => dateOf(ms) === dateOf(start * MINUTE_MS);
  const ends = borders(lead, 'end').filter((ms) => ms <= occupied.start * MINUTE_MS && onDate(ms));
  const starts = borders(lead, 'start').filter((ms) => ms >= occupied.end * MINUTE_MS && onDate(ms));
  return [
    ...(ends.length > 0 ? [{ border: 'end' as const, atMs: Math.max(...ends) }] : []),
    ...(starts.length > 0 ? [{ border: 'start' as const, atMs: Math.min(...starts) }] : []),
  ];
}

function borders({ resource }: MinuteCalendar, border: 'start' | 'end'): number[] {
  return (resource.busy ?? []).map((busy) => epochMs(busy[border]));
}
