import { expect, test } from 'vitest';
import { judge, plant } from './plant.ts';

const lines = (count: number): string => '// line\n'.repeat(count);

/** Written in pieces, because the gate reads this file too. */
const violations: Readonly<Record<string, readonly [text: string, message: string]>> = {
  'src/long.ts': [lines(301), '301 lines, 300 is the ceiling'],
  'src/utils.ts': [lines(1), "'utils.ts' names no concept"],
  'src/core/helpers/time.ts': [lines(1), "'helpers' names no concept"],
  'src/common.ts': [lines(1), "'common.ts' names no concept"],
  'src/core/types.ts': [lines(1), "'types.ts' names no concept"],
  'docs/place.md': [['Look at ', 'work', 'notes.\n'].join('/'), 'a path of one machine'],
  'docs/host.md': [`From https:${'//'}registry.example.org/askpro.\n`, 'the host of a package registry'],
  'docs/ticket.md': [`Fixes ${'issue'} 12.\n`, 'the number of a ticket'],
  'src/later.ts': [`// ${'TO' + 'DO'}: finish\n`, 'unfinished work'],
};

test('the shape gate sees each thing that has no place in the repository', async () => {
  const root = plant(Object.fromEntries(Object.entries(violations).map(([file, [text]]) => [file, text])));
  const { outcome, output } = await judge('shape', root);
  expect(outcome).toBe('failed');
  const seen = output.split('\n');
  for (const [file, [, message]] of Object.entries(violations)) {
    expect(seen.filter((line) => line.startsWith(file) && line.includes(message))).toHaveLength(1);
  }
});

test('the shape gate lets short files pass whose names say what they hold', async () => {
  const { outcome, output } = await judge('shape', plant({ 'src/core/zone.ts': lines(300) }));
  expect(output).toContain('files in shape');
  expect(outcome).toBe('passed');
});
