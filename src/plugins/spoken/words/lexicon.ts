import { fold, foldDotless } from './fold.ts';
import type { Kind, Meaning } from './meaning.ts';
import { tokensOf } from './tokens.ts';

/** Words and what they mean together: spellings divided by `|`, then one meaning or several in a row. */
export type WordEntry = readonly [words: string, ...meanings: Meaning[]];

/** The words of a language, ready to be looked up. */
export interface Lexicon {
  readonly meanings: ReadonlyMap<string, readonly Meaning[]>;
  /** Words of the longest entry. */
  readonly longest: number;
}

/** Prepares a table of words. Of two entries for the same words the later one counts. */
export function lexiconOf(entries: readonly WordEntry[]): Lexicon {
  const meanings = new Map<string, readonly Meaning[]>();
  let longest = 1;
  for (const [words, ...meant] of entries)
    for (const spelling of words.split('|')) {
      longest = Math.max(longest, spelling.split(' ').length);
      meanings.set(foldDotless(spelling), meant);
      meanings.set(fold(spelling), meant);
    }
  return { meanings, longest };
}

const DAYISH: ReadonlySet<Kind> = new Set([
  'day',
  'weekday',
  'date',
  'ordinal',
  'month',
  'on',
  'every',
  'which',
  'edge',
]);

/** The meanings of a text in order, without what means nothing; undefined when a word is unknown. */
export function meaningsIn(
  text: string,
  { meanings, longest }: Lexicon,
  dotIsOrdinal: boolean,
): readonly Meaning[] | undefined {
  const tokens = tokensOf(text, dotIsOrdinal);
  const found: Meaning[] = [];
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at];
    if (token !== undefined && 'meaning' in token) {
      found.push(token.meaning);
      at += 1;
      continue;
    }
    const words: string[] = [];
    let known: readonly Meaning[] | undefined;
    let length = 0;
    for (let index = at; index < at + longest; index += 1) {
      const next = tokens[index];
      if (next === undefined || !('word' in next)) break;
      words.push(next.word);
      const meant = meanings.get(words.join(' '));
      if (meant !== undefined) [known, length] = [meant, words.length];
    }
    if (known === undefined) return undefined;
    for (const meaning of known)
      if (meaning.is === 'dual')
        found.push(DAYISH.has(found.at(-1)?.is ?? 'or') ? meaning.afterDay : meaning.otherwise);
      else if (meaning.is !== 'filler') found.push(meaning);
    at += length;
  }
  return found;
}
