import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stampFile = join(root, 'node_modules/.cache/askpro/build');
const settings = ['package.json', 'package-lock.json', 'rollup.config.mjs', 'tsconfig.json', 'tsconfig.build.json'];

/**
 * Makes dist/ from src/. The new folder replaces the old one in one rename, so that a program that starts meanwhile sees a whole build.
 * @param {{ force?: boolean }} [options] without `force` nothing happens when the sources are those of the last build
 */
export async function build({ force = false } = {}) {
  const stamp = fingerprint();
  if (!force && existsSync(join(root, 'dist')) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp)
    return;
  const rollup = rollupProgram();
  if (!rollup) {
    console.warn('askpro: not built, because the development dependencies are not installed (npm ci installs them).');
    return;
  }
  const startedMs = performance.now();
  const fresh = join('temp', `build-${process.pid}`);
  try {
    await run(rollup, fresh);
    for (const program of Object.values(manifest().bin)) {
      const path = join(root, program.replace(/^(\.\/)?dist/, fresh));
      if (existsSync(path)) chmodSync(path, 0o755);
    }
    const old = join(root, `${fresh}-old`);
    if (existsSync(join(root, 'dist'))) renameSync(join(root, 'dist'), old);
    renameSync(join(root, fresh), join(root, 'dist'));
    rmSync(old, { recursive: true, force: true });
  } finally {
    rmSync(join(root, fresh), { recursive: true, force: true });
  }
  mkdirSync(join(stampFile, '..'), { recursive: true });
  writeFileSync(stampFile, stamp);
  console.log(`built dist/ in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
}

/** A digest of everything that decides what dist/ contains: the sources, without their tests, and the build's own settings. */
function fingerprint() {
  const digest = createHash('sha256');
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(test|test-d)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const path of [...settings.map((name) => join(root, name)), ...sources]) {
    digest.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
  }
  return digest.digest('hex');
}

function manifest() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}

function rollupProgram() {
  try {
    return join(createRequire(import.meta.url).resolve('rollup/package.json'), '../dist/bin/rollup');
  } catch {
    return undefined;
  }
}

function run(rollup, outDir) {
  const child = spawn(process.execPath, [rollup, '--config', 'rollup.config.mjs', '--silent'], {
    cwd: root,
    env: { ...process.env, ASKPRO_BUILD_DIR: outDir },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`rollup ended with code ${code}`))));
  });
}
