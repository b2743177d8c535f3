import type { BatchItem } from '../../src/index.ts';
import { race } from './racing.ts';

/** A batch that somebody tries, and what came of it. */
export interface Tried {
  readonly mode: 'all' | 'each';
  readonly items: readonly BatchItem[];
}

/** The appointments a batch made, one for each item; null where an item was refused, none where all of it was. */
export type Made = readonly (string | null)[];

await race(async (door, { mode, items }: Tried): Promise<Made> => {
  const made = await door.bookMany(items, { mode });
  if (made.ok) return made.items.map((item) => (item.ok ? item.appointment.id : null));
  if (made.refusal.code !== 'BATCH_REFUSED') throw new Error(JSON.stringify(made.refusal));
  return [];
});
