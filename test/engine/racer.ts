import { sqlite } from '../../src/adapters/sequelize/index.ts';
import { createEngine, type CompanyId } from '../../src/index.ts';
import { fakeClock } from '../../src/testing.ts';
import { attemptOn, type Attempt } from './attempts.ts';

// A process of its own that makes its share of the attempts when its standard input says go, and prints what came of them.
const [file = '', company = '', nowMs = '0', attempts = '[]'] = process.argv.slice(2);
const engine = await createEngine({
  storage: sqlite({ file, synchronous: 'NORMAL' }),
  clock: fakeClock(Number(nowMs)),
  relay: false,
});
const door = await engine.company(company as CompanyId);
if (!door.ok) throw new Error(door.refusal.code);
process.stdout.write('ready\n');
process.stdin.once('data', () => {
  void Promise.all((JSON.parse(attempts) as Attempt[]).map((attempt) => attemptOn(door, attempt))).then(
    async (outcomes) => {
      process.stdout.write(`${JSON.stringify(outcomes)}\n`);
      await engine.stop();
      process.stdin.destroy();
    },
  );
});
