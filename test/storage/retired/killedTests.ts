import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { migrate, storageAt } from '../../../src/adapters/sequelize/index.ts';
import type { Call, CompanyConfig, ResourceId, Storage } from '../../../src/adapter.ts';
import { found } from '../doctor/found.ts';
import { retireAll } from './retireAll.ts';
import { bookingOf, minutes, mondayMs, newId, sampleAppointment, sampleCompany } from '../sample.ts';

const entry = fileURLToPath(new URL('./retirer.ts', import.meta.url));
const nowMs = mondayMs + 90 * 86_400_000;

/** How it ended: by which signal, or with which code. */
async function ended(...args: readonly string[]): Promise<unknown> {
  const child = spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return signal ?? code;
}

async function using<T>(place: string, work: (storage: Storage) => Promise<T>): Promise<T> {
  const storage = await storageAt(place).create({});
  await storage.start();
  try {
    return await work(storage);
  } finally {
    await storage.stop();
  }
}

function oldCompany(): CompanyConfig {
  const config = sampleCompany(2);
  const policies = { ...config.company.policies, retention: { appointmentsDays: 30, callsDays: 30 } };
  return { ...config, company: { ...config.company, policies } };
}

/** Five appointments of two resources each, all of them over, and the calls in which they were made. */
async function fill(storage: Storage, config: CompanyConfig): Promise<void> {
  const { id } = config.company;
  await storage.saveConfig(id, config, 0);
  const resourceIds = config.resources.map((resource) => resource.id);
  const [one = newId<ResourceId>()] = resourceIds;
  for (let nth = 0; nth < 5; nth++) {
    const startMs = mondayMs + minutes(60 * nth);
    const spans = resourceIds.map((resourceId) => ({ resourceId, startMs, endMs: startMs + minutes(30) }));
    const callId = newId<Call['id']>();
    const row = sampleAppointment(config, one, startMs, { resourceIds, spans, callId });
    await storage.write(id, bookingOf(row, { idempotency: undefined, events: [] }));
    const call: Call = {
      id: callId,
      companyId: id,
      branchId: row.branchId,
      provider: 'acme',
      providerCallId: callId,
      from: null,
      to: null,
      status: 'analyzed',
      customerId: null,
      appointmentId: row.id,
      startedMs: startMs,
      endedMs: startMs,
      transcript: 'said',
      summary: null,
      outcome: null,
      offers: {},
      version: 1,
      updatedMs: startMs,
    };
    await storage.saveCall(id, call, 0);
  }
}

/** Whoever is killed while he takes away what was kept for long enough leaves nothing half done. */
export function killedTests(fresh: () => Promise<string>): void {
  const begin = async (): Promise<{ readonly place: string; readonly left: () => Promise<readonly number[]> }> => {
    const place = await fresh();
    await migrate(storageAt(place), 'up');
    const config = oldCompany();
    await using(place, (storage) => fill(storage, config));
    expect(await found(storageAt(place), { nowMs })).toEqual([]);
    const left = async (): Promise<readonly number[]> => {
      const { id } = config.company;
      const rows = await using(place, (storage) =>
        Promise.all([storage.walk(id, 'calls', { limit: 9 }), storage.walk(id, 'appointments', { limit: 9 })]),
      );
      return rows.map(({ length }) => length);
    };
    return { place, left };
  };

  test('who is killed while he retires leaves nothing half done, and the next one comes to the end of it', async () => {
    const { place, left } = await begin();
    expect(await ended(place, String(nowMs), 'DELETE FROM appointments')).toBe('SIGKILL');
    expect([await left(), await found(storageAt(place), { nowMs })]).toEqual([[0, 5], []]);
    await using(place, (storage) => retireAll(storage, nowMs));
    expect([await left(), await found(storageAt(place), { nowMs })]).toEqual([[0, 0], []]);
  }, 60_000);

  test('control: where each statement is committed by itself, the doctor finds what was half done', async () => {
    const { place, left } = await begin();
    expect(await ended(place, String(nowMs), 'DELETE FROM appointments', 'apart')).toBe('SIGKILL');
    expect(await left()).toEqual([0, 5]);
    expect((await found(storageAt(place), { nowMs })).map(({ code }) => code)).toContain('COLUMNS_DIFFER');
  }, 60_000);
}
