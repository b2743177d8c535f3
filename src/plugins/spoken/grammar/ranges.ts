import { clock } from './clock.ts';
import type { Cursor } from './cursor.ts';
import { dayPhrase } from './days.ts';
import type { Piece } from './said.ts';

type Pieces = readonly Piece[] | undefined;
type Rule = (cursor: Cursor) => Pieces;

/** Two ends of one kind with a word between them. */
const ends =
  (divide: (cursor: Cursor) => boolean, mayCountTo: boolean): Rule =>
  (cursor) =>
    cursor.first<readonly Piece[]>([
      () => {
        const from = dayPhrase(cursor);
        if (from === undefined || !divide(cursor)) return undefined;
        const to = dayPhrase(cursor);
        return (
          to && [
            { piece: 'dayBound', edge: 'from', inclusive: true, days: from },
            { piece: 'dayBound', edge: 'to', inclusive: true, days: to },
          ]
        );
      },
      () => {
        const from = clock(cursor, mayCountTo);
        if (from === undefined || !divide(cursor)) return undefined;
        const to = clock(cursor);
        return (
          to && [
            { piece: 'clockBound', edge: 'from', clock: from },
            { piece: 'clockBound', edge: 'to', clock: to },
          ]
        );
      },
    ]);

const isJoined = (cursor: Cursor): boolean => cursor.take('bound', ({ joins }) => joins === true) !== undefined;

/** `zwischen zwei und vier`. */
const between: Rule = (cursor) =>
  cursor.take('between') === undefined ? undefined : ends(() => cursor.take('and') !== undefined, false)(cursor);

/** `von zwei bis vier`, `Monday to Wednesday`. After `from`, `ten to five` is no time but a range. */
const fromTo: Rule = (cursor) => {
  const isOpened = cursor.take('bound', ({ edge, inclusive }) => edge === 'from' && inclusive) !== undefined;
  return ends(isJoined, !isOpened)(cursor);
};

/** `nach sechs`, `ab Mittwoch`, `bis zwölf`, `before Friday`. */
const open: Rule = (cursor) => {
  // `to` alone is a small word: `I'd like to`.
  const bound = cursor.take('bound', ({ joins, counts }) => joins !== true || counts === undefined);
  if (bound === undefined) return undefined;
  const { edge, inclusive } = bound;
  const days = cursor.attempt(dayPhrase);
  if (days !== undefined) return [{ piece: 'dayBound', edge, inclusive, days }];
  const time = clock(cursor);
  return time && [{ piece: 'clockBound', edge, clock: time }];
};

/** Everything with a beginning or an end. */
export const range: Rule = (cursor) => cursor.first([between, fromTo, open]);
