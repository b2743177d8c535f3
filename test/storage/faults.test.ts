import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sqlite } from '../../src/adapters/sequelize/index.ts';
import type { CompanyConfig, Storage } from '../../src/adapter.ts';
import { fillUntilFault } from './fill.ts';
import type { FillReport } from './fill.ts';
import { bookingOf, minutes, mondayMs, sampleAppointment, sampleCompany } from './sample.ts';

let folder: string;
let file: string;
let config: CompanyConfig;
const cleanups: (() => void)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'askpro-faults-'));
  file = join(folder, 'a.db');
  config = sampleCompany(1);
});

afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
  rmSync(folder, { recursive: true, force: true });
});

const asRoot = process.getuid?.() === 0;

async function opened(path = file, busyLimitMs = 100): Promise<Storage> {
  const storage = await sqlite({ file: path, busyLimitMs }).create({});
  await storage.start();
  return storage;
}

/** A file with a company and one appointment. */
async function prepared(path = file): Promise<void> {
  const storage = await opened(path);
  await storage.saveConfig(config.company.id, config, 0);
  await storage.write(config.company.id, booking(-1));
  await storage.stop();
}

const booking = (halfHour: number) => {
  const [resource] = config.resources;
  if (resource === undefined) throw new TypeError('the company needs a resource');
  return bookingOf(sampleAppointment(config, resource.id, mondayMs + minutes(30 * halfHour)));
};

const says = (code: string, path = file) => ({
  code,
  message: expect.stringContaining(path) as string,
});

