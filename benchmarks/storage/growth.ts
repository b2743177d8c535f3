import type { CompanyId, Storage } from 'askpro/adapter';
import { raceBatches, runBatch } from '../measure/batches.ts';
import { race } from '../measure/race.ts';
import type { Row } from '../measure/row.ts';
import type { Benchmark } from '../measure/suite.ts';
import { bookingOf } from './bookings.ts';
import { busyQuestions } from './reads.ts';
import type { StorageScene } from './scene.ts';
import { measured } from './town.ts';

const SMALL = 10_000;
const BATCH = 128;
const ROUNDS = 9;

const company = measured.company as CompanyId;
const digits = (count: number): string => count.toLocaleString('en-US');

/**
 * How much slower reads and bookings become as a town grows: the same questions about the same company, which has as
 * many appointments a week in both, asked in turns. Both sides are ours. Printed.
 */
export const growth = (scene: StorageScene, appointments: number): Benchmark => ({
  name: `growth-${scene.ground.dialect}-${appointments}`,
  tags: ['growth', `growth-${scene.ground.dialect}`],
  async measure(effort) {
    const { dialect } = scene.ground;
    const small = scene.keep(await (await scene.ground.town(SMALL)).storage());
    const large = scene.keep(await (await scene.ground.town(appointments)).storage());
    // Weeks that are busy in both.
    const questions = busyQuestions(SMALL, 1, 1);
    const asking = (storage: Storage) => {
      let next = 0;
      const run = (): unknown => {
        const question = questions[next++ % questions.length];
        return question === undefined ? undefined : storage.busy(company, question);
      };
      return { async: true, run };
    };
    const wishes = scene.wishes(BATCH * (ROUNDS + 1)).map(bookingOf);
    const booking = (storage: Storage) => {
      let next = 0;
      return async (): Promise<void> => {
        const write = wishes[next++];
        const outcome = write === undefined ? undefined : await storage.write(company, write);
        if (outcome?.kind !== 'committed') throw new Error(`A free place was refused: ${outcome?.kind}`);
      };
    };
    const reads = await race(asking(large), asking(small), effort);
    const [bookLarge, bookSmall] = [booking(large), booking(small)];
    await runBatch(bookLarge, { count: BATCH, inFlight: 1 });
    await runBatch(bookSmall, { count: BATCH, inFlight: 1 });
    const books = await raceBatches(bookLarge, bookSmall, { rounds: ROUNDS, count: BATCH, inFlight: 1 });
    const vs = `${digits(SMALL)} appointments`;
    return [
      { row: 'busy-read', timings: reads },
      { row: 'book', timings: books },
    ].map(({ row, timings: { ours, theirs } }): Row => {
      const name = `growth-${row}-${appointments}`;
      const ratio = ours.p50Ns / theirs.p50Ns;
      return { suite: 'storage', name, ...ours, vs, ratio, vsP50Ns: theirs.p50Ns, dialect, inFlight: 1 };
    });
  },
});
