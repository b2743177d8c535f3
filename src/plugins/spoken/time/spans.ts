import { civilOf, epochDayOf, isCivilDate, weekdayOf } from '../../../plugin.ts';
import type { SaidDay } from '../grammar/said.ts';
import type { Edge, Which } from '../words/meaning.ts';

/** A stretch of days: [fromDay, toDay) as epoch days. */
export interface Span {
  readonly fromDay: number;
  readonly toDay: number;
}

/** Stretches of which the first that is still to come is meant, in order. */
export type Candidates = readonly Span[];

/** What is meant by a day, or what may be meant: more than one has to be asked. */
export type Meant = readonly Candidates[];

const one = (fromDay: number, length = 1): Candidates => [{ fromDay, toDay: fromDay + length }];

const mondayOf = (day: number): number => day - weekdayOf(day);

/** The next day with that name; today is not meant. */
const comingWeekday = (weekday: number, today: number): number => today + ((weekday - weekdayOf(today) + 6) % 7) + 1;

const WEEKS_AHEAD: Readonly<Record<Which, number>> = { last: -1, this: 0, coming: 1, next: 1, afterNext: 2 };

/** `next` is said for the one of this week and for the one after it, as long as the one of this week is to come. */
function followed(ofThisWeek: number, length: number, which: Which, today: number): Meant {
  if (which === 'last') return [one(ofThisWeek < today ? ofThisWeek : ofThisWeek - 7, length)];
  if (which === 'this') return [one(ofThisWeek, length)];
  const isToCome = ofThisWeek > today;
  if (which === 'coming') return [one(isToCome ? ofThisWeek : ofThisWeek + 7, length)];
  const weeks = which === 'next' ? 1 : 2;
  const later = one(ofThisWeek + 7 * weeks, length);
  return isToCome ? [one(ofThisWeek + 7 * (weeks - 1), length), later] : [later];
}

/** Where in a week its beginning, middle and end are: Monday and Tuesday, Wednesday, Thursday and Friday. */
const WEEK_EDGES: Readonly<Record<Edge, readonly [from: number, length: number]>> = {
  start: [0, 2],
  middle: [2, 1],
  end: [3, 2],
};

function week(which: Which, edge: Edge | undefined, today: number): Candidates {
  const monday = mondayOf(today) + 7 * WEEKS_AHEAD[which];
  const [from, length] = edge === undefined ? [0, 7] : WEEK_EDGES[edge];
  return one(monday + from, length);
}

/** The beginning of a month are its first ten days, the middle the next ten, the end what is left. */
function monthSpan(index: number, edge: Edge | undefined): Span {
  const [year, month] = [Math.floor(index / 12), (index % 12) + 1];
  const fromDay = epochDayOf(year, month, 1);
  const toDay = month === 12 ? epochDayOf(year + 1, 1, 1) : epochDayOf(year, month + 1, 1);
  if (edge === 'start') return { fromDay, toDay: fromDay + 10 };
  if (edge === 'middle') return { fromDay: fromDay + 10, toDay: fromDay + 20 };
  return { fromDay: edge === 'end' ? fromDay + 20 : fromDay, toDay };
}

function month({ month: named, year, edge }: SaidDay & { readonly term: 'month' }, today: number): Candidates {
  const now = civilOf(today);
  const current = now.year * 12 + now.month - 1;
  if (typeof named !== 'number') return [monthSpan(current + WEEKS_AHEAD[named], edge)];
  if (year !== undefined) return [monthSpan(year * 12 + named - 1, edge)];
  const years = [now.year, now.year + 1];
  return years.map((each) => monthSpan(each * 12 + named - 1, edge)).filter(({ toDay }) => toDay > today);
}

/** More than the time from one 29 February to the next but one. */
const YEARS_AHEAD = 9;
const MONTHS_AHEAD = 14;

function dates(day: number, named: number | undefined, year: number | undefined, today: number): Candidates {
  const now = civilOf(today);
  const months =
    named === undefined
      ? Array.from({ length: MONTHS_AHEAD }, (_, index) => now.year * 12 + now.month - 1 + index)
      : year === undefined
        ? Array.from({ length: YEARS_AHEAD }, (_, index) => (now.year + index) * 12 + named - 1)
        : [year * 12 + named - 1];
  return months
    .map((index): readonly [number, number] => [Math.floor(index / 12), (index % 12) + 1])
    .filter(([inYear, inMonth]) => isCivilDate(inYear, inMonth, day))
    .flatMap(([inYear, inMonth]) => one(epochDayOf(inYear, inMonth, day)))
    .filter(({ fromDay }) => year !== undefined || fromDay >= today);
}

/** The same day of the month, or the last of a shorter month. */
function monthsAhead(count: number, today: number): number {
  const { year, month: inMonth, day } = civilOf(today);
  const { fromDay, toDay } = monthSpan(year * 12 + inMonth - 1 + count, undefined);
  return Math.min(fromDay + day - 1, toDay - 1);
}

/** What a day means, said on the day `today`; nothing when there is no such day. */
export function spansOf(said: SaidDay, today: number, dayFirst: boolean): Meant {
  switch (said.term) {
    case 'offset':
      return [one(today + said.days)];
    case 'ahead':
      return [
        one(
          said.unit === 'month' ? monthsAhead(said.count, today) : today + said.count * (said.unit === 'week' ? 7 : 1),
        ),
      ];
    case 'shifted':
      return spansOf(said.base, today, dayFirst).map((candidates) =>
        candidates.map(({ fromDay, toDay }) => ({ fromDay: fromDay + said.days, toDay: toDay + said.days })),
      );
    case 'weekday':
      if (said.which === undefined || said.which === 'coming') return [one(comingWeekday(said.weekday, today))];
      return followed(mondayOf(today) + said.weekday, 1, said.which, today);
    case 'week':
      return [week(said.which, said.edge, today)];
    case 'weekend':
      return followed(mondayOf(today) + 5, 2, said.which, today);
    case 'month':
      return [month(said, today)];
    case 'within':
      return [one(today, said.days + 1)];
    case 'date':
      return [dates(said.day, said.month, said.year, today)];
    case 'slashed': {
      const { first, second, year } = said;
      const readings =
        dayFirst || first === second
          ? [[first, second]]
          : [
              [second, first],
              [first, second],
            ];
      return readings
        .map(([day = 0, inMonth = 0]) => (inMonth < 1 || inMonth > 12 ? [] : dates(day, inMonth, year, today)))
        .filter((candidates) => candidates.length > 0);
    }
  }
}
