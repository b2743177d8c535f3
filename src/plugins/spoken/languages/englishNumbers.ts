import type { WordEntry } from '../words/lexicon.ts';

const SMALL = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const TENS = ['', '', 'twenty', 'thirty', 'forty|fourty', 'fifty'];
const ORDINALS = [
  '',
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
  'thirteenth',
  'fourteenth',
  'fifteenth',
  'sixteenth',
  'seventeenth',
  'eighteenth',
  'nineteenth',
];

function spelling(value: number, ones: readonly string[]): string {
  if (value < 20) return ones[value] ?? '';
  const tens = (TENS[Math.floor(value / 10)] ?? '').split('|');
  const rest = value % 10;
  if (rest === 0) return tens.join('|');
  return tens.flatMap((ten) => [`${ten} ${ones[rest] ?? ''}`, `${ten}${ones[rest] ?? ''}`]).join('|');
}

/** `zero` to `fifty nine`, and `oh five`. */
export const numbers: readonly WordEntry[] = [
  ...Array.from({ length: 60 }, (_, value): WordEntry => [spelling(value, SMALL), { is: 'number', value }]),
  ...Array.from({ length: 9 }, (_, index): WordEntry => [
    `oh ${SMALL[index + 1] ?? ''}|o ${SMALL[index + 1] ?? ''}`,
    { is: 'number', value: index + 1, padded: true },
  ]),
  ['a couple of|couple of', { is: 'number', value: 2 }],
];

/** `first` to `thirty first`. */
export const ordinals: readonly WordEntry[] = Array.from({ length: 31 }, (_, index): WordEntry => {
  const value = index + 1;
  const written =
    value % 10 === 0 && value >= 20 ? (value === 20 ? 'twentieth' : 'thirtieth') : spelling(value, ORDINALS);
  return [written, { is: 'ordinal', value }];
});
