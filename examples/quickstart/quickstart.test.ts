import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

test('the quickstart books, and once more on the same file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'askpro-example-'));
  try {
    const run = (): string =>
      execFileSync(process.execPath, [main, join(folder, 'quickstart.db')], { encoding: 'utf8' });
    const [first, second] = [run(), run()];
    for (const output of [first, second])
      expect(output).toMatch(/^Booked \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0[12]:00\n$/);
    expect(second).not.toBe(first);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the quickstart fits on one screen', () => {
  expect(readFileSync(main, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(30);
});
