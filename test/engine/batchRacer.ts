import { sqlite } from '../../src/adapters/sequelize/index.ts';
import { createEngine, type BatchItem, type CompanyId } from '../../src/index.ts';
import { fakeClock } from '../../src/testing.ts';

/** A batch that somebody tries, and what came of it. */
export interface Tried {
  readonly mode: 'all' | 'each';
  readonly items: readonly BatchItem[];
}

/** The appointments a batch made, one for each item; null where an item was refused, none where all of it was. */
export type Made = readonly (string | null)[];

// A process of its own that books its batches when its standard input says go, and prints what came of them.
const [file = '', company = '', nowMs = '0', batches = '[]'] = process.argv.slice(2);
const engine = await createEngine({
  storage: sqlite({ file, synchronous: 'NORMAL' }),
  clock: fakeClock(Number(nowMs)),
  relay: false,
});
const door = await engine.company(company as CompanyId);
if (!door.ok) throw new Error(door.refusal.code);
process.stdout.write('ready\n');
process.stdin.once('data', () => {
  const tried = (JSON.parse(batches) as Tried[]).map(async ({ mode, items }): Promise<Made> => {
    const made = await door.bookMany(items, { mode });
    if (made.ok) return made.items.map((item) => (item.ok ? item.appointment.id : null));
    if (made.refusal.code !== 'BATCH_REFUSED') throw new Error(JSON.stringify(made.refusal));
    return [];
  });
  void Promise.all(tried).then(async (made) => {
    process.stdout.write(`${JSON.stringify(made)}\n`);
    await engine.stop();
    process.stdin.destroy();
  });
});
