import { expect, test } from 'vitest';
import { restoreBackup } from '../../../src/adapters/sequelize/backup/restoreBackup.ts';
import { mariadb, postgres, sqlite, type OpenBackup } from '../../../src/adapters/sequelize/index.ts';
import type { StorageFactory } from '../../../src/adapter.ts';
import { found } from '../doctor/found.ts';
import { dialectAt, sqliteGround, type MigrationGround } from '../migrationGrounds.ts';
import { bookingOf, mondayMs, sampleAppointment, sampleCompany } from '../sample.ts';
import { backupOf, opening, rowLines } from './files.ts';

const factoryAt = (place: string): StorageFactory =>
  place.startsWith('mysql:') ? mariadb(place) : place.startsWith('postgres:') ? postgres(place) : sqlite(place);

/** A small backup. */
async function smallBackup(): Promise<Buffer> {
  const ground = sqliteGround();
  try {
    const factory = sqlite(await ground.fresh());
    const storage = await factory.create({});
    await storage.start();
    const config = sampleCompany(2);
    await storage.saveConfig(config.company.id, config, 0);
    for (const { id } of config.resources)
      await storage.write(config.company.id, bookingOf(sampleAppointment(config, id, mondayMs)));
    await storage.stop();
    return await backupOf(factory);
  } finally {
    await ground.close();
  }
}

interface Gated {
  readonly open: OpenBackup;
  /** Settles when the restore has made room and is about to write. */
  readonly reached: Promise<void>;
  go(): void;
}

/** A backup that is read to its end at first, and the second time not before it is told so. */
function gated(bytes: Uint8Array): Gated {
  const [reached, gate] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  let opened = 0;
  async function* open(): AsyncGenerator<Uint8Array> {
    if (++opened > 1) {
      reached.resolve(undefined);
      await gate.promise;
    }
    yield* opening(bytes)();
  }
  return { open, reached: reached.promise, go: () => gate.resolve(undefined) };
}

const lapsed = 'UPDATE schema_restore SET until_ms = 0';
const holder = 'SELECT holder FROM schema_restore';

/** Restores into one database at the same time. */
export function twoRestoreTests(ground: () => MigrationGround): void {
  const restoring = (place: string, open: OpenBackup) => restoreBackup(dialectAt(place), open);

  test('of many restores that begin at once one goes on', async () => {
    const [place, bytes] = [await ground().fresh(), await smallBackup()];
    const all = await Promise.allSettled([1, 2, 3, 4].map(() => restoring(place, opening(bytes))));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = all.flatMap((each) => (each.status === 'rejected' ? [each.reason as { code: string }] : []));
    for (const { code } of refused) expect(['STORAGE_BUSY', 'STORAGE_NOT_EMPTY']).toContain(code);
    expect(rowLines(await backupOf(factoryAt(place)))).toEqual(rowLines(bytes));
  });

  test('while one restores another one is refused, and nobody starts', async () => {
    const [place, bytes] = [await ground().fresh(), await smallBackup()];
    const first = gated(bytes);
    const restored = restoring(place, first.open);
    await first.reached;
    const refused = { code: 'STORAGE_BUSY', message: expect.stringContaining('restores into') as string };
    await expect(restoring(place, opening(bytes))).rejects.toMatchObject(refused);
    const storage = await factoryAt(place).create({});
    await expect(storage.start()).rejects.toMatchObject({ code: 'STORAGE_INCOMPLETE' });
    first.go();
    await restored;
    expect(await found(factoryAt(place), { nowMs: mondayMs - 1 })).toEqual([]);
    await expect(restoring(place, opening(bytes))).rejects.toMatchObject({ code: 'STORAGE_NOT_EMPTY' });
  });

  test('what is not heard of any more is taken up by the next, and writes nothing more when it wakes up', async () => {
    const [place, bytes] = [await ground().fresh(), await smallBackup()];
    const [first, second] = [gated(bytes), gated(bytes)];
    const slow = restoring(place, first.open);
    await first.reached;
    await ground().run(place, [lapsed]);
    const next = restoring(place, second.open);
    await second.reached;
    first.go();
    const refused = { code: 'STORAGE_BUSY', message: expect.stringContaining('taken over') as string };
    await expect(slow).rejects.toMatchObject(refused);
    second.go();
    await next;
    expect(rowLines(await backupOf(factoryAt(place)))).toEqual(rowLines(bytes));
  });

  test('control: where the mark names him again, he writes on under the other one', async () => {
    const [place, bytes] = [await ground().fresh(), await smallBackup()];
    const [first, second] = [gated(bytes), gated(bytes)];
    const slow = restoring(place, first.open);
    await first.reached;
    const [named] = await ground().run(place, [holder]);
    await ground().run(place, [lapsed]);
    const next = restoring(place, second.open);
    await second.reached;
    await ground().run(place, [`UPDATE schema_restore SET holder = '${String(named?.['holder'])}'`]);
    first.go();
    await slow;
    second.go();
    await expect(next).rejects.toMatchObject({ name: 'EngineError' });
  });
}
