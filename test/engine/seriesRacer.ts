import type { CancelSeriesOptions, CompanyDoor, GroupId, SeriesMove } from '../../src/index.ts';
import { race } from './racing.ts';

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

await race(doneBy);
