/**
 * `npm test`: everything that CI runs, a line a gate, and at the end how many checks passed: each test is one and each other gate is one.
 * `npm test -- lint imports` runs those gates alone; `npm test -- --list` names them.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gates } from './gates.ts';
import { type GateResult, runGates } from './runGates.ts';

const root = join(import.meta.dirname, '..');
const testReport = join(root, 'temp', `tests-${process.pid}.json`);

interface TestTotals {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

function print({ gate, outcome, durationMs, output }: GateResult): void {
  const mark = { passed: 'ok  ', failed: 'FAIL', 'not run': '--  ' }[outcome];
  console.log(`${mark}  ${gate.name.padEnd(12)} ${(durationMs / 1000).toFixed(1).padStart(6)} s`);
  if (outcome === 'failed' && output.trim() !== '') console.log(output.trim().replaceAll(/^/gm, '      '));
}

/** Tests count one by one; a run of tests that failed without a failed test (a file that does not load) counts as one more. */
function count(results: readonly GateResult[]): {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
} {
  const others = results.filter(({ gate }) => gate.name !== 'tests');
  let passed = others.filter(({ outcome }) => outcome === 'passed').length;
  let failed = others.length - passed;
  let skipped = 0;
  const run = results.find(({ gate }) => gate.name === 'tests');
  if (run === undefined) return { passed, failed, skipped };
  const totals = existsSync(testReport) ? (JSON.parse(readFileSync(testReport, 'utf8')) as TestTotals) : undefined;
  passed += totals?.numPassedTests ?? 0;
  failed += totals?.numFailedTests ?? 0;
  skipped = (totals?.numPendingTests ?? 0) + (totals?.numTodoTests ?? 0);
  if (run.outcome !== 'passed' && (totals?.numFailedTests ?? 0) === 0) failed += 1;
  return { passed, failed, skipped };
}

const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = names.filter((name) => !gates.some((gate) => gate.name === name));
if (process.argv.includes('--list') || unknown.length > 0) {
  if (unknown.length > 0) console.error(`There is no gate named ${unknown.join(', ')}; there are:`);
  for (const gate of gates) console.log(`${gate.name.padEnd(12)} ${gate.command.join(' ')}`);
  process.exitCode = unknown.length > 0 ? 2 : 0;
} else {
  const startedMs = performance.now();
  mkdirSync(join(root, 'temp'), { recursive: true });
  try {
    const results = await runGates(names.length > 0 ? gates.filter(({ name }) => names.includes(name)) : gates, {
      cwd: root,
      env: { ...process.env, ASKPRO_TEST_REPORT: testReport },
      lanes: 2,
      onEnd: print,
    });
    const { passed, failed, skipped } = count(results);
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
    console.log(`\n${results.length} gates in ${seconds} s${skipped > 0 ? `, ${skipped} tests skipped` : ''}`);
    console.log(`${passed} passed, ${failed} failed`);
    process.exitCode = failed > 0 ? 1 : 0;
  } finally {
    rmSync(testReport, { force: true });
  }
}
