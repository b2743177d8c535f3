import { spawnSync } from 'node:child_process';

/** Whether the shell finds a program. */
export const isPresent = (program: string): boolean => spawnSync('which', [program]).status === 0;

/** Whether what is needed is here, or was installed now, which root can do on Debian. */
export function canInstall(isHere: () => boolean, packages: readonly string[]): boolean {
  if (isHere()) return true;
  if (process.getuid?.() !== 0 || !isPresent('apt-get')) return false;
  // RUNLEVEL=1: the packaged server need not run. Another test may be installing something else.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const options = ['-o', 'DPkg::Lock::Timeout=120', '--yes'];
  const install = (): boolean =>
    spawnSync('apt-get', ['install', ...options, '--no-install-recommends', ...packages], { env }).status === 0;
  if (!install()) {
    spawnSync('apt-get', ['update', ...options], { env });
    install();
  }
  return isHere();
}

/** Whom a server runs as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** The account of that name where this process is root, who may start servers as others; else nobody else than itself. */
export function accountWhenRoot(name: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const numberOf = (flag: string): number => {
    const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`there is no account named ${name}`);
    return Number(stdout);
  };
  return { uid: numberOf('-u'), gid: numberOf('-g') };
}
