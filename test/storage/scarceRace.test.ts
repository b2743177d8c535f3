import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mariadb, migrate, sqlite } from '../../src/adapters/sequelize/index.ts';
import type { BookingWrite, SessionId, Storage, WriteOutcome } from '../../src/adapter.ts';
import { canHaveMariadb, fastMariadb, startMariadb, type MariadbServer } from '../servers/mariadb.ts';
import { Arena, ATTEMPTS, contests, leavingAndJoining } from './contests.ts';
import { overlaps } from './overlaps.ts';
import { sampleCompany } from './sample.ts';
import { storageAt, Writers, type Place } from './writer.ts';

let writers: Writers;
beforeAll(async () => {
  writers = await Writers.start();
}, 60_000);
afterAll(() => writers.stop());

/** A database, made anew for each race. */
interface Ground {
  readonly place: Place;
  /** Takes away what guards the claims, so that a race shows what it would come to. */
  unguard(): Promise<void>;
}

const countOf = (outcomes: readonly WriteOutcome[], kind: WriteOutcome['kind']): number =>
  outcomes.filter((outcome) => outcome.kind === kind).length;

async function withStorage<T>(place: Place, use: (storage: Storage) => Promise<T>): Promise<T> {
  const storage = await storageAt(place).create({});
  await storage.start();
  try {
    return await use(storage);
  } finally {
    await storage.stop();
  }
}

/** Lets four processes leave sessions and join them; answers how many sessions were lost, and what is left at the end. */
async function leaveAndJoin({ place }: Ground): Promise<{ lost: number; left: number; joined: number }> {
  const arena = new Arena(sampleCompany(1));
  const { before, race, after } = leavingAndJoining(arena);
  const company = arena.config.company.id;
  const writeAll = (storage: Storage, writes: readonly BookingWrite[]) =>
    Promise.all(writes.map((write) => storage.write(company, write)));
  await withStorage(place, (storage) => writeAll(storage, before));
  const outcomes = await writers.write(place, company, race);
  return withStorage(place, async (storage) => {
    const { busy, sessions = [] } = await arena.look(storage);
    const whole = sessions.filter(({ taken }) => taken === 2).length;
    const lost = before.length - Math.min(whole, (busy[0]?.length ?? 0) / 2);
    await writeAll(storage, after);
    const end = await arena.look(storage);
    return { lost, left: end.busy[0]?.length ?? 0, joined: countOf(outcomes, 'committed') };
  });
}

function races(ground: () => Promise<Ground>): void {
  let at: Ground;
  beforeEach(async () => {
    at = await ground();
  });

  for (const contest of contests) {
    const run = async () => {
      const arena = new Arena(sampleCompany(1));
      const outcomes = await writers.write(at.place, arena.config.company.id, contest.writes(arena));
      return { arena, outcomes };
    };

    test(`of two hundred who want ${contest.name}, as many get it as there are`, async () => {
      const { arena, outcomes } = await run();
      expect(countOf(outcomes, 'committed')).toBe(contest.committed);
      expect(countOf(outcomes, contest.others)).toBe(ATTEMPTS - contest.committed);
      if (!contest.name.includes('place')) {
        const { busy } = await withStorage(at.place, (storage) => arena.look(storage));
        expect(overlaps(busy[0])).toBe(0);
      }
    });

    test(`control: without the guard more get ${contest.name} than there are`, async () => {
      await at.unguard();
      const { outcomes } = await run();
      expect(countOf(outcomes, 'committed')).toBeGreaterThan(contest.committed);
    });
  }

  test('two hundred who open one session at once share it', async () => {
    const arena = new Arena(sampleCompany(1));
    const session = arena.appointment().id as string as SessionId;
    const writes = Array.from({ length: ATTEMPTS }, () => arena.joining(arena.appointment(), { session }));
    const outcomes = await writers.write(at.place, arena.config.company.id, writes);
    expect(countOf(outcomes, 'committed')).toBe(ATTEMPTS);
    const { busy, sessions } = await withStorage(at.place, (storage) => arena.look(storage));
    expect(busy[0]).toHaveLength(2);
    expect(sessions).toMatchObject([{ id: session, taken: ATTEMPTS }]);
  });

  test('who joins while the last one leaves keeps the time of the session, and the last of all frees it', async () => {
    expect(await leaveAndJoin(at)).toEqual({ lost: 0, left: 0, joined: ATTEMPTS });
  });

  test('control: without the guard sessions lose their time to those who leave', async () => {
    await at.unguard();
    // Who meets whom is chance: one round in which nobody does proves nothing.
    let lost = 0;
    for (let round = 0; lost === 0 && round < 10; round++) ({ lost } = await leaveAndJoin(at));
    expect(lost).toBeGreaterThan(0);
  });
}

describe('four processes on one SQLite file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'askpro-scarce-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let files = 0;

  races(async () => {
    const file = join(folder, `${++files}.db`);
    await migrate(sqlite(file), 'up');
    const unguard = async (): Promise<void> => {
      const database = new DatabaseSync(file);
      // One writer at a time would see all others even without a key: so here nobody finds what others have claimed.
      database.exec(`DROP TABLE claims;
        CREATE TABLE claims (company_id, subject, cell, ordinal, owner_id, expires_ms);
        CREATE TRIGGER forget AFTER INSERT ON claims BEGIN DELETE FROM claims; END`);
      database.close();
    };
    return { place: { file }, unguard };
  });
});

describe.skipIf(!canHaveMariadb())('four processes on one MariaDB server', () => {
  let server: MariadbServer;
  beforeAll(async () => {
    server = await startMariadb(fastMariadb);
  }, 120_000);
  afterAll(() => server.stop());

  races(async () => {
    const url = await server.createDatabase();
    await migrate(mariadb(url), 'up');
    const unguard = async (): Promise<void> => {
      const raw = await createConnection({ uri: url });
      for (const table of ['claims', 'spans', 'sessions']) await raw.query(`ALTER TABLE ${table} DROP PRIMARY KEY`);
      await raw.end();
    };
    return { place: { url }, unguard };
  });
});
