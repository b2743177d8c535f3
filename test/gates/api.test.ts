import { expect, test } from 'vitest';
import { judge, plant, write } from './plant.ts';

const manifest = JSON.stringify({
  name: 'askpro',
  version: '1.0.0',
  type: 'module',
  exports: { '.': { types: './dist/types/index.d.ts', default: './dist/index.js' } },
});

test('the api gate sees a public change without its report, a report that is missing and one too many', async () => {
  const root = plant({
    'package.json': manifest,
    'dist/types/index.d.ts': 'export declare const durationMinutes: number;\n',
  });

  const missing = await judge('api', root);
  expect(missing.outcome).toBe('failed');
  expect(missing.output).toContain('api-report/askpro.api.md is out of step');

  expect((await judge('api', root, '--update')).outcome).toBe('passed');
  expect((await judge('api', root)).outcome).toBe('passed');

  write(root, {
    'dist/types/index.d.ts': 'export declare const durationMinutes: string;\n',
    'api-report/old.api.md': '',
  });
  const changed = await judge('api', root);
  expect(changed.outcome).toBe('failed');
  expect(changed.output).toContain('- export const durationMinutes: number;');
  expect(changed.output).toContain('+ export const durationMinutes: string;');

  expect(changed.output).toContain('api-report/old.api.md belongs to no entry point');
});
