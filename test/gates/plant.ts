import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { gates } from '../../scripts/gates.ts';
import { type GateResult, runGates } from '../../scripts/runGates.ts';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

/** The settings that gates read from the folder they run in. */
const settings = [
  '.prettierrc.json',
  '.prettierignore',
  'eslint.config.js',
  'tsconfig.json',
  'knip.json',
  'dependency-cruiser.config.mjs',
];

const manifest = `${JSON.stringify({ name: 'askpro', version: '1.0.0', type: 'module' }, null, 2)}\n`;

/** Makes a folder with these files, this repository's settings and its installed packages; it goes when the test ends. */
export function plant(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'askpro-gate-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'), 'dir');
  for (const name of settings) copyFileSync(join(repository, name), join(root, name));
  for (const folder of ['src', 'test', 'benchmarks', 'examples', 'scripts']) mkdirSync(join(root, folder));
  write(root, { 'package.json': manifest, ...files });
  return root;
}

/** Writes files into a planted folder. */
export function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
}

/** Runs a gate of `npm test` on a planted folder, with the very command that `npm test` runs, and what it is given beside. */
export async function judge(name: string, root: string, ...more: readonly string[]): Promise<GateResult> {
  const found = gates.find((gate) => gate.name === name);
  if (found === undefined) throw new Error(`There is no gate named ${name}.`);
  const [program, ...args] = found.command;
  const [result] = await runGates(
    [
      {
        name,
        command: [
          program,
          ...args.map((argument) => (argument.startsWith('scripts/') ? join(repository, argument) : argument)),
          ...more,
        ],
      },
    ],
    { cwd: root, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined }, lanes: 1, onEnd: () => undefined },
  );
  if (result === undefined) throw new Error(`The gate ${name} did not run.`);
  return result;
}
