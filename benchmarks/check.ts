import { readFileSync } from 'node:fs';
import type { Effort } from './measure/race.ts';
import type { Row } from './measure/row.ts';
import type { Benchmark, Suite } from './measure/suite.ts';

/** What a row's ratio may be: what the design demands, and that with a margin for the noise of shared machines. */
export interface Limit {
  readonly must: number;
  readonly limit: number;
}

/** Limits by suite and row. */
export type Limits = Readonly<Record<string, Readonly<Record<string, Limit>>>>;

/** The limits that are checked in. */
export const readLimits = (): Limits =>
  JSON.parse(readFileSync(new URL('limits.json', import.meta.url), 'utf8')) as Limits;

const quick: Effort = { rounds: 7, roundMs: 30, warmUp: 4_000 };
const thorough: Effort = { rounds: 21, roundMs: 60, warmUp: 15_000 };

/** One judged row. */
export interface Verdict {
  readonly row: Row;
  readonly limit: Limit;
  readonly ok: boolean;
}

async function ratioRow(benchmark: Benchmark, effort: Effort): Promise<Row & { readonly ratio: number }> {
  const row = (await benchmark.measure(effort)).find(({ ratio }) => ratio !== undefined);
  if (row?.ratio === undefined) throw new Error(`${benchmark.name} has no ratio to be limited.`);
  return { ...row, ratio: row.ratio };
}

/** Measures every limited row of a suite shortly; one above its limit is measured once more, longer, before it fails. */
export async function judge(
  suite: Suite,
  limits: Readonly<Record<string, Limit>>,
  tell: (verdict: Verdict) => void,
): Promise<boolean> {
  let ok = true;
  for (const [name, limit] of Object.entries(limits)) {
    const benchmark = suite.benchmarks.find((each) => each.name === name);
    if (benchmark === undefined) throw new Error(`limits.json names ${name}, which is no benchmark.`);
    let row = await ratioRow(benchmark, quick);
    if (row.ratio > limit.limit) row = await ratioRow(benchmark, thorough);
    const verdict = { row, limit, ok: row.ratio <= limit.limit };
    tell(verdict);
    ok &&= verdict.ok;
  }
  return ok;
}
