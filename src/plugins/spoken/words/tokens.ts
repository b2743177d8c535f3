import { fold } from './fold.ts';
import type { Meaning } from './meaning.ts';

/** A word, or something written in digits whose meaning is plain already. */
export type Token = { readonly word: string } | { readonly meaning: Meaning };

// Each alternative is of bounded length or a plain run, so that reading is linear.
const pattern = new RegExp(
  [
    String.raw`(?<iso>\d{4}-\d{2}-\d{2})(?!\d)`,
    String.raw`(?<slashed>\d{1,2}\/\d{1,2}(?:\/(?:\d{4}|\d{2}))?)(?![\d/])`,
    String.raw`(?<dated>\d{1,2}\. ?\d{1,2}\.(?: ?\d{4}|\d{2})?)(?!\d)`,
    String.raw`(?<clock>\d{1,2}:\d{2})(?::\d{2})?(?!\d)`,
    String.raw`(?<dotted>\d{1,2}\.\d{2})(?!\d)`,
    String.raw`(?<ordinal>\d{1,2})(?:st|nd|rd|th|ten|ter|te)(?!\p{L})`,
    String.raw`(?<number>\d+)(?<dot>\.)?`,
    String.raw`(?<=\d ?)(?<dash>[-–—])(?= ?\d)`,
    String.raw`(?<word>\p{L}+)`,
  ].join('|'),
  'gu',
);

const JOIN: Meaning = { is: 'bound', edge: 'to', inclusive: true, joins: true };

/** Cuts a text into words and what is written in digits; everything else separates. */
export function tokensOf(text: string, dotIsOrdinal: boolean): readonly Token[] {
  const tokens: Token[] = [];
  for (const { groups = {} } of fold(text).matchAll(pattern)) {
    const { word } = groups;
    if (word !== undefined) tokens.push({ word });
    else tokens.push({ meaning: written(groups, dotIsOrdinal) });
  }
  return tokens;
}

function written(groups: Readonly<Record<string, string | undefined>>, dotIsOrdinal: boolean): Meaning {
  const { iso, slashed, dated, clock, dotted, ordinal, number = '', dot } = groups;
  if (iso !== undefined) {
    const [year = 0, month = 0, day = 0] = numbersOf(iso);
    return { is: 'date', day, month, year };
  }
  if (slashed !== undefined) {
    const [first = 0, second = 0, year] = numbersOf(slashed);
    return { is: 'slashed', first, second, ...yearOf(year) };
  }
  if (dated !== undefined) {
    const [day = 0, month = 0, year] = numbersOf(dated);
    // A full stop behind a time of the day looks the same.
    if (month > 12 && year === undefined) return { is: 'dotted', first: day, second: month };
    return { is: 'date', day, month, ...yearOf(year) };
  }
  if (clock !== undefined) {
    const [hour = 0, minute = 0] = numbersOf(clock);
    return { is: 'clock', hour, minute, padded: clock.startsWith('0') };
  }
  if (dotted !== undefined) {
    const [first = 0, second = 0] = numbersOf(dotted);
    return { is: 'dotted', first, second };
  }
  if (ordinal !== undefined) return { is: 'ordinal', value: Number(ordinal) };
  if (groups['dash'] !== undefined) return JOIN;
  const value = Number(number);
  if (dot !== undefined && dotIsOrdinal && value <= 31) return { is: 'ordinal', value, dotted: true };
  return { is: 'number', value, padded: number.length === 2 && number.startsWith('0') };
}

const numbersOf = (text: string): readonly number[] => (text.match(/\d+/g) ?? []).map(Number);

const yearOf = (year: number | undefined): { readonly year?: number } =>
  year === undefined ? {} : { year: year < 100 ? 2_000 + year : year };
