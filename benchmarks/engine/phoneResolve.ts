import { recorded } from './recorder.ts';
import type { EngineScene } from './scene.ts';
import type { Benchmark } from '../measure/suite.ts';
import { withPlant } from '../measure/plant.ts';
import { race } from '../measure/race.ts';
import { seeded, shuffled } from '../measure/seeded.ts';
import { ReplayFloor, sqliteVersion } from '../floor/replay.ts';

const name = 'phone-resolve';

/** From a dialled number in E.164 to its company, beside the bare statement that the storage runs for it. */
export const phoneResolve = (scene: EngineScene): Benchmark => ({
  name,
  async measure(effort) {
    const { engine, file, town } = await scene.reading();
    const numbers = shuffled(
      town.companies.flatMap((company) => company.numbers),
      seeded(2),
    );
    const [lookup] = await recorded(() => engine.phone.resolve({ to: numbers[0] ?? '' }));
    if (lookup === undefined) throw new Error('Resolving a number ran no statement.');
    const floor = new ReplayFloor(file, 'NORMAL');
    const [step] = floor.prepare([lookup]);
    if (step === undefined) throw new Error('There is nothing to replay.');
    const { statement } = step;
    for (const number of numbers) {
      const line = await engine.phone.resolve({ to: number });
      const row = statement.get(number) as readonly unknown[] | undefined;
      // The two sides name the columns differently: what identifies the answer is the id of the number, by its bytes.
      const ids = new Set(
        (row ?? []).map((cell) => (cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : cell)),
      );
      if (!line.ok || !ids.has((line.numberId ?? '').replaceAll('-', '')) || !ids.has(line.company.name))
        throw new Error(`${number} is resolved differently.`);
    }
    let mine = 0;
    let theirs = 0;
    const count = numbers.length;
    const resolve = withPlant(name, () => engine.phone.resolve({ to: numbers[mine++ % count] ?? '' }));
    const {
      ours,
      theirs: bare,
      ratio,
    } = await race(
      { async: true, run: resolve },
      { async: false, run: () => statement.get(numbers[theirs++ % count] ?? '') },
      effort,
    );
    floor.close();
    const vs = `bare node:sqlite, the same prepared select (SQLite ${sqliteVersion()})`;
    return [{ suite: 'engine', name, ...ours, vs, ratio, vsP50Ns: bare.p50Ns, dialect: 'sqlite', inFlight: 1 }];
  },
});
