import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const program = fileURLToPath(new URL('run.ts', import.meta.url));

/** Runs the check of one row as CI does; a planted slowdown makes our side do its work twice. */
const check = (row: string, plant: string): { readonly status: number | null; readonly told: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'check', row], {
    encoding: 'utf8',
    env: { ...process.env, ASKPRO_BENCH_PLANT: plant },
  });
  return { status, told: stdout + stderr };
};

test('the check passes what is within its limit', { timeout: 60_000 }, () => {
  const { status, told } = check('phone-resolve', '');
  expect(told).toContain('ok   engine/phone-resolve');
  expect(status).toBe(0);
});

test('the check fails a row whose work has doubled', { timeout: 60_000 }, () => {
  const { status, told } = check('phone-resolve', 'phone-resolve');
  expect(told).toContain('FAIL engine/phone-resolve');
  expect(status).toBe(1);
});
