/** What npm would publish, judged from its tarball: publint reads the manifest, attw the types as each kind of importer resolves them. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { report, rootFolder } from './entries.ts';

const run = promisify(execFile);
const root = rootFolder(process.argv.slice(2));
const binaries = join(import.meta.dirname, '../node_modules/.bin');
const folder = mkdtempSync(join(tmpdir(), 'askpro-pack-'));

async function judge(name: string, args: readonly string[]): Promise<readonly string[]> {
  try {
    await run(join(binaries, name), args, { cwd: root, env: { ...process.env, FORCE_COLOR: '0' } });
    return [];
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout?: string; readonly stderr?: string };
    return [`${name}:\n${stdout ?? String(error)}${stderr ?? ''}`];
  }
}

try {
  const packed = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], { cwd: root });
  const [{ filename, size, entryCount }] = JSON.parse(packed.stdout) as [
    { readonly filename: string; readonly size: number; readonly entryCount: number },
  ];
  const tarball = join(folder, filename);
  const faults = await Promise.all([
    judge('publint', ['run', tarball, '--strict']),
    judge('attw', [tarball, '--profile', 'esm-only', '--no-emoji', '--no-color']),
  ]);
  report(faults.flat(), `${entryCount} files, ${Math.ceil(size / 1024)} KiB, clean for publint and attw`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
