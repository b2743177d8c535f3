import { expect, test } from 'vitest';
import { storageLaws } from '../../src/core/contracts/storageLaws.ts';
import { documentTenancy } from '../../src/core/contracts/storageLaws/tenantDocuments.ts';
import { storageTenancy } from '../../src/core/contracts/storageLaws/tenantLaws.ts';
import { brokenAdapters } from './broken/all.ts';
import { matrix } from './broken/brokenAdapters.ts';
import { sqliteFile } from './sqliteFile.ts';

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

/** What a storage can do beside its contract's three unscoped methods and its two unscoped sides. */
const unscoped = ['constructor', 'now', 'start', 'stop'];

test('every method that a real storage has for companies has a law of tenancy', async () => {
  const file = await sqliteFile();
  const storage = await file.fresh({ now: () => 0, after: () => () => undefined });
  const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(storage)).filter((name) => !unscoped.includes(name));
  expect(methods.sort()).toEqual(Object.keys(storageTenancy).sort());
  expect(Object.keys(storage.documents).sort()).toEqual(Object.keys(documentTenancy).sort());
  await file.close();
});
