import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The processes that a process started. */
export function childrenOf(pid: number): readonly number[] {
  const numbers = (text: string): readonly number[] => text.split(/\s+/).filter(Boolean).map(Number);
  try {
    return numbers(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'));
  } catch {
    return numbers(spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' }).stdout);
  }
}

/** Sends a signal to whoever of them is still there. */
export function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended already.
    }
  }
}

/** Whether a process has ended; one whose end nobody has taken notice of yet has, too. */
export function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return true;
  }
  try {
    return /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
