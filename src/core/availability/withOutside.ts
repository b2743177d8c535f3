import type { OutsideResource } from '../contracts/busySource.ts';
import type { CompanyId } from '../model/ids.ts';
import { readOutside, type OutsidePlace } from '../outside/outsideBusy.ts';
import { MINUTE_MS } from '../time/localDate.ts';
import type { Bookable } from './catalog.ts';
import type { Snapshot } from './catalogs.ts';

/** Stands in explanations for time that is occupied by what is stored here. */
export const STORED = 'appointment';

/** Adds to what is stored what is occupied outside. */
export async function withOutside(
  place: OutsidePlace,
  company: CompanyId,
  { catalog, ...stored }: Snapshot,
  bookables: readonly Bookable[],
  range: { readonly fromMs: number; readonly toMs: number },
): Promise<Snapshot> {
  const resources = bookables.map(({ resource: { id, key }, branchId, timeZone }): OutsideResource => {
    return { id, key, branchId, branchKey: catalog.branch(branchId)?.key ?? '', timeZone };
  });
  const { outsideStaleMinutes } = catalog.config.company.policies;
  const limit = outsideStaleMinutes === null ? {} : { staleLimitMs: outsideStaleMinutes * MINUTE_MS };
  const { times } = await readOutside(place, company, { resources, ...range, ...limit }, catalog.grainMs);
  const kinds: string[][] = [];
  const busy = stored.busy.map((own, index) => {
    const outside = times[index];
    const words = new Array<string>(own.length / 2).fill(STORED);
    kinds.push(words);
    if (outside === undefined || outside.intervals.length === 0) return own;
    // What is occupied outside is occupied as a whole, however many appointments fit side by side.
    const copies = Math.max(1, bookables[index]?.resource.capacity ?? 1);
    const all = new Float64Array(own.length + outside.intervals.length * copies);
    all.set(own);
    for (let copy = 0; copy < copies; copy++) {
      all.set(outside.intervals, own.length + copy * outside.intervals.length);
      words.push(...outside.kinds);
    }
    return all;
  });
  const isUnknown = times.some(({ unreachable }) => unreachable.length > 0);
  return { catalog, ...stored, busy, busyKinds: kinds, isUnknown };
}
