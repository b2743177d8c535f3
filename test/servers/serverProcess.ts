import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { Guard } from './guard.ts';
import type { Account } from './installed.ts';
import { until } from './poll.ts';
import { childrenOf, hasEnded, signal } from './processTree.ts';

/** How a server is started, and how it is known to serve. */
export interface Launch {
  readonly program: string;
  readonly flags: readonly string[];
  /** What it needs around it; this process's own where left out. */
  readonly env?: NodeJS.ProcessEnv;
  readonly account: Account | undefined;
  /** Its files, which go when it ends for good. */
  readonly folder: string;
  readonly answers: () => Promise<boolean>;
  /** By which signal an operator ends it. */
  readonly endsBy: NodeJS.Signals;
}

/** A server that a test runs, kills and starts again on the same files. */
export class ServerProcess {
  readonly #launch: Launch;
  readonly #guard: Guard;
  #server: ChildProcess | undefined;
  #ended: Promise<void> = Promise.resolve();
  #log = '';

  private constructor(launch: Launch) {
    this.#launch = launch;
    this.#guard = new Guard(launch.folder);
  }

  static async start(launch: Launch): Promise<ServerProcess> {
    const server = new ServerProcess(launch);
    try {
      await server.restart();
    } catch (error) {
      server.kill();
      throw error;
    }
    return server;
  }

  /** 0 while it does not run. */
  get pid(): number {
    return this.#server?.pid ?? 0;
  }

  /** Starts it again on its files, once it has ended. */
  async restart(flags: readonly string[] = this.#launch.flags): Promise<void> {
    const { program, account, env, answers } = this.#launch;
    // A group of its own, so that the programs that it starts can be ended with it.
    const server = spawn(program, flags, {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
      ...(env === undefined ? {} : { env }),
      ...account,
    });
    this.#server = server;
    this.#ended = new Promise((resolve) => {
      server.once('exit', () => resolve());
      server.once('error', () => resolve());
    });
    this.#guard.watch(server.pid);
    server.stderr.setEncoding('utf8').on('data', (text: string) => (this.#log = (this.#log + text).slice(-4000)));
    await until(
      () => {
        if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined)
          throw new Error(`${program} ended with ${server.exitCode ?? server.signalCode}: ${this.#log}`);
        return answers();
      },
      () => `${program} does not answer: ${this.#log}`,
    );
  }

  /** Ends it at once, with all that it started, as a machine does whose power fails. Its files stay. */
  async crash(): Promise<void> {
    const { pid } = this;
    if (pid === 0) return;
    // Stopped first, so that it starts nothing more meanwhile.
    signal([pid], 'SIGSTOP');
    const all = [pid, ...childrenOf(pid)];
    signal([-pid, ...all], 'SIGKILL');
    await this.#ended;
    await until(
      () => all.every(hasEnded),
      () => `${this.#launch.program} has not ended`,
    );
    this.#server = undefined;
    this.#guard.watch(undefined);
  }

  /** Ends it at once and takes its files away. */
  kill(): void {
    this.#guard.dismiss();
    const { pid } = this;
    if (pid > 0) signal([-pid, ...childrenOf(pid), pid], 'SIGKILL');
    this.#removeFiles();
  }

  /** Ends it as an operator would. Its files stay. */
  async end(): Promise<void> {
    if (this.pid > 0) signal([this.pid], this.#launch.endsBy);
    await this.#ended;
    this.#server = undefined;
    this.#guard.watch(undefined);
  }

  /** Ends it as an operator would, and takes its files away. */
  async stop(): Promise<void> {
    await this.end();
    this.#guard.dismiss();
    this.#removeFiles();
  }

  #removeFiles(): void {
    // A server that was just killed may still be writing a last file.
    rmSync(this.#launch.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
  }
}
