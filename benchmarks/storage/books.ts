import type { BookingWrite, CompanyId, Storage } from 'askpro/adapter';
import { raceBatches, runBatch } from '../measure/batches.ts';
import { isPlanted, withPlant } from '../measure/plant.ts';
import type { Benchmark } from '../measure/suite.ts';
import { bookingOf, holdAndBookingOf, type Wish } from './bookings.ts';
import type { Script } from './ground.ts';
import type { StorageScene } from './scene.ts';
import { measured } from './town.ts';

/** Operations of one side in a round, and at most so many rounds: places are not without end. */
const BATCH = 256;
const MOST_ROUNDS = 11;
const MOST_WARM_UP = 256;

const company = measured.company as CompanyId;

/** How a row books. */
export interface BookingRow {
  readonly row: string;
  readonly inFlight: number;
  /** Each write is a transaction of its own. */
  writes(wish: Wish): readonly BookingWrite[];
  /** Our side books in one round trip where that can be. */
  readonly oneRoundTrip?: boolean;
  /** Told of the bare side. */
  readonly beside: string;
}

async function store(storage: Storage, writes: readonly BookingWrite[]): Promise<void> {
  for (const write of writes) {
    const outcome = await storage.write(company, write);
    if (outcome.kind !== 'committed') throw new Error(`A free place was refused: ${JSON.stringify(outcome)}`);
  }
}

/** Bookings through the storage, beside the same statements on the bare driver; afterwards both databases hold the same. */
function bookingRow(
  scene: StorageScene,
  { row, inFlight, writes, oneRoundTrip = false, beside }: BookingRow,
): Benchmark {
  const { dialect } = scene.ground;
  const name = `${row}-${dialect}-${inFlight}`;
  return {
    name,
    tags: [row, dialect],
    async measure(effort) {
      const rounds = Math.min(effort.rounds, MOST_ROUNDS);
      const warmUp = Math.min(effort.warmUp, MOST_WARM_UP);
      const planted = isPlanted(name);
      const { ours, theirs, storage: plain, bare } = await scene.pair();
      const recorder = await scene.recording();
      const wishes = scene.wishes((warmUp + rounds * BATCH) * (planted ? 2 : 1));
      const scripts: Script[] = [];
      for (const wish of wishes) {
        const recording = await scene.ground.recorded(() => store(recorder.storage, writes(wish)));
        scripts.push(bare.script(recording));
      }
      const storage = oneRoundTrip ? await ours.storage({ oneRoundTrip }) : plain;
      const toWrite = wishes.map(writes);
      let [mine, other] = [0, 0];
      const book = withPlant(name, () => store(storage, toWrite[mine++] ?? []));
      const replay = (): unknown => scripts[other++]?.run();
      await runBatch(book, { count: warmUp, inFlight });
      await runBatch(replay, { count: warmUp, inFlight });
      const timings = await raceBatches(book, replay, { rounds, count: BATCH, inFlight });
      if (storage !== plain) await storage.stop();
      const [held, expected] = [await ours.contents(), await theirs.contents()];
      if (!planted && held !== expected) throw new Error(`${name} leaves something else behind:\n${held}\n${expected}`);
      const vs = `${scene.ground.peer()}, ${beside}`;
      const { ratio } = timings;
      return [
        { suite: 'storage', name: row, ...timings.ours, vs, ratio, vsP50Ns: timings.theirs.p50Ns, dialect, inFlight },
      ];
    },
  };
}

const booking = (wish: Wish): readonly BookingWrite[] => [bookingOf(wish)];

/** A plain booking, statement by statement. */
export const book = (scene: StorageScene, inFlight: number): Benchmark =>
  bookingRow(scene, { row: 'book', inFlight, writes: booking, beside: 'the same statements' });

/** A plain booking in one round trip, beside the transaction that it stands for. */
export const bookInOneRoundTrip = (scene: StorageScene, inFlight: number): Benchmark =>
  bookingRow(scene, {
    row: 'book-1rt',
    inFlight,
    writes: booking,
    oneRoundTrip: true,
    beside: 'the transaction, statement by statement',
  });

/** A hold and the booking it becomes, beside both transactions. */
export const holdAndBook = (scene: StorageScene, inFlight: number): Benchmark =>
  bookingRow(scene, { row: 'hold+book', inFlight, writes: holdAndBookingOf, beside: 'the same two transactions' });

/** Bookings that wait together and share a commit, beside single ones. */
export const bookInGroups = (scene: StorageScene, inFlight: number): Benchmark =>
  bookingRow(scene, { row: 'book-group', inFlight, writes: booking, beside: 'each with a commit of its own' });
