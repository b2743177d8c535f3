import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { mariadb, sqlite } from '../../src/adapters/sequelize/index.ts';
import type { BookingWrite, CompanyId, StorageFactory, WriteOutcome } from '../../src/adapter.ts';

/** Which database to write to: a file of SQLite, or the address of a MariaDB server. */
export type Place = { readonly file: string } | { readonly url: string };

/** What a writer is told to write, all of it at once. */
interface WriterTask {
  readonly place: Place;
  readonly company: CompanyId;
  readonly writes: readonly BookingWrite[];
}

/** A storage in that place, by the database's own clock. */
export const storageAt = (place: Place): StorageFactory =>
  'file' in place
    ? sqlite({ file: place.file, synchronous: 'NORMAL', busyLimitMs: 30_000 })
    : mariadb({ url: place.url, connections: 10, busyLimitMs: 30_000 });

/** The next message that the other process sends. */
function message(from: Pick<NodeJS.Process | ChildProcess, 'once' | 'off'>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const gone = (code: unknown): void => reject(new Error(`a writer ended with ${String(code)}`));
    from.once('exit', gone);
    from.once('message', (told: unknown) => {
      from.off('exit', gone);
      resolve(told);
    });
  });
}

// Run as a program of its own: one of several processes that want the same.
if (process.send !== undefined && process.argv[2] === 'write') {
  process.send('up');
  for (;;) await write((await message(process)) as WriterTask);
}

async function write({ place, company, writes }: WriterTask): Promise<void> {
  const storage = await storageAt(place).create({});
  await storage.start();
  // The barrier: everyone is connected and waits before anyone begins.
  const go = message(process);
  process.send?.('ready');
  await go;
  const outcomes = await Promise.all(writes.map((each) => storage.write(company, each)));
  await storage.stop();
  process.send?.(outcomes);
}

/** Four processes that write at the same time, as often as they are asked. */
export class Writers {
  readonly #children: readonly ChildProcess[];

  private constructor(children: readonly ChildProcess[]) {
    this.#children = children;
  }

  static async start(): Promise<Writers> {
    const path = fileURLToPath(import.meta.url);
    const children = Array.from({ length: 4 }, () => fork(path, ['write'], { stdio: 'inherit' }));
    await Promise.all(children.map(message));
    return new Writers(children);
  }

  /** Writes everything at once, shared among the processes; outcomes come in the order of the writes. */
  async write(place: Place, company: CompanyId, writes: readonly BookingWrite[]): Promise<readonly WriteOutcome[]> {
    const ready = this.#all();
    for (const [process, child] of this.#children.entries()) {
      const share = writes.filter((_, index) => index % this.#children.length === process);
      child.send({ place, company, writes: share } satisfies WriterTask);
    }
    await ready;
    const reports = this.#all();
    for (const child of this.#children) child.send('go');
    const outcomes = (await reports) as WriteOutcome[][];
    return writes.map((_, index) => outcomes[index % 4]?.[Math.floor(index / 4)] ?? { kind: 'taken' });
  }

  stop(): void {
    for (const child of this.#children) child.kill();
  }

  #all(): Promise<unknown[]> {
    return Promise.all(this.#children.map(message));
  }
}
