import type { WordEntry } from '../words/lexicon.ts';

const SMALL = [
  'null',
  'eins',
  'zwei|zwo',
  'drei',
  'vier',
  'fünf',
  'sechs',
  'sieben',
  'acht',
  'neun',
  'zehn',
  'elf',
  'zwölf',
  'dreizehn',
  'vierzehn',
  'fünfzehn',
  'sechzehn',
  'siebzehn',
  'achtzehn',
  'neunzehn',
];
const TENS = ['', '', 'zwanzig', 'dreißig', 'vierzig', 'fünfzig'];

/** `ein|zwei|zwo|…`: the beginnings of `einundzwanzig`. */
const begun = (ones: number): readonly string[] => (ones === 1 ? ['ein'] : (SMALL[ones] ?? '').split('|'));

/** The spellings of a number below 60. */
function spellings(value: number): readonly string[] {
  if (value < 20) return (SMALL[value] ?? '').split('|');
  const tens = TENS[Math.floor(value / 10)] ?? '';
  const ones = value % 10;
  return ones === 0 ? [tens] : begun(ones).flatMap((one) => [`${one}und${tens}`, `${one} und ${tens}`]);
}

/** `null` to `neunundfünfzig`. */
export const numbers: readonly WordEntry[] = Array.from({ length: 60 }, (_, value): WordEntry => [
  spellings(value).join('|'),
  { is: 'number', value },
]);

const IRREGULAR: ReadonlyMap<number, readonly string[]> = new Map([
  [1, ['erst']],
  [3, ['dritt']],
  [7, ['siebt', 'siebent']],
  [8, ['acht']],
]);
const stems = (value: number): readonly string[] =>
  IRREGULAR.get(value) ?? spellings(value).map((spelling) => `${spelling}${value < 20 ? 't' : 'st'}`);

/** `erste` to `einunddreißigster`. */
export const ordinals: readonly WordEntry[] = Array.from({ length: 31 }, (_, index): WordEntry => [
  stems(index + 1)
    .flatMap((stem) => ['e', 'en', 'er', 'es', 'em'].map((ending) => stem + ending))
    .join('|'),
  { is: 'ordinal', value: index + 1 },
]);
