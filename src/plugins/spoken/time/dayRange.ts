import { weekdayOf } from '../../../plugin.ts';
import type { Traits } from '../grammar/cursor.ts';
import { piecesOf, type Piece, type PieceOf, type SaidDay } from '../grammar/said.ts';
import { choicesOf, type DayChoice } from './dayChoice.ts';

/** Days, perhaps with an open end. */
interface Stretch {
  readonly fromDay: number;
  /** Exclusive; undefined: as far as needed. */
  readonly toDay: number | undefined;
}

/** Days that a phrase may mean. */
export interface Days {
  /** The first that is still to come is meant. */
  readonly candidates: readonly Stretch[];
  /** Only these days of the week; 0 is Monday. */
  readonly weekdays?: readonly number[] | undefined;
}

/** A wish within so many days has no end that a search would reach. */
const LONG_DAYS = 62;

/** What the pieces of a phrase leave of the days from today on; more than one has to be asked, none is a contradiction. */
export function daysOf(pieces: readonly Piece[], today: number, traits: Traits): readonly Days[] {
  const said = piecesOf(pieces, 'day')
    .map(({ day }) => day)
    .filter((day) => day.term !== 'within' || day.days < LONG_DAYS);
  const bounds = piecesOf(pieces, 'dayBound');
  const weekly = [...new Set(piecesOf(pieces, 'weekly').flatMap(({ weekdays }) => weekdays))].toSorted();
  const named: readonly Days[] =
    said.length === 0 ? [{ candidates: [{ fromDay: today, toDay: undefined }] }] : choicesOf(said, today, traits);
  const days = bounds.length === 0 ? named : named.flatMap((base) => bounded(base, said, bounds, today, traits));
  return weekly.length === 0 ? days : days.flatMap(({ candidates }) => onEach(candidates, weekly));
}

/** Only some days of the week; a single day is one of them or none. */
function onEach(candidates: Days['candidates'], weekdays: readonly number[]): readonly Days[] {
  const [nearest] = candidates;
  if (nearest === undefined) return [];
  if (nearest.toDay !== nearest.fromDay + 1) return [{ candidates, weekdays }];
  return weekdays.includes(weekdayOf(nearest.fromDay)) ? [{ candidates }] : [];
}

/** Whether anything was said of the day. */
export const namesDay = (pieces: readonly Piece[]): boolean =>
  pieces.some(({ piece }) => piece === 'day' || piece === 'dayBound' || piece === 'weekly');

type Bound = PieceOf<'dayBound'>;

/** Days that are counted from where the range begins: a weekday, or a date without a year. */
const countsOn = (days: readonly SaidDay[]): boolean =>
  days.every(
    (day) => (day.term === 'weekday' && day.which === undefined) || (day.term === 'date' && day.year === undefined),
  );

function bounded(
  { candidates, weekdays }: Days,
  said: readonly SaidDay[],
  bounds: readonly Bound[],
  today: number,
  traits: Traits,
): readonly Days[] {
  const [base] = candidates;
  if (base === undefined) return [];
  const from = bounds.findLast(({ edge }) => edge === 'from');
  const to = bounds.findLast(({ edge }) => edge === 'to');
  // `next week from Wednesday` is that week's Wednesday.
  const within = (days: readonly SaidDay[]): readonly SaidDay[] =>
    days.every(({ term }) => term === 'weekday') ? [...said, ...days] : days;
  const starts = from === undefined ? [base.fromDay] : edges(choicesOf(within(from.days), today, traits), from);
  return starts.flatMap((start) => {
    const fromDay = Math.max(start, base.fromDay);
    const reference = to !== undefined && said.length === 0 && countsOn(to.days) ? fromDay : today;
    const ends = to === undefined ? [base.toDay] : edges(choicesOf(within(to.days), reference, traits), to);
    return ends.flatMap((end): readonly Days[] => {
      const toDay = end === undefined || base.toDay === undefined ? end : Math.min(end, base.toDay);
      return toDay !== undefined && toDay <= fromDay ? [] : [{ candidates: [{ fromDay, toDay }], weekdays }];
    });
  });
}

/** Where a range begins or ends: with the day that is named, or beside it. */
const edges = (choices: readonly DayChoice[], { edge, inclusive }: Bound): readonly number[] =>
  choices.flatMap(({ candidates: [span] }) => {
    if (span === undefined) return [];
    return [(edge === 'from') === inclusive ? span.fromDay : span.toDay];
  });
