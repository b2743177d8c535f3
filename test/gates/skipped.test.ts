import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { plant, repository } from './plant.ts';

const reporter = pathToFileURL(join(repository, 'test/reporters/noSkipped.ts')).href;
const config = `import { NoSkipped } from '${reporter}';
export default { test: { include: ['**/*.check.ts'], reporters: [new NoSkipped()] } };
`;
const passes = "import { test } from 'vitest';\ntest('passes', () => undefined);\n";
const quiet = "import { describe, test } from 'vitest';\n";

function run(
  files: Readonly<Record<string, string>>,
  ci: boolean,
): Promise<{ readonly code: number; readonly output: string }> {
  const root = plant({ 'vitest.config.mjs': config, 'a.check.ts': passes, ...files });
  const vitest = join(repository, 'node_modules/vitest/vitest.mjs');
  const env = { ...process.env, CI: ci ? 'true' : '', NO_COLOR: '1', FORCE_COLOR: undefined, VITEST: undefined };
  return new Promise((resolve) => {
    execFile(process.execPath, [vitest, 'run'], { cwd: root, env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr });
    });
  });
}

test.each([
  ['a skipped test', `${quiet}test.skip('waits', () => undefined);\n`],
  ['a test that is yet to be written', `${quiet}test.todo('waits');\n`],
  ['a skipped suite', `${quiet}describe.skip('suite', () => test('waits', () => undefined));\n`],
  ['a test that skips itself', `${quiet}test('waits', ({ skip }) => skip());\n`],
])('a run in CI fails because of %s, and names it', async (_, text) => {
  const { code, output } = await run({ 'b.check.ts': text }, true);
  expect(output).toContain('waits');
  expect(code).toBe(1);
});

test('elsewhere the same run passes and says that CI would fail', async () => {
  const { code, output } = await run({ 'b.check.ts': `${quiet}test.skip('waits', () => undefined);\n` }, false);
  expect(output).toContain('a run with CI=true would fail');
  expect(code).toBe(0);
});

test('a run in CI passes when every test ran', async () => {
  expect((await run({}, true)).code).toBe(0);
});
