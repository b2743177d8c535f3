import { sqlite } from '../../src/adapters/sequelize/index.ts';
import type { CompanyConfig } from '../../src/adapter.ts';
import { bookingOf, minutes, mondayMs, sampleAppointment } from './sample.ts';

/** What a racer is told to do. */
export interface RacerTask {
  readonly file: string;
  readonly config: CompanyConfig;
  readonly attempts: number;
  /** Makes the starts of this racer its own. */
  readonly seed: number;
}

/** What came of a racer's attempts, by the kind of outcome. */
export type RacerReport = Readonly<Record<string, number>>;

/** Starts that overlap in every way: half an hour each, on a grid of five minutes within two hours. */
export const startOf = (seed: number, attempt: number): number =>
  mondayMs + minutes(5 * ((seed * 7 + attempt * 11) % 24));

// Run as a program of its own: one of several processes that want the same time in the same file.
if (process.send !== undefined && process.argv[2] === 'race') {
  process.once('message', (task: RacerTask) => {
    void race(task);
  });
  process.send('ready');
}

async function race({ file, config, attempts, seed }: RacerTask): Promise<void> {
  const storage = await sqlite({ file, synchronous: 'NORMAL', busyLimitMs: 30_000 }).create({});
  await storage.start();
  const [resource] = config.resources;
  if (resource === undefined) throw new TypeError('the company of a race needs a resource');
  const outcomes = await Promise.all(
    Array.from({ length: attempts }, (_, attempt) => {
      const appointment = sampleAppointment(config, resource.id, startOf(seed, attempt));
      return storage.write(config.company.id, bookingOf(appointment));
    }),
  );
  await storage.stop();
  const report: Record<string, number> = {};
  for (const { kind } of outcomes) report[kind] = (report[kind] ?? 0) + 1;
  process.send?.(report);
  process.disconnect();
}
