import { expect, test } from 'vitest';
import type { Gate } from '../../scripts/gates.ts';
import { type GateResult, runGates } from '../../scripts/runGates.ts';
import { repository } from './plant.ts';

const node = (name: string, code: string, more: Partial<Gate> = {}): Gate => ({
  name,
  command: [process.execPath, '-e', code],
  ...more,
});

async function run(
  ...gates: readonly Gate[]
): Promise<{ readonly order: readonly string[]; readonly results: readonly GateResult[] }> {
  const order: string[] = [];
  const results = await runGates(gates, {
    cwd: repository,
    env: process.env,
    lanes: 2,
    onEnd: ({ gate, outcome }) => order.push(`${gate.name} ${outcome}`),
  });
  return { order, results };
}

test('a failing gate keeps no other one from running, and its output is kept', async () => {
  const { order, results } = await run(
    node('bad', 'console.log("out"); console.error("err"); process.exit(3)'),
    node('good', ''),
  );
  expect(order.toSorted()).toEqual(['bad failed', 'good passed']);
  expect(results[0]?.output).toContain('out\n');
  expect(results[0]?.output).toContain('err\n');
});

test('a gate does not run after one that failed, and that is no success', async () => {
  const { order } = await run(
    node('build', 'process.exit(1)'),
    node('sizes', '', { after: ['build'] }),
    node('later', '', { after: ['sizes'] }),
  );
  expect(order).toEqual(['build failed', 'sizes not run', 'later not run']);
});

test('a gate that runs alone waits for the others, and they for it', async () => {
  const { order } = await run(
    node('measure', '', { alone: true }),
    node('slow', 'setTimeout(() => undefined, 100)'),
    node('quick', ''),
  );
  expect(order.at(-1)).toBe('measure passed');
  expect(order).toHaveLength(3);
});

test('a program that does not exist is a failed gate', async () => {
  const { results } = await run({ name: 'lost', command: ['askpro-has-no-such-program'] });
  expect(results[0]?.outcome).toBe('failed');
  expect(results[0]?.output).toContain('ENOENT');
});
