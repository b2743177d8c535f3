import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const kept = fileURLToPath(new URL('../../node_modules/.cache/askpro/servers', import.meta.url));

/**
 * Makes the first files of a server, which takes seconds, or copies those that were made before in the same way.
 * @param madeBy - everything on which the files depend
 */
export function firstFiles(madeBy: readonly string[], data: string, make: () => void): void {
  const whose = String(process.getuid?.() ?? '');
  const name = createHash('sha256')
    .update(JSON.stringify([whose, ...madeBy]))
    .digest('hex');
  const original = join(kept, name.slice(0, 32));
  if (existsSync(original)) return copyFolder(original, data);
  make();
  keep(data, original);
}

/** Keeps a copy. Others may be doing so at the same time: it appears whole, and the first to come stays. */
function keep(data: string, original: string): void {
  mkdirSync(kept, { recursive: true });
  const unfinished = mkdtempSync(join(kept, 'unfinished-'));
  try {
    copyFolder(data, join(unfinished, 'data'));
    renameSync(join(unfinished, 'data'), original);
  } catch (error) {
    if (!existsSync(original)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** Copies a folder that is not there yet, with its owners and rights. */
export function copyFolder(from: string, to: string): void {
  const { status, stderr } = spawnSync('cp', ['-a', from, to], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the files of a server could not be copied: ${stderr}`);
}

/** What a program says of its version. */
export function versionOf(program: string): string {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} does not tell its version`);
  return stdout;
}
