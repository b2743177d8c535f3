import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

// The end of this process, however it comes, closes the guard's input.
const script = `while read -r next; do pid=$next; done; [ -z "$pid" ] || kill -9 "$pid" "-$pid"; rm -rf "$0"`;

/** Ends a server and takes its files away also where this process is killed before it could do so. */
export class Guard {
  readonly #guard: ChildProcess;

  constructor(folder: string) {
    this.#guard = spawn('sh', ['-c', script, folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    this.#guard.stdin?.on('error', () => undefined);
  }

  /** From now on this process is the server; undefined while there is none. */
  watch(pid: number | undefined): void {
    this.#guard.stdin?.write(`${pid ?? ''}\n`);
  }

  dismiss(): void {
    this.#guard.kill('SIGKILL');
  }
}
