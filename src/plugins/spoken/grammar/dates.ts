import type { Cursor } from './cursor.ts';
import type { SaidDay } from './said.ts';

type Rule = (cursor: Cursor) => SaidDay | undefined;

const yearBehind = (cursor: Cursor): number | undefined =>
  cursor.take('number', ({ value }) => value >= 1_970 && value < 2_200)?.value;

const date = (day: number, month: number | undefined, year: number | undefined): SaidDay => ({
  term: 'date',
  day,
  month,
  year,
});

/** `2026-03-03`, `3.12.`, `3/12`. */
const written: Rule = (cursor) => {
  const whole = cursor.take('date');
  if (whole !== undefined) return date(whole.day, whole.month, whole.year ?? yearBehind(cursor));
  const slashed = cursor.take('slashed');
  if (slashed !== undefined) return { term: 'slashed', ...slashed, year: slashed.year };
  const dotted = cursor.traits.dotIsOrdinal ? cursor.take('dotted', ({ second }) => second <= 12) : undefined;
  return dotted && cursor.peek('hourMark') === undefined ? date(dotted.first, dotted.second, undefined) : undefined;
};

/** `3rd of March`, `3 März`, `am dritten`, `dritter zwölfter`. */
const dayFirst: Rule = (cursor) => {
  const isOn = cursor.take('on') !== undefined;
  const ordinal = cursor.take('ordinal', ({ value }) => value <= 31);
  const number = ordinal === undefined ? cursor.take('number', ({ value }) => value > 0 && value <= 31) : undefined;
  const day = ordinal?.value ?? number?.value;
  if (day === undefined) return undefined;
  const month = cursor.attempt(() => {
    if (ordinal !== undefined) cursor.take('of');
    const named = cursor.take('month')?.month;
    if (named !== undefined || ordinal === undefined || !cursor.traits.dotIsOrdinal) return named;
    return cursor.take('ordinal', ({ value }) => value <= 12)?.value;
  });
  if (month !== undefined) return date(day, month, yearBehind(cursor));
  if (ordinal !== undefined) return date(day, undefined, undefined);
  // `am 3` without a full stop; not `am 3 Uhr`.
  const isClock = cursor.peek('hourMark') !== undefined || cursor.peek('meridiem') !== undefined;
  return isOn && !isClock && cursor.peek('unit') === undefined ? date(day, undefined, undefined) : undefined;
};

/** `March 3rd`, `March 3`. */
const monthFirst: Rule = (cursor) => {
  const month = cursor.take('month')?.month;
  if (month === undefined) return undefined;
  const day =
    cursor.take('ordinal', ({ value }) => value <= 31)?.value ??
    (cursor.peek('hourMark', 1) === undefined && cursor.peek('meridiem', 1) === undefined
      ? cursor.take('number', ({ value }) => value > 0 && value <= 31)?.value
      : undefined);
  return day === undefined ? undefined : date(day, month, yearBehind(cursor));
};

/** A date by its number. */
export const dated: Rule = (cursor) => cursor.first([written, dayFirst, monthFirst]);

/** `im März`, `Ende des Monats`, `next month`. */
export const monthAlone: Rule = (cursor) => {
  const edge = cursor.take('edge')?.edge;
  cursor.skip('in', 'of', 'on');
  const which = cursor.take('which')?.which;
  const month = cursor.take('month')?.month;
  if (month !== undefined) return { term: 'month', month, year: yearBehind(cursor), edge };
  if (edge === undefined && which === undefined) return undefined;
  if (cursor.take('unit', ({ unit }) => unit === 'month') === undefined) return undefined;
  return { term: 'month', month: which ?? 'this', year: undefined, edge };
};
