import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sqliteFile, type SqliteFile } from '../sqliteFile.ts';
import { brokenAdapters } from './all.ts';
import { judgeOn, type Judge } from './judge.ts';

/** Which laws each broken adapter breaks, by its fault. Written by `node test/laws/broken/printMatrix.ts`, then read. */
export const matrix = JSON.parse(readFileSync(new URL('matrix.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, readonly string[]>
>;

/**
 * Tests of one of so many equal parts of all broken adapters that each breaks exactly the laws declared, and none other:
 * parts lie in files, which run side by side.
 */
export const testBrokenAdapters = (part: number, parts: number): void => {
  describe('breaks exactly what is declared: an adapter that', () => {
    let file: SqliteFile;
    let judge: Judge;
    beforeAll(async () => {
      file = await sqliteFile();
      judge = await judgeOn(file);
    }, 60_000);
    afterAll(() => file.close());

    for (const adapter of brokenAdapters.filter((_, index) => index % parts === part - 1))
      test(adapter.fault, async () => {
        expect(await judge(adapter)).toEqual(matrix[adapter.fault]);
      });
  });
};
