import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { MigrationPace } from '../../src/adapters/sequelize/migrationTurn.ts';
import { until } from '../servers/poll.ts';

const entry = fileURLToPath(new URL('./migrator.ts', import.meta.url));

/** A migrator in a process of its own, which waits after a few statements. */
export class Migrator {
  readonly process: ChildProcess;
  readonly told: string[] = [];
  readonly #cut: number;

  constructor(place: string, { leaseMs }: MigrationPace, cut: number, ...options: readonly string[]) {
    this.#cut = cut;
    const args = [entry, place, String(leaseMs), String(cut), ...options];
    this.process = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.process.stdout?.on('data', (text: Buffer) => this.told.push(...text.toString().trim().split('\n')));
  }

  waits(): Promise<void> {
    return until(
      () => this.told.includes(String(this.#cut)),
      () => `the migrator has told ${this.told.join()}`,
    );
  }

  async ended(): Promise<string | undefined> {
    if (this.process.exitCode === null && this.process.signalCode === null)
      await new Promise((resolve) => this.process.once('close', resolve));
    return this.told.at(-1);
  }

  kill(): void {
    this.process.kill('SIGKILL');
  }
}
