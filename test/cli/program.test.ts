import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = `${root}/dist/cli/askpro.js`;

interface Ended {
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

const askpro = (args: readonly string[], stdin = '', nodeOptions: readonly string[] = []): Promise<Ended> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, [...nodeOptions, program, ...args], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
    child.stdin?.end(stdin);
  });

test('the program tells its version', async () => {
  const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { version: string };
  expect(await askpro(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test('answering a case loads the slot engine and nothing else', async () => {
  const range = { from: '2026-11-24T00:00:00Z', to: '2026-11-25T00:00:00Z' };
  const resource = { id: 'a', weekly: [{ days: ['tu'], from: '09:00', to: '10:00' }] };
  const watch =
    'import { registerHooks } from "node:module";' +
    'registerHooks({ load(url, context, next) { process.stderr.write(url + "\\n"); return next(url, context); } });';
  const { code, stdout, stderr } = await askpro(
    ['slots'],
    JSON.stringify({ range, service: { durationMinutes: 60 }, resources: [resource] }),
    ['--import', `data:text/javascript,${encodeURIComponent(watch)}`],
  );
  expect(code).toBe(0);
  expect(stdout).toContain('2026-11-24T09:00:00.000Z');
  const loaded = stderr.split('\n').filter((url) => url !== '' && !url.startsWith('data:'));
  expect(loaded.filter((url) => /node_modules|sequelize|adapters|plugins|reflect/.test(url))).toEqual([]);
  expect(loaded.length).toBeGreaterThan(2);
});

test('what is wrong ends with 2 on standard error', async () => {
  expect(await askpro(['sluts'])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('"sluts"') as string,
  });
});
