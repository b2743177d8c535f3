import { parseInstant } from '../../time/instant.ts';
import { growBuffer, type Intervals } from '../../time/interval.ts';
import { LONGEST_TEXT } from './maxima.ts';

/** Occupied time as start, end pairs, and a word for each pair (empty where an entry has none) where any entry has one. */
export interface PackedBusy {
  readonly pairs: Intervals;
  readonly kinds: readonly string[] | undefined;
}

/** A case's text with its busy lists taken out; in their place stand names that occur nowhere else in it. */
export interface PackedCase {
  readonly text: string;
  readonly lists: ReadonlyMap<string, PackedBusy>;
}

// Below this, the objects JSON.parse makes cost less than looking for lists.
const WORTHWHILE_LENGTH = 1 << 18;

/**
 * Reads long busy lists straight from the text into pairs of numbers: a million intervals as objects and strings would
 * take several times the memory of the text itself. A list that is not exactly of the expected form stays in the text,
 * where the ordinary reader says what is wrong with it.
 */
export function packBusy(text: string, worthwhileLength = WORTHWHILE_LENGTH): PackedCase {
  const lists = new Map<string, PackedBusy>();
  if (text.length < worthwhileLength) return { text, lists };
  const prefix = absentFrom(text);
  let packed = '';
  let copiedTo = 0;
  // A name in quotes before a colon is a field: inside a string its quotes would be escaped.
  for (let at = text.indexOf(FIELD); at >= 0; at = text.indexOf(FIELD, at)) {
    const cursor: Cursor = { text, at: at + FIELD.length, instantLength: 0 };
    at = cursor.at;
    if (!take(cursor, COLON) || !take(cursor, OPEN_BRACKET)) continue;
    const from = cursor.at - 1;
    const busy = takeEntries(cursor);
    if (busy === undefined) continue;
    const name = `${prefix}${lists.size}`;
    lists.set(name, busy);
    packed += `${text.slice(copiedTo, from)}"${name}"`;
    copiedTo = at = cursor.at;
  }
  return { text: packed + text.slice(copiedTo), lists };
}

const FIELD = '"busy"';

interface Cursor {
  readonly text: string;
  at: number;
  /** Of the instant before. */
  instantLength: number;
}

const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const COLON = 58;
const COMMA = 44;
const QUOTE = 34;
const SPACE = 32;
const BACKSLASH = 92;
const LONGEST_INSTANT = 64;

// A word says what occupies a time; whoever writes a different one each time is read the ordinary way.
const MOST_WORDS = 50;

function absentFrom(text: string): string {
  let prefix = 'busy-list-';
  while (text.includes(prefix)) prefix += '-';
  return prefix;
}

/** Skips blanks and takes one character; false if it is another. */
function take(cursor: Cursor, character: number): boolean {
  const { text } = cursor;
  let { at } = cursor;
  let code = text.charCodeAt(at);
  while (code === 32 || code === 10 || code === 13 || code === 9) code = text.charCodeAt(++at);
  cursor.at = code === character ? at + 1 : at;
  return code === character;
}

/** Takes a name and its closing quote; the opening one is taken already. */
function takeName(cursor: Cursor, name: 'start"' | 'end"' | 'kind"'): boolean {
  if (!cursor.text.startsWith(name, cursor.at)) return false;
  cursor.at += name.length;
  return true;
}

/** Takes a colon and an instant in quotes; NaN if something else stands there. */
function takeInstant(cursor: Cursor): number {
  if (!take(cursor, COLON) || !take(cursor, QUOTE)) return NaN;
  const { text, at } = cursor;
  let to = at + cursor.instantLength;
  // Mostly as long as the one before; a quote within would be no part of an instant.
  if (text.charCodeAt(to) !== QUOTE) {
    to = at;
    while (to - at <= LONGEST_INSTANT && text.charCodeAt(to) !== QUOTE) to++;
    cursor.instantLength = to - at;
  }
  cursor.at = to + 1;
  return parseInstant(text, at, to) ?? NaN;
}

/** Takes a colon and a word in quotes; undefined if something else, a word with escapes, or one too many stands there. */
function takeWord(cursor: Cursor, words: string[]): string | undefined {
  if (!take(cursor, COLON) || !take(cursor, QUOTE)) return undefined;
  const { text, at } = cursor;
  // A word that is known is not cut out of the text.
  for (const word of words) {
    if (text.charCodeAt(at + word.length) !== QUOTE || !text.startsWith(word, at)) continue;
    cursor.at = at + word.length + 1;
    return word;
  }
  let to = at;
  for (let code = text.charCodeAt(to); code !== QUOTE; code = text.charCodeAt(++to)) {
    if (!(code >= SPACE) || code === BACKSLASH || to - at > LONGEST_TEXT) return undefined;
  }
  if (to === at || to - at > LONGEST_TEXT || words.length === MOST_WORDS) return undefined;
  cursor.at = to + 1;
  // A part that is cut out would keep all of the text in memory; a word that is parsed stands on its own.
  const word = String(JSON.parse(text.slice(at - 1, to + 1)));
  words.push(word);
  return word;
}

/** Reads `{"start":…,"end":…,"kind":…}, …]` (in any order, kind or not); undefined at the first thing that is anything else. */
function takeEntries(cursor: Cursor): PackedBusy | undefined {
  const pairs = { data: new Float64Array(1_024), length: 0 };
  const words: string[] = [];
  let kinds: string[] | undefined;
  do {
    if (!take(cursor, OPEN_BRACE)) return undefined;
    let start = NaN;
    let end = NaN;
    let kind = '';
    do {
      if (!take(cursor, QUOTE)) return undefined;
      if (takeName(cursor, 'start"')) {
        if (Number.isNaN((start = takeInstant(cursor)))) return undefined;
      } else if (takeName(cursor, 'end"')) {
        if (Number.isNaN((end = takeInstant(cursor)))) return undefined;
      } else {
        const word = takeName(cursor, 'kind"') ? takeWord(cursor, words) : undefined;
        if (word === undefined) return undefined;
        kind = word;
      }
    } while (take(cursor, COMMA));
    if (!(start <= end) || !take(cursor, CLOSE_BRACE)) return undefined;
    if (pairs.length + 2 > pairs.data.length) growBuffer(pairs, pairs.length + 2);
    pairs.data[pairs.length] = start;
    pairs.data[pairs.length + 1] = end;
    pairs.length += 2;
    if (kind !== '') kinds ??= new Array<string>(pairs.length / 2 - 1).fill('');
    kinds?.push(kind);
  } while (take(cursor, COMMA));
  return take(cursor, CLOSE_BRACKET) ? { pairs: pairs.data.subarray(0, pairs.length), kinds } : undefined;
}
