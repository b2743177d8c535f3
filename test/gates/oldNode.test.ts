import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from './plant.ts';

/** Runs a program under this Node, which says of itself that it is another version. */
function runAs(
  version: string,
  ...args: readonly string[]
): { readonly status: number | null; readonly stderr: string } {
  const versions = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
  const preload = `data:text/javascript,${encodeURIComponent(versions)}`;
  return spawnSync(process.execPath, ['--import', preload, ...args], { cwd: repository, encoding: 'utf8' });
}

const program = join(repository, 'dist/cli/askpro.js');
const build = join(repository, 'scripts/build.mjs');

test.each(['18.19.0', '20.20.2', '22.15.1'])('on Node %s the program says which Node it needs', (version) => {
  const { status, stderr } = runAs(version, program, '--version');
  expect(status).toBe(1);
  expect(stderr).toContain(`askpro needs Node 22.16 or later, this is ${version}.`);
});

test.each(['22.16.0', '24.0.0'])('on Node %s the program runs', (version) => {
  expect(runAs(version, program, '--version').status).toBe(0);
});

test('on an older Node the npm scripts say how to come by the pinned one', () => {
  const { status, stderr } = runAs('20.20.2', build, '--check-node');
  expect(status).toBe(1);
  expect(stderr).toContain('run `npm ci`');
  expect(runAs('22.16.0', build, '--check-node').status).toBe(0);
});
