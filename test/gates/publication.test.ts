import { expect, test } from 'vitest';
import { judge, plant } from './plant.ts';

const manifest = (exports: unknown, type: 'module' | 'commonjs'): string =>
  JSON.stringify({ name: 'askpro', version: '1.0.0', license: 'MIT', type, files: ['dist'], exports });

const files = { 'dist/index.js': 'export const a = 1;\n', 'dist/index.d.ts': 'export declare const a: number;\n' };
const sound = { '.': { types: './dist/index.d.ts', default: './dist/index.js' } };

test('the publication gate sees an entry that is not packed', async () => {
  const exports = { ...sound, './lost': { types: './dist/lost.d.ts', default: './dist/lost.js' } };
  const { outcome, output } = await judge(
    'publication',
    plant({ ...files, 'package.json': manifest(exports, 'module') }),
  );
  expect(outcome).toBe('failed');
  expect(output).toContain('publint:');
  expect(output).toContain('lost.js');
});

test('the publication gate sees types that an importer cannot resolve', async () => {
  const { outcome, output } = await judge(
    'publication',
    plant({ ...files, 'dist/index.d.ts': "export * from './lost';\n", 'package.json': manifest(sound, 'module') }),
  );
  expect(outcome).toBe('failed');
  expect(output).toContain('attw:');
  expect(output).toMatch(/internal resolution error/i);
});

test('the publication gate lets a sound package pass', async () => {
  const { outcome, output } = await judge(
    'publication',
    plant({ ...files, 'package.json': manifest(sound, 'module') }),
  );
  expect(output).toContain('clean for publint and attw');
  expect(outcome).toBe('passed');
});
