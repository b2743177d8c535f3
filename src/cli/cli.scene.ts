import { run } from './run.ts';
import type { ExitCode } from './terminal.ts';

/** What a run of a command came to. */
interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs a command as a terminal would, and keeps what it says. */
export async function runWith(
  env: Readonly<Record<string, string>>,
  args: readonly string[],
  stdin = '',
): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await run(args, {
    stdin: () => Promise.resolve(stdin),
    out: (text) => (out += text),
    err: (text) => (err += text),
    env,
  });
  return { code, out, err };
}
