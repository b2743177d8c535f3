import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A server in a process of its own. */
export interface ServerProcess {
  readonly port: number;
  /** Processor time that the process's main thread has used so far, in microseconds. */
  cpuMicros(): Promise<number>;
  close(): Promise<void>;
}

/** Starts a module that calls {@link tellParent}. */
export async function startServer(module: URL, args: readonly string[]): Promise<ServerProcess> {
  const child: ChildProcess = fork(module, [...args], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  let told: (value: number) => void = () => undefined;
  let failed: (error: Error) => void = () => undefined;
  child.on('message', (value) => told(value as number));
  child.on('exit', () => failed(new Error(`${module.pathname} has ended.`)));
  const answer = (): Promise<number> =>
    new Promise((resolve, reject) => {
      told = resolve;
      failed = reject;
    });
  const port = await answer();
  return {
    port,
    cpuMicros() {
      child.send('cpu');
      return answer();
    },
    async close() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

/** Inside the process: tells on which port it listens, and how much processor time it has used when it is asked. */
export function tellParent(port: number): void {
  process.on('message', () => {
    const { user, system } = process.threadCpuUsage();
    process.send?.(user + system);
  });
  process.send?.(port);
}
