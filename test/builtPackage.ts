import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Builds the package, unless it is up to date, before tests that meet it as its users do. */
export function setup(): void {
  const program = fileURLToPath(new URL('../scripts/build.mjs', import.meta.url));
  execFileSync(process.execPath, [program], { stdio: 'inherit' });
}
