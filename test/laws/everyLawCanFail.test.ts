import { expect, test } from 'vitest';
import { storageLaws } from '../../src/core/contracts/storageLaws.ts';
import { brokenAdapters } from './broken/all.ts';
import { matrix } from './broken/brokenAdapters.ts';

const names = storageLaws({ create: () => Promise.reject(new Error('these laws are not run')) }).map(
  ({ name }) => name,
);

test('every law is broken by some adapter', ({ annotate }) => {
  const counted = names.map(
    (name) => [Object.values(matrix).filter((laws) => laws.includes(name)).length, name] as const,
  );
  void annotate(
    `${names.length} laws, ${brokenAdapters.length} broken adapters\n${counted.map((row) => row.join('  ')).join('\n')}`,
  );
  expect(counted.filter(([count]) => count === 0)).toEqual([]);
});

test('every adapter breaks the law it aims at, and the matrix knows no other', () => {
  const missed = brokenAdapters.filter(({ fault, aim }) => matrix[fault]?.includes(aim) !== true);
  expect(missed.map(({ fault }) => fault)).toEqual([]);
  expect(Object.keys(matrix).sort()).toEqual(brokenAdapters.map(({ fault }) => fault).sort());
  expect(
    Object.values(matrix)
      .flat()
      .filter((name) => !names.includes(name)),
  ).toEqual([]);
});

test('no two laws and no two broken adapters have one name', () => {
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(brokenAdapters.map(({ fault }) => fault)).size).toBe(brokenAdapters.length);
});
