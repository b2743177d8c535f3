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
    if (!take(cursor, ':') || !take(cursor, '[')) continue;
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

function absentFrom(text: string): string {
  let prefix = 'busy-list-';
  while (text.includes(prefix)) prefix += '-';
  return prefix;
}

function skipSpace(cursor: Cursor): number {
  let code = cursor.text.charCodeAt(cursor.at);
  while (code === 32 || code === 10 || code === 13 || code === 9) code = cursor.text.charCodeAt(++cursor.at);
  return code;
}

function take(cursor: Cursor, character: string): boolean {
  if (skipSpace(cursor) !== character.charCodeAt(0)) return false;
  cursor.at++;
  return true;
}

function takeText(cursor: Cursor, wanted: string): boolean {
  skipSpace(cursor);
  if (!cursor.text.startsWith(wanted, cursor.at)) return false;
  cursor.at += wanted.length;
  return true;
}

function takeInstant(cursor: Cursor): number | undefined {
  if (!take(cursor, ':') || !take(cursor, '"')) return undefined;
  const from = cursor.at;
  const to = cursor.text.indexOf('"', from);
  if (to < 0 || to - from > 64) return undefined;
  cursor.at = to + 1;
  return parseInstant(cursor.text, from, to);
}

/** Reads `{"start":…,"end":…}, …]` (in either order); undefined at the first thing that is anything else. */
function readPairs(cursor: Cursor): Float64Array | undefined {
  const pairs = { data: new Float64Array(1_024), length: 0 };
  if (take(cursor, ']')) return new Float64Array(0);
  do {
    if (!take(cursor, '{')) return undefined;
    const startFirst = takeText(cursor, '"start"');
    if (!startFirst && !takeText(cursor, '"end"')) return undefined;
    const first = takeInstant(cursor);
    if (!take(cursor, ',') || !takeText(cursor, startFirst ? '"end"' : '"start"')) return undefined;
    const second = takeInstant(cursor);
    if (first === undefined || second === undefined || !take(cursor, '}')) return undefined;
    const start = startFirst ? first : second;
    const end = startFirst ? second : first;
    if (end < start) return undefined;
    if (pairs.length + 2 > pairs.data.length) growBuffer(pairs, pairs.length + 2);
    pairs.data[pairs.length] = start;
    pairs.data[pairs.length + 1] = end;
    pairs.length += 2;
  } while (take(cursor, ','));
  return take(cursor, ']') ? pairs.data.subarray(0, pairs.length) : undefined;
}
