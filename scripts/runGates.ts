import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import type { Gate } from './gates.ts';

/** How one gate ended. */
export interface GateResult {
  readonly gate: Gate;
  readonly outcome: 'passed' | 'failed' | 'not run';
  readonly durationMs: number;
  /** What it printed, unless it was visible already. */
  readonly output: string;
}

/** Where and how the gates run. */
export interface RunOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How many run at a time, gates that run alone excepted. */
  readonly lanes: number;
  /** Is told of each gate when it ends. */
  readonly onEnd: (result: GateResult) => void;
}

/** Runs every gate, whatever the others say, as early as its `after` and `alone` allow; those after a failed one do not run. */
export async function runGates(gates: readonly Gate[], options: RunOptions): Promise<readonly GateResult[]> {
  const results = new Map<string, GateResult>();
  const running = new Map<string, Promise<void>>();
  const waiting = [...gates];
  const chosen = new Set(gates.map(({ name }) => name));

  const end = (result: GateResult): void => {
    results.set(result.gate.name, result);
    options.onEnd(result);
  };
  const start = (gate: Gate): void => {
    const work = runGate(gate, options).then((result) => {
      running.delete(gate.name);
      end(result);
    });
    running.set(gate.name, work);
  };
  /** The next gate that may start now; `alone` ones wait until everything before them has ended. */
  const next = (): Gate | undefined => {
    if (running.size >= options.lanes || [...running.keys()].some((name) => isAlone(gates, name))) return undefined;
    return waiting.find((gate) => {
      const ready = (gate.after ?? []).every((name) => !chosen.has(name) || results.has(name));
      return ready && (!gate.alone || (running.size === 0 && waiting.every((other) => other.alone)));
    });
  };

  while (waiting.length > 0 || running.size > 0) {
    for (let gate = next(); gate !== undefined; gate = next()) {
      waiting.splice(waiting.indexOf(gate), 1);
      const blocked = gate.after?.some((name) => chosen.has(name) && results.get(name)?.outcome !== 'passed') ?? false;
      if (blocked) end({ gate, outcome: 'not run', durationMs: 0, output: '' });
      else start(gate);
    }
    if (running.size > 0) await Promise.race(running.values());
    else if (waiting.length > 0 && next() === undefined) {
      throw new Error(
        `no gate can start: ${waiting.map(({ name, after }) => `${name} after ${String(after)}`).join('; ')}`,
      );
    }
  }
  return gates.flatMap(({ name }) => results.get(name) ?? []);
}

function isAlone(gates: readonly Gate[], name: string): boolean {
  return gates.some((gate) => gate.name === name && gate.alone === true);
}

function runGate(gate: Gate, { cwd, env }: RunOptions): Promise<GateResult> {
  const startedMs = performance.now();
  const [program, ...args] = gate.command;
  const binaries = join(cwd, 'node_modules/.bin');
  const child = spawn(program, args, {
    cwd,
    env: { ...env, PATH: `${binaries}${delimiter}${env['PATH'] ?? ''}` },
    stdio: ['ignore', gate.visible ? 'inherit' : 'pipe', gate.visible ? 'inherit' : 'pipe'],
  });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((resolve) => {
    const end = (passed: boolean): void =>
      resolve({
        gate,
        outcome: passed ? 'passed' : 'failed',
        durationMs: performance.now() - startedMs,
        output,
      });
    child.on('error', (error) => {
      output += `${String(error)}\n`;
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
}
