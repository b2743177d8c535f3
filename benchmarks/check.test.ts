import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readLimits } from './check.ts';

const program = fileURLToPath(new URL('run.ts', import.meta.url));

/** Runs the check of one row as CI does; a planted slowdown makes our side do its work twice. */
const check = (row: string, plant: string): { readonly status: number | null; readonly told: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'check', row], {
    encoding: 'utf8',
    env: { ...process.env, ASKPRO_BENCH_PLANT: plant },
  });
  return { status, told: stdout + stderr };
};

const rows = [
  { row: 'phone-resolve', told: 'engine/phone-resolve' },
  { row: 'busy-read-sqlite', told: 'storage/busy-read' },
] as const;

test.each(rows)('the check passes $row, which is within its limit', { timeout: 60_000 }, ({ row, told: name }) => {
  const { status, told } = check(row, '');
  expect(told).toContain(`ok   ${name}`);
  expect(status).toBe(0);
});

test.each(rows)('the check fails $row once its work has doubled', { timeout: 60_000 }, ({ row, told: name }) => {
  const { status, told } = check(row, row);
  expect(told).toContain(`FAIL ${name}`);
  expect(status).toBe(1);
});

test('no row that is as it must be can become twice as slow without the check', () => {
  for (const [suite, limits] of Object.entries(readLimits()))
    for (const [row, { must, limit }] of Object.entries(limits))
      expect(limit, `${suite} ${row}`).toBeLessThan(2 * must);
});
