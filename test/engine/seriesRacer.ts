import { sqlite } from '../../src/adapters/sequelize/index.ts';
import {
  createEngine,
  type CancelSeriesOptions,
  type CompanyDoor,
  type CompanyId,
  type GroupId,
  type SeriesMove,
} from '../../src/index.ts';
import { fakeClock } from '../../src/testing.ts';

/** What somebody tries. */
export type Deed =
  | { readonly book: string }
  | { readonly group: GroupId; readonly move: SeriesMove }
  | { readonly group: GroupId; readonly cancel: CancelSeriesOptions };

/** How many appointments it booked, moved or cancelled. */
export type Done = number;

async function doneBy(door: CompanyDoor, deed: Deed): Promise<Done> {
  if ('book' in deed) return Number((await door.book({ service: 'anna-only', start: deed.book })).ok);
  const answer =
    'move' in deed
      ? await door.rescheduleSeries(deed.group, deed.move, { by: 'company' })
      : await door.cancelSeries(deed.group, deed.cancel);
  if (answer.ok) return answer.occurrences.filter(({ ok }) => ok).length;
  if (answer.refusal.code !== 'BATCH_REFUSED') throw new Error(JSON.stringify(answer.refusal));
  return 0;
}

// A process of its own that does its deeds when its standard input says go, and prints what came of them.
const [file = '', company = '', nowMs = '0', deeds = '[]'] = process.argv.slice(2);
const engine = await createEngine({
  storage: sqlite({ file, synchronous: 'NORMAL' }),
  clock: fakeClock(Number(nowMs)),
  relay: false,
});
const door = await engine.company(company as CompanyId);
if (!door.ok) throw new Error(door.refusal.code);
process.stdout.write('ready\n');
process.stdin.once('data', () => {
  const all = (JSON.parse(deeds) as Deed[]).map((deed) => doneBy(door, deed));
  void Promise.all(all).then(async (done) => {
    process.stdout.write(`${JSON.stringify(done)}\n`);
    await engine.stop();
    process.stdin.destroy();
  });
});
