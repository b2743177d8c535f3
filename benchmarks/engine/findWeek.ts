import { BUSY_WEEKS_MS, DAY_MS } from './town.ts';
import type { EngineScene } from './scene.ts';
import { bytesPerOp } from '../measure/allocations.ts';
import { alone } from '../measure/race.ts';
import { seeded, shuffled } from '../measure/seeded.ts';
import type { Benchmark } from '../measure/suite.ts';

/** One week of one resource, through the door of its company: read, computed and formatted. */
export const findWeek = (scene: EngineScene): Benchmark => ({
  name: 'find-week',
  async measure(effort) {
    const { engine, town } = await scene.reading();
    const questions = [];
    for (const company of town.companies) {
      const door = await engine.company(company.id);
      if (!door.ok) throw new Error(door.refusal.code);
      for (const service of await door.services())
        for (const resource of service.resourceIds)
          for (const from of BUSY_WEEKS_MS)
            questions.push({ door, query: { service: service.key, resource, from, to: from + 7 * DAY_MS } });
    }
    const order = shuffled(questions, seeded(3));
    let at = 0;
    const find = async (): Promise<void> => {
      const question = order[at++ % order.length];
      const found = await question?.door.find(question.query);
      if (found?.ok !== true) throw new Error(JSON.stringify(found?.refusal));
    };
    const timing = await alone({ async: true, run: find }, effort);
    return [
      {
        suite: 'engine',
        name: 'find-week',
        ...timing,
        dialect: 'sqlite',
        inFlight: 1,
        bytesPerOp: await bytesPerOp(find),
      },
    ];
  },
});