/** Another process that holds the file. */
async function lockedByAnother(): Promise<ChildProcess> {
  const script = `
    const { DatabaseSync } = require('node:sqlite');
    const database = new DatabaseSync(${JSON.stringify(file)});
    database.exec('BEGIN EXCLUSIVE');
    console.log('locked');
    process.stdin.on('data', () => process.exit());`;
  const child = spawn(process.execPath, ['--eval', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  cleanups.push(() => child.kill('SIGKILL'));
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  return child;
}

test('a file that another process keeps locked is reported as busy, reads go on, and writes work again afterwards', async () => {
  await prepared();
  const storage = await opened();
  const other = await lockedByAnother();
  const { id } = config.company;
  await expect(storage.write(id, booking(0))).rejects.toMatchObject(says('STORAGE_BUSY'));
  await expect(storage.saveConfig(id, config, 1)).rejects.toMatchObject(says('STORAGE_BUSY'));
  await expect(storage.documents.delete(id, 'notes', '1')).rejects.toMatchObject({ retryable: true });
  expect((await storage.config(id))?.revision).toBe(1);
  await expect(opened()).rejects.toMatchObject(says('STORAGE_BUSY'));
  other.stdin?.write('go');
  await new Promise((resolve) => other.once('exit', resolve));
  expect(await storage.write(id, booking(0))).toEqual({ kind: 'committed' });
  expect(await storage.saveConfig(id, config, 1)).toMatchObject({ kind: 'committed', revision: 2 });
  await storage.stop();
});

/** Takes away the right to write, which for root only the file system itself can. */
function forbidWriting(path: string): void {
  const { mode } = statSync(path);
  if (!asRoot) {
    chmodSync(path, mode & 0o555);
    cleanups.push(() => chmodSync(path, mode));
  } else if (spawnSync('chattr', ['+i', path]).status === 0) {
    cleanups.push(() => spawnSync('chattr', ['-i', path]));
  } else {
    expect(spawnSync('mount', ['--bind', path, path]).status).toBe(0);
    cleanups.push(() => spawnSync('umount', ['-l', path]));
    expect(spawnSync('mount', ['-o', 'remount,ro,bind', path]).status).toBe(0);
  }
}

test('a file that cannot be written is reported at the start', async () => {
  await prepared();
  forbidWriting(file);
  if (!asRoot) forbidWriting(folder);
  await expect(opened()).rejects.toMatchObject(says('STORAGE_READ_ONLY'));
});

test('a folder in which no file can be made is reported', async () => {
  const readOnly = join(folder, 'read-only');
  mkdirSync(readOnly);
  forbidWriting(readOnly);
  const path = join(readOnly, 'a.db');
  await expect(opened(path)).rejects.toMatchObject(says('STORAGE_READ_ONLY', path));
});

test('a folder that is missing is reported with its name', async () => {
  const path = join(folder, 'missing', 'a.db');
  await expect(opened(path)).rejects.toMatchObject(says('STORAGE_UNREACHABLE', join(folder, 'missing')));
});

test('a folder in the place of the file is reported', async () => {
  mkdirSync(file);
  await expect(opened()).rejects.toMatchObject(says('STORAGE_UNREACHABLE'));
});

test('a file of something else is reported and left as it is', async () => {
  writeFileSync(file, 'Dear diary, '.repeat(1000));
  await expect(opened()).rejects.toMatchObject(says('STORAGE_CORRUPT'));
  expect(statSync(file).size).toBe(12_000);
});

test('a file whose inside is damaged is reported when the damage is met', async () => {
  await prepared();
  const { size } = statSync(file);
  const descriptor = openSync(file, 'r+');
  // The first page holds the schema's root; everything behind it is overwritten.
  writeSync(descriptor, Buffer.alloc(size - 4096, 0xa5), 0, size - 4096, 4096);
  closeSync(descriptor);
  await expect(
    (async () => {
      const storage = await opened();
      await storage.config(config.company.id).finally(() => storage.stop());
    })(),
  ).rejects.toMatchObject(says('STORAGE_CORRUPT'));
});

/** What was told to be committed is there, what failed is not, and the file is sound. */
async function expectNothingHalf(storage: Storage, path: string, { committed, failed }: FillReport): Promise<void> {
  const { id } = config.company;
  for (const appointment of committed) expect(await storage.appointment(id, appointment)).toBeDefined();
  for (const appointment of failed) expect(await storage.appointment(id, appointment)).toBeUndefined();
  const database = new DatabaseSync(path);
  expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  const count = (table: string): unknown => database.prepare(`SELECT COUNT(*) AS n FROM ${table}`).get()?.['n'];
  expect(count('appointments')).toBe(committed.length + 1);
  expect(count('spans')).toBe(committed.length + 1);
  expect(count('claims')).toBe(6 * (committed.length + 1));
  database.close();
}

test('a disk that is full is reported, keeps nothing half, and serves again once there is room', async () => {
  if (!asRoot) return expectLimitReported();
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]).status !== 0) return expectLimitReported();
  cleanups.push(() => spawnSync('umount', ['-l', disk]));
  const path = join(disk, 'a.db');
  await prepared(path);
  writeFileSync(join(disk, 'ballast'), Buffer.alloc(1_500_000));
  const storage = await opened(path);
  const report = await fillUntilFault(storage, config);
  expect(report.codes).toEqual(['STORAGE_FULL']);
  expect(report.message).toContain(path);
  expect(report.committed.length).toBeGreaterThan(0);
  const wordy = { ...config, company: { ...config.company, name: 'n'.repeat(4_000_000) } };
  await expect(storage.saveConfig(config.company.id, wordy, 1)).rejects.toMatchObject(says('STORAGE_FULL', path));
  rmSync(join(disk, 'ballast'));
  await expectNothingHalf(storage, path, report);
  expect(await storage.write(config.company.id, booking(4000))).toEqual({ kind: 'committed' });
  expect(await storage.saveConfig(config.company.id, config, 1)).toMatchObject({ kind: 'committed', revision: 2 });
  await storage.stop();
});

test('a limit on the size of files is reported as a full disk, and leaves nothing half', () => expectLimitReported());

/** Fills the file in a process whose files may not grow beyond 2 MiB; nobody needs to be root for that. */
async function expectLimitReported(): Promise<void> {
  await prepared();
  const program = fileURLToPath(new URL('fill.ts', import.meta.url));
  const command = 'ulimit -f 4096; exec "$0" "$@"';
  const run = spawnSync('sh', ['-c', command, process.execPath, program, 'fill', file, JSON.stringify(config)], {
    encoding: 'utf8',
  });
  expect(run.stderr).toBe('');
  const report = JSON.parse(run.stdout) as FillReport;
  expect(report.codes).toEqual(['STORAGE_FULL']);
  const storage = await opened();
  await expectNothingHalf(storage, file, report);
  expect(await storage.write(config.company.id, booking(4000))).toEqual({ kind: 'committed' });
  await storage.stop();
}
