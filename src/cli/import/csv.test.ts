import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvRecords, type CsvRecord } from './csv.ts';

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield await Promise.resolve(text.slice(at, at + size));
}

async function read(text: string, size = 3): Promise<readonly CsvRecord[]> {
  const records: CsvRecord[] = [];
  for await (const record of csvRecords(pieces(text, size))) records.push(record);
  return records;
}

const cells = async (text: string): Promise<readonly (readonly string[])[]> =>
  (await read(text)).map((record) => record.cells);

test('cells in quotes hold separators, line ends and doubled quotes, and lines are counted through them', async () => {
  const text = 'a,b\r\n"1,\r\n2","say ""hi"""\r\n\r\nlast,\r\n';
  expect(await read(text)).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['1,\r\n2', 'say "hi"'] },
    { line: 5, cells: ['last', ''] },
  ]);
});

test('the separator is the one of the first line, and line ends are of any kind', async () => {
  expect(await cells('a;b;c,d\n1;2;3')).toEqual([['a', 'b', 'c,d'], ['1', '2', '3']]); // prettier-ignore
  expect(await cells('a\tb\r1\t2\r')).toEqual([['a', 'b'], ['1', '2']]); // prettier-ignore
  expect(await cells('only\r\n')).toEqual([['only']]);
  expect(await cells('')).toEqual([]);
});

test('a quote that is not closed, or text behind one that is, is refused with its line', async () => {
  await expect(read('a,b\n1,"open\nmore\n')).rejects.toThrow('line 2: has a quote that is never closed');
  await expect(read('a,b\n1,2\n"x"y,3\n')).rejects.toThrow('line 3: has text behind a closing quote');
  await expect(read(`a\n"${'x'.repeat(1_048_577)}`, 65_536)).rejects.toThrow('line 2: is longer than');
  await expect(read('x'.repeat(1_048_577), 65_536)).rejects.toThrow('line 1: is longer than');
});

test('what was written is read, whatever it is and however it arrives', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ' ', ',', ';', '"', '\n', '\r', 'ö', '💇'), maxLength: 6 });
  const written = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 6 }),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom('\n', '\r\n', '\r'),
      async (rows, size, lineEnd) => {
        const text = ['a,b,c', ...rows.map((row) => row.map(written).join(','))].join(lineEnd);
        const full = rows.filter((row) => row.some((each) => each.trim() !== ''));
        expect((await read(text, size)).slice(1).map((record) => record.cells)).toEqual(full);
      },
    ),
  );
});
