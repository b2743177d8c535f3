import { growBuffer } from '../../time/interval.ts';
import { parseInstant } from '../../time/instant.ts';

/** A case's text with its busy lists taken out; in their place stand names that occur nowhere else in it. */
export interface PackedCase {
  readonly text: string;
  readonly lists: ReadonlyMap<string, Float64Array>;
}

// Below this, the objects JSON.parse makes cost less than looking for lists.
const WORTHWHILE_LENGTH = 1 << 18;

/**
 * Reads long busy lists straight from the text into pairs of numbers: a million intervals as objects and strings would
 * take several times the memory of the text itself. A list that is not exactly of the expected form stays in the text,
 * where the ordinary reader says what is wrong with it.
 */
export function packBusy(text: string, worthwhileLength = WORTHWHILE_LENGTH): PackedCase {
  const lists = new Map<string, Float64Array>();
  if (text.length < worthwhileLength) return { text, lists };
  const prefix = absentFrom(text);
  let packed = '';
  let copiedTo = 0;
  // A name in quotes before a colon is a field: inside a string its quotes would be escaped.
  for (let at = text.indexOf(FIELD); at >= 0; at = text.indexOf(FIELD, at)) {
    const cursor: Cursor = { text, at: at + FIELD.length };
    at = cursor.at;
    if (!take(cursor, COLON) || !take(cursor, OPEN_BRACKET)) continue;
    const from = cursor.at - 1;
    const pairs = readPairs(cursor);
    if (pairs === undefined) continue;
    const name = `${prefix}${lists.size}`;
    lists.set(name, pairs);
    packed += `${text.slice(copiedTo, from)}"${name}"`;
    copiedTo = at = cursor.at;
  }
  return { text: packed + text.slice(copiedTo), lists };
}

const FIELD = '"busy"';

interface Cursor {
  readonly text: string;
  at: number;
}

const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const COLON = 58;
const COMMA = 44;
const QUOTE = 34;
const LONGEST_INSTANT = 64;

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
function takeName(cursor: Cursor, name: 'start"' | 'end"'): boolean {
  if (!cursor.text.startsWith(name, cursor.at)) return false;
  cursor.at += name.length;
  return true;
}

/** Takes a colon and an instant in quotes; NaN if something else stands there. */
function takeInstant(cursor: Cursor): number {
  if (!take(cursor, COLON) || !take(cursor, QUOTE)) return NaN;
  const { text, at } = cursor;
  let to = at;
  while (to - at <= LONGEST_INSTANT && text.charCodeAt(to) !== QUOTE) to++;
  cursor.at = to + 1;
  return parseInstant(text, at, to) ?? NaN;
}

/** Reads `{"start":…,"end":…}, …]` (in either order); undefined at the first thing that is anything else. */
function readPairs(cursor: Cursor): Float64Array | undefined {
  const pairs = { data: new Float64Array(1_024), length: 0 };
  if (take(cursor, CLOSE_BRACKET)) return new Float64Array(0);
  do {
    if (!take(cursor, OPEN_BRACE) || !take(cursor, QUOTE)) return undefined;
    const startFirst = takeName(cursor, 'start"');
    if (!startFirst && !takeName(cursor, 'end"')) return undefined;
    const first = takeInstant(cursor);
    if (!take(cursor, COMMA) || !take(cursor, QUOTE)) return undefined;
    if (!takeName(cursor, startFirst ? 'end"' : 'start"')) return undefined;
    const second = takeInstant(cursor);
    const start = startFirst ? first : second;
    const end = startFirst ? second : first;
    if (!(start <= end) || !take(cursor, CLOSE_BRACE)) return undefined;
    if (pairs.length + 2 > pairs.data.length) growBuffer(pairs, pairs.length + 2);
    pairs.data[pairs.length] = start;
    pairs.data[pairs.length + 1] = end;
    pairs.length += 2;
  } while (take(cursor, COMMA));
  return take(cursor, CLOSE_BRACKET) ? pairs.data.subarray(0, pairs.length) : undefined;
}
