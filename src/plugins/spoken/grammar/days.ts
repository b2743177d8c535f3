import type { Unit } from '../words/meaning.ts';
import type { Cursor } from './cursor.ts';
import { dated, monthAlone } from './dates.ts';
import type { SaidDay } from './said.ts';

type Rule = (cursor: Cursor) => SaidDay | undefined;

const DAYS_OF: Readonly<Partial<Record<Unit, number>>> = { day: 1, week: 7 };

interface Length {
  readonly count: number;
  readonly unit: Unit;
}

/** `two weeks`, `acht Tagen`, `a month`. */
export function length(cursor: Cursor): Length | undefined {
  return cursor.attempt(() => {
    const count = cursor.take('article') === undefined ? cursor.take('number')?.value : 1;
    const unit = cursor.take('unit')?.unit;
    return count === undefined || count > 400 || unit === undefined ? undefined : { count, unit };
  });
}

function daysIn({ count, unit }: Length): number | undefined {
  const days = unit === 'month' ? 31 : DAYS_OF[unit];
  return days === undefined ? undefined : count * days;
}

/** `a week from Monday`, `two weeks after tomorrow`, `a week tomorrow`. */
const shifted: Rule = (cursor) => {
  const long = length(cursor);
  const days = long && DAYS_OF[long.unit];
  if (long === undefined || days === undefined) return undefined;
  if (cursor.take('bound', ({ shifts }) => shifts === true) === undefined) cursor.take('on');
  const base = cursor.first([offset, weekday, dated]);
  return base && { term: 'shifted', base, days: days * long.count };
};

/** `in zwei Wochen`. */
const ahead: Rule = (cursor) => {
  if (cursor.take('in') === undefined) return undefined;
  const long = length(cursor);
  if (long === undefined) return undefined;
  const { count, unit } = long;
  if (unit === 'year') return { term: 'ahead', count: count * 12, unit: 'month' };
  return unit === 'day' || unit === 'week' || unit === 'month' ? { term: 'ahead', count, unit } : undefined;
};

/** `within two weeks`, `in the next few days`. */
const within: Rule = (cursor) => {
  const isWithin = cursor.take('within') !== undefined;
  if (!isWithin) cursor.take('in');
  cursor.skip('on', 'of');
  const isNext = cursor.take('which', ({ which }) => which === 'next' || which === 'coming') !== undefined;
  if (!isWithin && !isNext) return undefined;
  const long = length(cursor);
  const days = long && daysIn(long);
  if (days !== undefined) return { term: 'within', days };
  const unit = cursor.take('unit', ({ plural }) => plural === true)?.unit;
  return unit === 'day' ? { term: 'within', days: 7 } : unit === 'week' ? { term: 'within', days: 21 } : undefined;
};

/** `vor zwei Tagen`, `two days ago`: it is over, and is told so. */
const ago: Rule = (cursor) => {
  const isBefore = cursor.take('bound', ({ looksBack }) => looksBack === true) !== undefined;
  const long = length(cursor);
  const days = long && daysIn(long);
  if (days === undefined || (!isBefore && cursor.take('ago') === undefined)) return undefined;
  return { term: 'offset', days: -days };
};

const offset: Rule = (cursor) => {
  const day = cursor.take('day');
  return day && { term: 'offset', days: day.offset };
};

const weekday: Rule = (cursor) => {
  const which = cursor.take('which')?.which;
  const day = cursor.take('weekday', ({ every }) => every !== true);
  if (day === undefined) return undefined;
  const isBehind = which === undefined && cursor.peek('unit', 1) === undefined;
  const after = isBehind ? cursor.take('which', (behind) => behind.which === 'afterNext')?.which : undefined;
  return { term: 'weekday', weekday: day.weekday, which: which ?? after };
};

const weekend: Rule = (cursor) => {
  const which = cursor.take('which')?.which ?? 'this';
  return cursor.take('weekend') === undefined ? undefined : { term: 'weekend', which };
};

/** `next week`, `Ende nächster Woche`, `end of the week`. */
const week: Rule = (cursor) => {
  const edge = cursor.take('edge')?.edge;
  if (edge !== undefined) cursor.skip('of', 'in', 'on');
  const which = cursor.take('which')?.which;
  if (edge === undefined && which === undefined) return undefined;
  if (cursor.take('unit', ({ unit }) => unit === 'week') === undefined) return undefined;
  return { term: 'week', which: which ?? 'this', edge };
};

const rules: readonly Rule[] = [within, week, weekend, weekday, shifted, ahead, ago, offset, dated, monthAlone];

/** A day or a stretch of days. */
export const day: Rule = (cursor) => cursor.first(rules);

/** `morgen, Samstag, der 28. November`, and one to spare. */
const MOST_TOGETHER = 4;

/** What is said of one day together: `Montag, der 3. März`, `Wednesday of next week`. */
export function dayPhrase(cursor: Cursor): readonly SaidDay[] | undefined {
  const days: SaidDay[] = [];
  while (days.length < MOST_TOGETHER) {
    const next: SaidDay | undefined =
      cursor.attempt(day) ??
      cursor.attempt(() => {
        cursor.skip('on', 'of', 'in');
        return day(cursor);
      });
    if (next === undefined) break;
    days.push(next);
  }
  return days.length === 0 ? undefined : days;
}
