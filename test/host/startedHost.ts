import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../examples/reference-server/main.ts', import.meta.url));

/** The reference host as a process of its own. */
export interface StartedHost {
  readonly url: string;
  readonly dataDir: string;
  /** What it printed so far. */
  output(): string;
  signal(name: NodeJS.Signals): void;
  /** Its exit code, once it is gone. */
  exited(): Promise<number | null>;
}

/** Starts the reference host on a free port, and resolves once it serves; `dataDir` continues an earlier one's data. */
export async function startedHost(
  dataDir = mkdtempSync(join(tmpdir(), 'askpro-host-')),
  env: Readonly<Record<string, string>> = {},
): Promise<StartedHost> {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, PORT: '0', ASKPRO_DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = /serves (\S+) from/.exec(output)?.[1];
      if (found !== undefined && output.includes('Stop with')) resolve(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void exit.then((code) => reject(new Error(`the host ended with ${code}: ${output}`)));
  });
  return { url, dataDir, output: () => output, signal: (name) => void child.kill(name), exited: () => exit };
}

/** Removes what a host left. */
export const removeData = ({ dataDir }: StartedHost): void => rmSync(dataDir, { recursive: true, force: true });
