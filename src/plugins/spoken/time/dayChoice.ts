import { weekdayOf } from '../../../plugin.ts';
import type { Traits } from '../grammar/cursor.ts';
import type { SaidDay } from '../grammar/said.ts';
import { spansOf, type Candidates, type Meant, type Span } from './spans.ts';

/** The days that may be meant by what was said of them together. */
export interface DayChoice {
  readonly candidates: Candidates;
  /** Only these days of the week; 0 is Monday. */
  readonly weekdays?: readonly number[];
}

type PlainWeekday = SaidDay & { readonly term: 'weekday'; readonly which: undefined };

const isPlain = (said: SaidDay): said is PlainWeekday => said.term === 'weekday' && said.which === undefined;

/** The choices that fit everything said; more than one has to be asked, none is a contradiction. */
export function choicesOf(days: readonly SaidDay[], today: number, traits: Traits): readonly DayChoice[] {
  const weekdays = [...new Set(days.filter(isPlain).map(({ weekday }) => weekday))].toSorted();
  const isCounted = days.some((said) => said.term === 'ahead' && said.unit === 'month');
  const isToday = (said: SaidDay): boolean => said.term === 'offset' && said.days === 0;
  const others = days.filter((said) => !isPlain(said) && !(isCounted && isToday(said)));
  const meantBy = (said: SaidDay): Meant => spansOf(said, today, traits.slashes === 'day-first');
  const coming = weekdays.map((weekday) => meantBy({ term: 'weekday', weekday, which: undefined }).flat());
  // `Monday Tuesday` may be a slip of the tongue.
  if (weekdays.length > days.filter((said) => isPlain(said) && said.also === true).length + 1)
    return coming.map((candidates) => ({ candidates }));
  if (others.length === 0)
    return distinct(weekdays.length === 1 ? [{ candidates: coming.flat() }] : [all(coming.flat(), weekdays)]);
  const [first, second, third] = others;
  const lengthAhead = others.find((said) => said.term === 'ahead');
  if (lengthAhead !== undefined && third === undefined) {
    const anchor = second === undefined ? coming.flat() : anchorOf(first === lengthAhead ? second : first, meantBy);
    if (anchor !== undefined && weekdays.length <= 1) {
      const ahead = fromAnchor(lengthAhead, anchor, second === undefined, today, traits);
      if (ahead !== undefined) return distinct(ahead.map((candidates) => ({ candidates })));
    }
  }
  const meant = others.map(meantBy).reduce((left, right) => left.flatMap((a) => right.map((b) => overlaps(a, b))));
  // `Tuesday the 3rd` is not some 3rd years ahead that is a Tuesday, but the next one or a contradiction.
  const isDated = weekdays.length > 0 && others.some(({ term }) => term === 'date' || term === 'slashed');
  return distinct(meant.map((candidates) => onWeekdays(isDated ? nearest(candidates, today) : candidates, weekdays)));
}

type Ahead = SaidDay & { readonly term: 'ahead' };

/** `heute`, from which a length is counted. */
const anchorOf = (said: SaidDay | undefined, meantBy: (said: SaidDay) => Meant): Candidates | undefined =>
  said?.term === 'offset' ? meantBy(said).flat() : undefined;

/** `in zwei Wochen` alone, from a weekday, or from a day. */
function fromAnchor(
  said: Ahead,
  anchor: Candidates,
  byWeekday: boolean,
  today: number,
  { eightDaysAreAWeek }: Traits,
): Meant | undefined {
  if (said.unit === 'month') return undefined;
  const isEight = eightDaysAreAWeek && said.unit === 'day' && said.count === 8;
  const days = isEight ? 7 : said.count * (said.unit === 'week' ? 7 : 1);
  const [from] = anchor;
  // Said alone, eight days may be counted as well.
  if (from === undefined)
    return isEight
      ? [shift([{ fromDay: today, toDay: today + 1 }], 7), shift([{ fromDay: today, toDay: today + 1 }], 8)]
      : undefined;
  if (days % 7 !== 0) return byWeekday ? undefined : [shift(anchor, days)];
  if (!byWeekday || said.unit === 'day') return [shift(anchor, days)];
  // Counted from the day that is named, or from this week.
  const ofThisWeek = today - weekdayOf(today) + weekdayOf(from.fromDay);
  return [shift(anchor, days), [{ fromDay: ofThisWeek + days, toDay: ofThisWeek + days + 1 }]];
}

const shift = (candidates: Candidates, days: number): Candidates =>
  candidates.map(({ fromDay, toDay }) => ({ fromDay: fromDay + days, toDay: toDay + days }));

const all = (spans: Candidates, weekdays: readonly number[]): DayChoice => ({
  candidates: [
    { fromDay: Math.min(...spans.map(({ fromDay }) => fromDay)), toDay: Math.max(...spans.map(({ toDay }) => toDay)) },
  ],
  weekdays,
});

const nearest = (candidates: Candidates, today: number): Candidates =>
  candidates.slice(0, candidates[0]?.fromDay === today ? 2 : 1);

const overlaps = (left: Candidates, right: Candidates): Candidates =>
  left.flatMap((a) =>
    right.flatMap((b): Candidates => {
      const span = { fromDay: Math.max(a.fromDay, b.fromDay), toDay: Math.min(a.toDay, b.toDay) };
      return span.fromDay < span.toDay ? [span] : [];
    }),
  );

/** The days among some spans that have one of these names. Within a week there is one, in more they are told apart later. */
function onWeekdays(candidates: Candidates, weekdays: readonly number[]): DayChoice {
  if (weekdays.length === 0) return { candidates };
  const fits = ({ fromDay, toDay }: Span): number[] =>
    Array.from({ length: Math.min(toDay - fromDay, 7) }, (_, index) => fromDay + index).filter((day) =>
      weekdays.includes(weekdayOf(day)),
    );
  const narrowed = candidates.flatMap((span): Candidates => {
    const [only, another] = fits(span);
    if (only === undefined) return [];
    return another === undefined && span.toDay - span.fromDay <= 7 ? [{ fromDay: only, toDay: only + 1 }] : [span];
  });
  const [first] = narrowed;
  return first !== undefined && first.toDay - first.fromDay > 1
    ? { candidates: narrowed, weekdays }
    : { candidates: narrowed };
}

function distinct(choices: readonly DayChoice[]): readonly DayChoice[] {
  const seen = new Map<string, DayChoice>();
  for (const choice of choices)
    if (choice.candidates.length > 0) {
      const key = JSON.stringify(choice);
      if (!seen.has(key)) seen.set(key, choice);
    }
  return [...seen.values()];
}
