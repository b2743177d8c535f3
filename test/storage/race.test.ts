import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate, sqlite } from '../../src/adapters/sequelize/index.ts';
import type { CompanyConfig, ResourceId, Storage } from '../../src/adapter.ts';
import { overlaps } from './overlaps.ts';
import { startOf } from './racer.ts';
import type { RacerReport, RacerTask } from './racer.ts';
import { bookingOf, minutes, mondayMs, sampleAppointment, sampleCompany } from './sample.ts';

let folder: string;
let file: string;
let config: CompanyConfig;
let resource: ResourceId;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'askpro-race-'));
  file = join(folder, 'a.db');
  config = sampleCompany(1);
  resource = config.resources[0]?.id ?? ('' as ResourceId);
  await migrate(sqlite(file), 'up');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Takes the guard away: the same table without its key. */
function dropClaimsKey(): void {
  const database = new DatabaseSync(file);
  database.exec('DROP TABLE claims');
  database.exec('CREATE TABLE claims (company_id, subject, cell, ordinal, owner_id, expires_ms)');
  database.close();
}

async function withStorage<T>(use: (storage: Storage) => Promise<T>): Promise<T> {
  const storage = await sqlite({ file, synchronous: 'NORMAL' }).create({});
  await storage.start();
  try {
    return await use(storage);
  } finally {
    await storage.stop();
  }
}

const busyOf = (storage: Storage): Promise<Float64Array | undefined> =>
  storage
    .busy(config.company.id, { resourceIds: [resource], fromMs: mondayMs - minutes(60), toMs: mondayMs + minutes(600) })
    .then(({ busy }) => busy[0]);

const bookAll = (storage: Storage, starts: readonly number[]): Promise<readonly { readonly kind: string }[]> =>
  Promise.all(
    starts.map((startMs) => storage.write(config.company.id, bookingOf(sampleAppointment(config, resource, startMs)))),
  );

const committed = (outcomes: readonly { readonly kind: string }[]): number =>
  outcomes.filter(({ kind }) => kind === 'committed').length;

test('of two hundred who want one start at once, exactly one has it', async () => {
  await withStorage(async (storage) => {
    const outcomes = await bookAll(storage, Array<number>(200).fill(mondayMs));
    expect(committed(outcomes)).toBe(1);
    expect(outcomes.filter(({ kind }) => kind === 'taken')).toHaveLength(199);
    expect(await busyOf(storage)).toHaveLength(2);
  });
});

test('of two hundred who want overlapping times at once, none overlap, and no time that is free is refused', async () => {
  await withStorage(async (storage) => {
    const starts = Array.from({ length: 200 }, (_, attempt) => startOf(1, attempt));
    const outcomes = await bookAll(storage, starts);
    const busy = await busyOf(storage);
    expect(overlaps(busy)).toBe(0);
    expect(busy).toHaveLength(2 * committed(outcomes));
    const free = (startMs: number): boolean =>
      !starts.some((_, index) => {
        const [from = 0, to = 0] = [busy?.[index * 2], busy?.[index * 2 + 1]];
        return from < startMs + minutes(30) && startMs < to;
      });
    expect(starts.filter(free)).toEqual([]);
  });
});

test('control: without the key of the claims the same race overlaps', async () => {
  dropClaimsKey();
  await withStorage(async (storage) => {
    const outcomes = await bookAll(
      storage,
      Array.from({ length: 200 }, (_, attempt) => startOf(1, attempt)),
    );
    expect(committed(outcomes)).toBe(200);
    expect(overlaps(await busyOf(storage))).toBeGreaterThan(100);
  });
});

const racer = fileURLToPath(new URL('racer.ts', import.meta.url));

/** Starts processes, lets them go once all of them are there, and collects what they report. */
async function raceOfProcesses(count: number, attempts: number): Promise<readonly RacerReport[]> {
  const children = Array.from({ length: count }, () => fork(racer, ['race'], { stdio: 'inherit' }));
  const message = (child: (typeof children)[number]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', (code) => reject(new Error(`a racer ended with ${code}`)));
    });
  await Promise.all(children.map(message));
  const reports = Promise.all(children.map(message));
  for (const [seed, child] of children.entries()) child.send({ file, config, attempts, seed } satisfies RacerTask);
  return (await reports) as readonly RacerReport[];
}

test('four processes on one file that want overlapping times get none twice, and nobody fails', async () => {
  const reports = await raceOfProcesses(4, 50);
  const total = (kind: string): number => reports.reduce((sum, report) => sum + (report[kind] ?? 0), 0);
  expect(total('committed') + total('taken')).toBe(200);
  await withStorage(async (storage) => {
    const busy = await busyOf(storage);
    expect(overlaps(busy)).toBe(0);
    expect(busy).toHaveLength(2 * total('committed'));
  });
});

test('control: without the key of the claims four processes overlap', async () => {
  dropClaimsKey();
  await raceOfProcesses(4, 50);
  await withStorage(async (storage) => expect(overlaps(await busyOf(storage))).toBeGreaterThan(100));
});
