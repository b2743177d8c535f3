import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longestFirst.ts';
import { NoSkipped } from './test/reporters/noSkipped.ts';

const source = (path: string): string => fileURLToPath(new URL(`src/${path}`, import.meta.url));

/** Unit tests read the published names from the sources, so that they need no build; everything else meets the built package. */
const publishedNames = [
  { find: /^askpro$/, replacement: source('index.ts') },
  { find: /^askpro\/((?:adapters|plugins)\/[^/]+)$/, replacement: source('$1/index.ts') },
  { find: /^askpro\/([^/.]+)$/, replacement: source('$1.ts') },
];

const inCi = process.env['CI'] === 'true' || process.env['CI'] === '1';

/** `npm test` reads the totals from here. */
const report = process.env['ASKPRO_TEST_REPORT'];

/** MySQL's own server, which Debian's stable releases do not have: its tests run where one is given. */
const hasMysql = process.env['ASKPRO_MYSQLD'] !== undefined;

const setupFiles = ['./test/fixedSeed.ts'];

export default defineConfig({
  test: {
    pool: 'threads',
    // Many tests wait for servers and other processes, so one more than the machines have cores.
    maxWorkers: 3,
    allowOnly: !inCi,
    sequence: { sequencer: LongestFirst },
    reporters: [
      'default',
      new NoSkipped(),
      ...(report === undefined ? [] : [['json', { outputFile: report }] as ['json', { outputFile: string }]]),
    ],
    projects: [
      {
        resolve: { alias: publishedNames },
        // Unit tests share no state, so they need no worker of their own; that halves their time.
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts'],
          setupFiles,
          isolate: false,
          testTimeout: 20_000,
          hookTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts', 'examples/**/*.test.ts', 'benchmarks/**/*.test.ts'],
          exclude: ['test/gates/**', 'test/mysql/**', '**/node_modules/**'],
          setupFiles,
          globalSetup: ['./test/builtPackage.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'gates',
          include: ['test/gates/**/*.test.ts'],
          globalSetup: ['./test/builtPackage.ts'],
          testTimeout: 90_000,
          hookTimeout: 60_000,
        },
      },
      ...(hasMysql
        ? [
            {
              test: {
                name: 'mysql',
                include: ['test/mysql/**/*.test.ts'],
                setupFiles,
                testTimeout: 30_000,
                hookTimeout: 120_000,
              },
            },
          ]
        : []),
    ],
  },
});
