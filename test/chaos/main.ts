import { CommandError, readCommand, usage, type Command } from './command.ts';
import { cutCommit } from './cutCommit.ts';
import { galeraNode } from './galeraNode.ts';
import { killApp } from './killApp.ts';
import { killDb } from './killDb.ts';
import { race } from './race.ts';
import { isAsItMustBe, type ChaosLine, type Scenario } from './scenario.ts';

const scenarios: readonly Scenario[] = [race, killApp, killDb, cutCommit, galeraNode];

/** A line for people: what it is about, and then the counts by name. */
function tell(line: ChaosLine): string {
  const { scenario, dialect, control, ...counts } = line;
  const verdict = isAsItMustBe(line) ? 'ok  ' : 'FAIL';
  const what = `${scenario} ${dialect}${control === true ? ' without the guard' : ''}`.padEnd(36);
  return `${verdict} ${what} ${Object.entries(counts).map(([name, count]) => `${name} ${String(count)}`).join(', ')}`; // prettier-ignore
}

/** Runs what is asked for; answers whether every run showed what it must. */
async function run({ scenarios: chosen, json, dialect, ...options }: Command): Promise<boolean> {
  let ok = true;
  for (const scenario of chosen) {
    const dialects = dialect === undefined ? scenario.dialects : scenario.dialects.filter((name) => name === dialect);
    const note = (text: string): void => console.error(`${scenario.name}: ${text}`);
    try {
      for await (const line of scenario.run({ ...options, dialects, note })) {
        console.log(json ? JSON.stringify(line) : tell(line));
        ok &&= isAsItMustBe(line);
      }
    } catch (error) {
      note(error instanceof Error ? (error.stack ?? error.message) : String(error));
      ok = false;
    }
  }
  return ok;
}

try {
  if (!(await run(readCommand(process.argv.slice(2), scenarios)))) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  console.error(`${error.message}\n${usage(scenarios)}`);
  process.exitCode = 2;
}
