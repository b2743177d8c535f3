import { expect, test } from 'vitest';
import { judge, plant } from './plant.ts';

test('the format gate sees a file that is formatted otherwise', async () => {
  const { outcome, output } = await judge('format', plant({ 'src/planted.ts': 'export const a = "double quotes"\n' }));
  expect(outcome).toBe('failed');
  expect(output).toContain('src/planted.ts');
});

test('the format gate lets a formatted file pass', async () => {
  const { outcome, output } = await judge('format', plant({ 'src/planted.ts': "export const a = 'single quotes';\n" }));
  expect(output).toBe('');
  expect(outcome).toBe('passed');
});
