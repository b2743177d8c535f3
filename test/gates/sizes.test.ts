import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { judge, plant, write } from './plant.ts';

/** Text that gzip cannot shorten much, the same in every run. */
const noise = Array.from({ length: 4000 }, (_, index) => Math.imul(index + 1, 2654435761) >>> 0).join(',');
const manifest = JSON.stringify({
  name: 'askpro',
  version: '1.0.0',
  type: 'module',
  exports: { './slots': { types: './dist/slots.d.ts', default: './dist/slots.js' } },
});
const limit = (gzipBytes: number, fixed?: boolean): string => JSON.stringify({ 'askpro/slots': { gzipBytes, fixed } });

test('the sizes gate counts the chunks of an entry, not its dependencies, and sees when it outgrew its limit', async () => {
  const root = plant({
    'package.json': manifest,
    'dist/slots.js': "import { a } from './chunks/a.js';\nimport { z } from 'zod';\nexport const s = [a, z];\n",
    'dist/chunks/a.js': `export const a = [${noise}];\n`,
    'scripts/size-limits.json': limit(1000),
  });
  const large = await judge('sizes', root);
  expect(large.outcome).toBe('failed');
  expect(large.output).toMatch(/askpro\/slots is \d{5} bytes and may be 1000/);

  expect((await judge('sizes', root, '--update')).outcome).toBe('passed');
  expect((await judge('sizes', root)).outcome).toBe('passed');

  write(root, { 'scripts/size-limits.json': limit(1000, true) });
  expect((await judge('sizes', root, '--update')).outcome).toBe('failed');
  expect(readFileSync(join(root, 'scripts/size-limits.json'), 'utf8')).toContain('1000');

  write(root, { 'scripts/size-limits.json': '{}' });
  expect((await judge('sizes', root)).output).toContain('askpro/slots has no limit');
});
