import { spawnSync } from 'node:child_process';
import {
  constants,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from './run.ts';
import type { ExitCode } from './terminal.ts';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'askpro-export-'));
  const setup = join(folder, 'setup.json');
  const salon = { key: 'salon', name: 'Salon', timeZone: 'Europe/Berlin', country: 'DE' };
  writeFileSync(setup, JSON.stringify({ companies: [{ ...salon, branches: [{ key: 'mitte', name: 'Mitte' }] }] }));
  await askpro('apply', setup);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function askpro(...args: string[]): Promise<{ code: ExitCode; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await run([...args, '--db', join(folder, 'askpro.db')], {
    stdin: () => Promise.resolve(''),
    out: (text) => (out += text),
    err: (text) => (err += text),
    env: {},
  });
  return { code, out, err };
}

test('a table goes to standard output, and what was done to the other one', async () => {
  const { code, out, err } = await askpro('export', 'salon', 'customers');
  expect([code, out]).toEqual([0, 'id,phone,name,email,locale,noShows\r\n']);
  expect(err).toMatch(/^customers of salon: 36 bytes in [\d.]+ s\n$/);
});

test('a file has its name only when it is whole, and its ending says how it is written', async () => {
  const file = join(folder, 'calls.ndjson');
  expect((await askpro('export', 'salon', 'calls', '--out', file)).code).toBe(0);
  expect([readFileSync(file, 'utf8'), leftovers()]).toEqual(['', []]);
});

const leftovers = (): string[] => readdirSync(folder).filter((name) => name.includes('.part'));
const HEAD = 'id,phone,name,email,locale,noShows\r\n';

test('nobody but its owner may read a file of personal data, whatever lay there before', async () => {
  const file = join(folder, 'private.csv');
  writeFileSync(file, 'earlier', { mode: 0o644 });
  expect((await askpro('export', 'salon', 'customers', '--out', file)).code).toBe(0);
  expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual([HEAD, 0o600]);
});

test('what lies beside the file is neither followed nor overwritten', async () => {
  const [file, victim] = [join(folder, 'trap.csv'), join(folder, 'victim')];
  writeFileSync(victim, 'mine');
  symlinkSync(victim, `${file}.part`);
  expect((await askpro('export', 'salon', 'customers', '--out', file)).code).toBe(0);
  expect([readFileSync(victim, 'utf8'), readFileSync(file, 'utf8')]).toEqual(['mine', HEAD]);
  rmSync(`${file}.part`);
});

test('a pipe or a device is written to, and stays what it is', async () => {
  const pipe = join(folder, 'pipe');
  spawnSync('mkfifo', [pipe]);
  const reader = await open(pipe, constants.O_RDWR);
  expect((await askpro('export', 'salon', 'customers', '--out', pipe)).code).toBe(0);
  expect((await reader.read(Buffer.alloc(100))).bytesRead).toBe(HEAD.length);
  await reader.close();
  expect([statSync(pipe).isFIFO(), leftovers()]).toEqual([true, []]);
});

test.each([
  [['salon', 'invoices'], 'WHAT: must be one of appointments, customers, calls'],
  [['salon'], 'WHAT: is missing'],
  [['nobody', 'calls'], 'COMPANY: there is no company "nobody"; there are: salon'],
  [['salon', 'calls', '--format', 'xml'], '--format: must be csv or ndjson'],
  [['salon', 'customers', '--from', '2026-01-01T00:00:00Z'], '--from: is for appointments and calls only'],
  [['salon', 'calls', '--from', 'monday'], '--from: must be'],
  [['salon', 'calls', '--from', '2026-01-02T00:00:00Z', '--to', '2026-01-01T00:00:00Z'], '--to: must be after --from'],
  [['salon', 'calls', '--out', '/nowhere/at/all.csv'], '--out: /nowhere/at/all.csv cannot be written'],
])('%j is refused by its argument', async (args, message) => {
  const { code, err } = await askpro('export', ...args);
  expect([code, err]).toEqual([2, expect.stringContaining(message)]);
});
