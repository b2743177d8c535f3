import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sqlite } from '../../adapters/sequelize/index.ts';
import { settle } from '../jobs/relay.scene.ts';
import { CallReaper } from './reaper.ts';
import { Storage } from '../contracts/storage.ts';
import { createEngine, type CompanyDoor, type Engine } from '../../index.ts';
import { fakeClock, type FakeClock } from '../../testing.ts';

const HOUR_MS = 3_600_000;
/** Monday morning in Berlin. */
const START_MS = Date.parse('2026-11-23T08:00:00+01:00');

let folder: string;
let clock: FakeClock;
const engines: Engine[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'askpro-reaping-'));
  clock = fakeClock(START_MS);
});
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.stop();
  rmSync(folder, { recursive: true });
});

async function start(options: Partial<Parameters<typeof createEngine>[0]> = {}): Promise<Engine> {
  const engine = await createEngine({
    storage: sqlite(join(folder, 'askpro.db')),
    relay: false,
    upkeep: { silentCallsMs: 2 * HOUR_MS },
    onError: (error) => expect.fail(String(error)),
    clock,
    ...options,
  });
  engines.push(engine);
  return engine;
}

async function salonOf(engine: Engine): Promise<CompanyDoor> {
  const applied = await engine.setup.apply({
    companies: [
      {
        key: 'salon',
        name: 'Salon',
        timeZone: 'Europe/Berlin',
        country: 'DE',
        branches: [{ key: 'mitte', name: 'Mitte' }],
        schedules: [{ key: 'week', weekly: [{ days: ['mo', 'tu'], from: '09:00', to: '17:00' }] }],
        resources: [{ key: 'anna', name: 'Anna', schedule: 'week' }],
        services: [{ key: 'cut', name: 'Cut', durationMinutes: 30 }],
      },
    ],
  });
  const id = applied.ok ? applied.companies[0]?.id : undefined;
  const door = id === undefined ? undefined : await engine.company(id);
  if (door?.ok !== true) throw new Error('no salon');
  return door;
}

/** Lets time pass minute by minute, and what falls due in each run to its end. */
async function pass(byMs: number): Promise<void> {
  for (let passedMs = 0; passedMs < byMs; passedMs += 60_000) {
    clock.advance(60_000);
    for (let turn = 0; turn < 5; turn++) await settle();
  }
}

test('a call that nobody ended is closed, its holds are given back, and late events are merged as ever', async () => {
  const salon = await salonOf(await start());
  await salon.calls.record('acme', 'c1', { status: 'ongoing', startedMs: START_MS, from: '+491701111111' });
  await salon.calls.record('acme', 'ended', { status: 'completed', outcome: 'user_hangup' });
  clock.advance(HOUR_MS + HOUR_MS / 2);
  await salon.calls.record('acme', 'later', { status: 'ongoing' });
  const call = await salon.calls.get('acme', 'c1');
  if (call === undefined) return expect.fail('no call');
  const found = await salon.find({ service: 'cut', count: 9 });
  if (!found.ok) return expect.fail(found.refusal.code);
  const [first] = found.slots;
  const last = found.slots.at(-1) ?? first;
  const mine = await salon.hold(salon.offer(last), { owner: call.id, ttlSeconds: 3600 });
  const other = await salon.hold(salon.offer(first), { owner: 'web', ttlSeconds: 3600 });
  if (!mine.ok || !other.ok) return expect.fail('not held');

  await pass(HOUR_MS / 2 + 180_000);
  const reaped = await salon.calls.get('acme', 'c1');
  expect(reaped).toMatchObject({ outcome: 'reaped', endedMs: null, version: call.version + 1 });
  expect((await salon.getHold(mine.hold.id)).ok).toBe(false);
  expect((await salon.getHold(other.hold.id)).ok).toBe(true);
  expect((await salon.calls.get('acme', 'ended'))?.outcome).toBe('user_hangup');
  expect((await salon.calls.get('acme', 'later'))?.status).toBe('ongoing');
  const again = await salon.check({ service: 'cut', start: last.start });
  expect(again.ok).toBe(true);

  const late = { status: 'completed', endedMs: START_MS + 60_000, outcome: 'agent_hangup' } as const;
  await salon.calls.record('acme', 'c1', late);
  expect(await salon.calls.get('acme', 'c1')).toMatchObject(late);
});

/** Two processes look at the same stale call, and both close it. How often was it closed? */
async function closings(guarded: boolean): Promise<number> {
  const engine = await start({ upkeep: false });
  const salon = await salonOf(engine);
  await salon.calls.record('acme', 'c1', { status: 'ongoing' });
  clock.advance(3 * HOUR_MS);
  const storage = engine.get(Storage);
  let closed = 0;
  // Nobody saves before both have read.
  const bothRead = Promise.withResolvers<void>();
  let readers = 0;
  const reaper = (): CallReaper =>
    new CallReaper(
      {
        storage: {
          call: async (...input) => {
            const call = await storage.call(...input);
            if (++readers === 2) bothRead.resolve();
            await bothRead.promise;
            return call;
          },
          saveCall: async (company, call, version) => {
            const saved = await storage.saveCall(company, call, version);
            return guarded ? saved : true;
          },
          holdsOf: (...input) => storage.holdsOf(...input),
        },
        maintenance: storage.maintenance,
        committer: { commit: () => expect.fail('there is no hold'), event: () => expect.fail('there is no hold') },
        journal: { note: () => closed++ },
        now: () => clock.now(),
        onError: (error) => expect.fail(String(error)),
      },
      { silentMs: 2 * HOUR_MS, limit: 10 },
    );
  await Promise.all([reaper().turn(), reaper().turn()]);
  expect((await salon.calls.get('acme', 'c1'))?.version).toBe(2);
  return closed;
}

test('two processes that reap at the same time close a call once', async () => {
  expect(await closings(true)).toBe(1);
});

test('control: without compare-and-set it is closed twice', async () => {
  expect(await closings(false)).toBe(2);
});

test('holds that have expired and events that were sent are swept while the engine runs', async () => {
  const engine = await start({ upkeep: { everyMs: 60_000, sentEventsMs: HOUR_MS, expiredHoldsMs: 60_000 } });
  const salon = await salonOf(engine);
  const found = await salon.find({ service: 'cut', count: 1 });
  if (!found.ok) return expect.fail(found.refusal.code);
  const held = await salon.hold(salon.offer(found.slots[0]), { owner: 'web', ttlSeconds: 60 });
  if (!held.ok) return expect.fail(held.refusal.code);
  const storage = engine.get(Storage);
  expect(await storage.hold(salon.company.id, held.hold.id)).toEqual(held.hold);
  await pass(180_000);
  expect(await storage.hold(salon.company.id, held.hold.id)).toBeUndefined();
});
