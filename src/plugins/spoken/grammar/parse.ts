import type { Kind, Meaning } from '../words/meaning.ts';
import { clock } from './clock.ts';
import { Cursor, type Traits } from './cursor.ts';
import { day, length } from './days.ts';
import { range } from './ranges.ts';
import type { Piece } from './said.ts';

type Rule = (cursor: Cursor) => readonly Piece[] | undefined;

const MINUTES_OF = { minute: 1, hour: 60 } as const;

/** `in zwei Stunden`, `in half an hour`. */
const minutesAhead: Rule = (cursor) => {
  if (cursor.take('in') === undefined) return undefined;
  const halfHour = cursor.attempt(() => {
    cursor.take('article');
    if (cursor.take('half') === undefined) return undefined;
    cursor.take('article');
    return cursor.take('unit', ({ unit }) => unit === 'hour');
  });
  if (halfHour !== undefined) return [{ piece: 'minutesAhead', minutes: 30 }];
  const long = length(cursor);
  if (long?.unit !== 'minute' && long?.unit !== 'hour') return undefined;
  return [{ piece: 'minutesAhead', minutes: long.count * MINUTES_OF[long.unit] }];
};

/** `dienstags`, `every Monday`, `on a weekday`, `any day`. */
const weekly: Rule = (cursor) => {
  const isEach = cursor.take('every') !== undefined;
  if (cursor.take('workdays') !== undefined) return [{ piece: 'weekly', weekdays: [0, 1, 2, 3, 4] }];
  if (isEach && cursor.take('weekend') !== undefined) return [{ piece: 'weekly', weekdays: [5, 6] }];
  if (isEach && cursor.take('unit', ({ unit }) => unit === 'day') !== undefined) return [{ piece: 'anytime' }];
  const weekday = cursor.take('weekday', ({ every }) => isEach || every === true)?.weekday;
  return weekday === undefined ? undefined : [{ piece: 'weekly', weekdays: [weekday] }];
};

/** `Monday and Wednesday`. */
const alsoNamed: Rule = (cursor) => {
  if (cursor.take('and') === undefined) return undefined;
  const said = day(cursor);
  return said?.term === 'weekday' ? [{ piece: 'day', day: { ...said, also: true } }] : undefined;
};

const named: Rule = (cursor) => {
  const said = day(cursor);
  return said && [{ piece: 'day', day: said }];
};

const timed: Rule = (cursor) => {
  const said = clock(cursor);
  return said && [{ piece: 'clock', clock: said }];
};

/** `nachmittags`, `late afternoon`, `this evening`. */
const partOfDay: Rule = (cursor) => {
  const isThis = cursor.take('which', ({ which }) => which === 'this') !== undefined;
  const edge = cursor.take('edge')?.edge;
  if (edge !== undefined) cursor.skip('in', 'on', 'of');
  const part = cursor.take('part');
  if (part === undefined) return undefined;
  const today: readonly Piece[] = isThis ? [{ piece: 'day', day: { term: 'offset', days: 0 } }] : [];
  return [...today, { piece: 'part', part: part.part, edge, follows: part.follows === true }];
};

const wish: Rule = (cursor) => {
  if (cursor.take('soonest') !== undefined) return [{ piece: 'soonest' }];
  return cursor.take('anytime') === undefined ? undefined : [{ piece: 'anytime' }];
};

const rules: readonly Rule[] = [range, minutesAhead, weekly, alsoNamed, named, timed, partOfDay, wish];

/** What may stand anywhere and says nothing alone. */
const weak: readonly Kind[] = ['in', 'on', 'at', 'of', 'and', 'article', 'every', 'around'];

/** The pieces of a phrase in order; undefined when something in it fits no rule. */
export function piecesIn(meanings: readonly Meaning[], traits: Traits): readonly Piece[] | undefined {
  const cursor = new Cursor(meanings, traits);
  const pieces: Piece[] = [];
  while (!cursor.done) {
    const found = cursor.first(rules);
    if (found !== undefined) pieces.push(...found);
    else if (weak.every((kind) => cursor.take(kind) === undefined)) return undefined;
  }
  return pieces;
}
