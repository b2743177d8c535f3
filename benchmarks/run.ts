import { judge, readLimits, type Limits, type Verdict } from './check.ts';
import { bookingSuite } from './booking/suite.ts';
import { engineSuite } from './engine/suite.ts';
import { tellRow } from './measure/row.ts';
import type { Effort } from './measure/race.ts';
import type { Suite } from './measure/suite.ts';
import { slotsSuite } from './slots/suite.ts';
import { storageSuite } from './storage/suite.ts';

const suites: Readonly<Record<string, (purpose: 'measure' | 'check') => Suite>> = {
  slots: slotsSuite,
  engine: engineSuite,
  booking: bookingSuite,
  storage: storageSuite,
};
const full: Effort = { rounds: 15, roundMs: 60, warmUp: 15_000 };
const usage = `usage: npm run bench -- SUITE|check [ROW …] [--json], where SUITE is ${Object.keys(suites).join(' or ')}`;

/** Measures a suite, or the named rows of it. */
async function measure(suite: Suite, only: readonly string[], json: boolean): Promise<void> {
  for (const benchmark of suite.benchmarks) {
    const words = [benchmark.name, ...(benchmark.tags ?? [])];
    if (only.length > 0 && !words.some((word) => only.includes(word))) continue;
    for (const row of await benchmark.measure(full)) console.log(json ? JSON.stringify(row) : tellRow(row));
  }
}

/** Compares the ratios, or those of the named rows, with their limits. */
async function check(limits: Limits, only: readonly string[], json: boolean): Promise<boolean> {
  let ok = true;
  const tell = ({ row, limit, ok: within }: Verdict): void =>
    console.log(
      json
        ? JSON.stringify({ ...row, ...limit, ok: within })
        : `${within ? 'ok  ' : 'FAIL'} ${tellRow(row)}  limit ${limit.limit} (must ${limit.must})`,
    );
  for (const [name, all] of Object.entries(limits)) {
    const wanted = Object.entries(all).filter(([row]) => only.length === 0 || only.includes(row));
    if (wanted.length === 0) continue;
    const suite = suites[name]?.('check');
    if (suite === undefined) throw new Error(`limits.json names the suite ${name}, which there is not.`);
    try {
      ok = (await judge(suite, Object.fromEntries(wanted), tell)) && ok;
    } finally {
      await suite.close();
    }
  }
  return ok;
}

const args = process.argv.slice(2);
const json = args.includes('--json');
const [command = '', ...only] = args.filter((arg) => !arg.startsWith('--'));
if (command === 'check') {
  if (!(await check(readLimits(), only, json))) process.exitCode = 1;
} else {
  const suite = suites[command]?.('measure');
  if (suite === undefined) {
    console.error(usage);
    process.exitCode = 2;
  } else {
    try {
      await measure(suite, only, json);
    } finally {
      await suite.close();
    }
  }
}
