import type { Meaning } from '../words/meaning.ts';
import type { Traits } from './cursor.ts';
import { piecesIn } from './parse.ts';
import { piecesOf, type Piece } from './said.ts';

/** More things nobody leaves to choose from. */
const MOST_PARTS = 4;

/** The phrases on both sides of `or`. Undefined when one of them is not understood. */
export function phrasesIn(meanings: readonly Meaning[], traits: Traits): readonly (readonly Piece[])[] | undefined {
  const parts: Meaning[][] = [[]];
  for (const meaning of meanings)
    if (meaning.is === 'or') parts.push([]);
    else parts.at(-1)?.push(meaning);
  const said = parts.filter(({ length }) => length > 0);
  if (said.length > MOST_PARTS) return undefined;
  const phrases = said.map((part) => piecesIn(part, traits));
  const known = phrases.filter((phrase) => phrase !== undefined);
  if (known.length < phrases.length) return undefined;
  if (known.length < 2) return [known.flat()];
  return areWeekdays(known) ? [known.flatMap(added)] : known.map((phrase, index) => completed(phrase, known, index));
}

/** The weekdays behind `or` are said beside the first. */
const added = (phrase: readonly Piece[], index: number): readonly Piece[] =>
  phrase.map((piece) =>
    index > 0 && piece.piece === 'day' && piece.day.term === 'weekday'
      ? { ...piece, day: { ...piece.day, also: true } }
      : piece,
  );

/** `Tuesday or Thursday at three`: any of these days. */
function areWeekdays(phrases: readonly (readonly Piece[])[]): boolean {
  const areDays = phrases.every((phrase) =>
    phrase.some(
      (piece) =>
        piece.piece === 'weekly' ||
        (piece.piece === 'day' && piece.day.term === 'weekday' && piece.day.which === undefined),
    ),
  );
  const timed = phrases.filter((phrase) => phrase.some(isTime));
  return areDays && (timed.length === 0 || (timed.length === 1 && timed[0] === phrases.at(-1)));
}

const isTime = ({ piece }: Piece): boolean => piece === 'clock' || piece === 'part' || piece === 'clockBound';

/** `tomorrow at three or four`: what one side leaves out is as on the other. */
function completed(phrase: readonly Piece[], all: readonly (readonly Piece[])[], index: number): readonly Piece[] {
  const nearest = [...all.slice(0, index).toReversed(), ...all.slice(index + 1)];
  const missing = (belongs: (piece: Piece) => boolean): readonly Piece[] =>
    phrase.some(belongs) ? [] : (nearest.map((other) => other.filter(belongs)).find(({ length }) => length > 0) ?? []);
  const days = missing((piece) => !isTime(piece));
  const times = missing(isTime);
  const [part] = piecesOf(nearest.flat(), 'part');
  const isBare = piecesOf(phrase, 'part').length === 0 && piecesOf(phrase, 'clock').length > 0;
  return [...days, ...phrase, ...times, ...(isBare && part !== undefined && times.length === 0 ? [part] : [])];
}
