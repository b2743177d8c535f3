import { writeSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/**
 * Fails a run in CI when a test or a suite did not run: what is skipped proves nothing. Elsewhere it only names them, because
 * a machine may lack a server.
 */
export class NoSkipped implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = modules.flatMap((module) =>
      [...module.children.allTests()]
        .filter((test) => test.result().state === 'skipped')
        .map((test) => `${module.relativeModuleId} > ${test.fullName}`),
    );
    const empty = modules.flatMap((module) =>
      module.state() === 'skipped' && [...module.children.allTests()].length === 0 ? [module.relativeModuleId] : [],
    );
    const silent = [...empty, ...skipped];
    if (silent.length === 0) return;
    const inCi = process.env['CI'] === 'true' || process.env['CI'] === '1';
    const verdict = inCi ? 'failed, because a skipped test proves nothing in CI' : 'a run with CI=true would fail';
    // Written at once: the run may end the process before a stream has passed it on.
    writeSync(2, `\n${silent.length} skipped (${verdict}):\n${silent.map((name) => `  ${name}`).join('\n')}\n`);
    if (inCi) process.exitCode = 1;
  }
}
