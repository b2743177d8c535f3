import { sqlite } from '../../src/adapters/sequelize/index.ts';
import { createEngine, type CompanyDoor, type CompanyId } from '../../src/index.ts';
import { fakeClock } from '../../src/testing.ts';

/**
 * Makes this process a racer: it opens the company that its arguments name (file, company, time, and its share of the
 * attempts), makes all attempts at once when its standard input says go, and prints what came of them.
 */
export async function race<Attempt, Outcome>(
  attempt: (door: CompanyDoor, attempt: Attempt) => Promise<Outcome>,
): Promise<void> {
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
    const all = (JSON.parse(attempts) as Attempt[]).map((each) => attempt(door, each));
    void Promise.all(all).then(async (outcomes) => {
      process.stdout.write(`${JSON.stringify(outcomes)}\n`);
      await engine.stop();
      process.stdin.destroy();
    });
  });
}
