import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLine } from './csv.ts';

test('cells with quotes, commas and line breaks are quoted, and lines end as RFC 4180 says', () => {
  expect(csvLine(['a', 'b "c"', 'd,e', 'f\r\ng', null, undefined, '', 7, -7, true])).toBe(
    'a,"b ""c""","d,e","f\r\ng",,,,7,-7,true\r\n',
  );
});

test.each(['=1+1', '+49301234567', '-2', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠1', "'=1"])(
  'a text that a spreadsheet could take for a formula is told as a text: %j',
  (text) => {
    expect(
      csvLine([text])
        .replace(/^"/, '')
        .startsWith(`'${text[0] ?? ''}`),
    ).toBe(true);
  },
);

test('a number is no text, and what is harmless stays as it is', () => {
  expect(csvLine([-12, 'a=b', '1+1', 'Anna @ Mitte', ' =1'])).toBe('-12,a=b,1+1,Anna @ Mitte, =1\r\n');
});

/** Reads one line, as the documentation tells readers to. */
function readLine(line: string): string[] {
  const cells: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n$)/guy;
  for (let found = cell.exec(line); found !== null; found = cell.exec(line)) {
    cells.push((found[1]?.replaceAll('""', '"') ?? found[2] ?? '').replace(/^'/, ''));
    if (found[3] !== ',') break;
  }
  return cells;
}

test('every text comes back when one apostrophe at its beginning is taken away', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', "'", '"', ',', 'a', ' ', '＝') }),
  );
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (cells) => {
      expect(readLine(csvLine(cells))).toEqual(cells);
    }),
  );
});
