import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Attempt, Outcome } from './attempts.ts';
import { MONDAY, type Bench } from './salon.ts';

const PROCESSES = 4;

/** Lets four processes of a racer's file make their shares of the attempts at once. */
export async function racing<Tried, Came>(
  racerFile: URL,
  at: Bench,
  attempts: readonly Tried[],
): Promise<readonly Came[]> {
  const racer = fileURLToPath(racerFile);
  const racers = Array.from({ length: PROCESSES }, (_, p) => {
    const share = attempts.filter((_attempt, i) => i % PROCESSES === p);
    const args = [
      '--disable-warning=ExperimentalWarning',
      racer,
      at.file,
      at.door.company.id,
      String(MONDAY),
      JSON.stringify(share),
    ];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
  });
  const line = async ({ lines }: (typeof racers)[number]): Promise<string> => String((await lines.next()).value);
  const ready = await Promise.all(racers.map(line));
  if (ready.some((each) => each !== 'ready')) throw new Error(`a racer is not ready: ${ready.join(', ')}`);
  // The barrier: everyone is up and waits before anyone begins.
  for (const { child } of racers) child.stdin.write('go\n');
  const outcomes = (await Promise.all(racers.map(line))).flatMap((text) => JSON.parse(text) as Came[]);
  await Promise.all(racers.map(async ({ child }) => child.exitCode === null && (await once(child, 'exit'))));
  return outcomes;
}

/** Lets four processes book their shares of the attempts at once. */
export const inProcesses = (at: Bench, attempts: readonly Attempt[]): Promise<readonly Outcome[]> =>
  racing(new URL('./racer.ts', import.meta.url), at, attempts);
