import { spawn } from 'node:child_process';
import { text as textOf } from 'node:stream/consumers';
import { expect, test } from 'vitest';

const entry = new URL('./readAll.ts', import.meta.url).href;
// Node 22.16 reads TypeScript only when asked to.
const stripTypes = process.features.typescript ? [] : ['--experimental-strip-types'];

/** Runs a program in a process of its own, with chunks on a pipe. */
async function piped(program: string, chunks: readonly Uint8Array[]): Promise<string> {
  const args = [...stripTypes, '--input-type=module', '--no-warnings', '--eval', program];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  for (const chunk of chunks) child.stdin.write(chunk);
  child.stdin.end();
  return textOf(child.stdout);
}

test('what comes through a pipe is read whole, characters cut in two included', async () => {
  const bytes = Buffer.from('ä€😀'.repeat(1_000));
  const chunks = Array.from({ length: 9 }, (_, index) => bytes.subarray(index * 1_000, index * 1_000 + 1_000));
  const program = `const { readAll } = await import(${JSON.stringify(entry)}); process.stdout.write(await readAll(0));`;
  expect(await piped(program, chunks)).toBe(bytes.toString());
  expect(await piped(program, [])).toBe('');
});

test('what comes through a pipe is not in memory three times', async () => {
  const mebibytes = 96;
  const chunks = Array.from({ length: mebibytes }, () => Buffer.alloc(1 << 20, 'x'));
  const peakOf = async (text: string): Promise<number> => {
    // Linux counts what the parent had into maxRSS, so the peak of this program alone is read where it is told.
    const program = `const { readAll } = await import(${JSON.stringify(entry)}); const text = ${text};
      const { existsSync, readFileSync } = await import('node:fs');
      const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
      const peak = Number(/VmHWM:\\s+(\\d+) kB/.exec(status)?.[1] ?? process.resourceUsage().maxRSS);
      process.stdout.write(String(text.length === ${mebibytes << 20} && peak / 1_024));`;
    return Number(await piped(program, chunks));
  };
  const ours = await peakOf('await readAll(0)');
  // The control: chunks, all of them together and the text.
  const collected = await peakOf(`Buffer.concat(await Array.fromAsync(process.stdin)).toString('utf8')`);
  expect(collected - ours).toBeGreaterThan(mebibytes / 2);
});
