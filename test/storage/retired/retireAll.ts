import { StoredRetirement } from '../../../src/core/company/retention/retirement.ts';
import type { Storage } from '../../../src/adapter.ts';

/** Takes away everything that companies have kept for long enough but customers, three rows at a time. */
export async function retireAll(storage: Storage, nowMs: number): Promise<void> {
  const retirement = new StoredRetirement({
    storage,
    directory: storage.directory,
    customersOf: () => Promise.resolve(undefined),
    stores: [],
    now: () => Promise.resolve(nowMs),
  });
  for await (const piece of retirement.pieces({ limit: 3, idempotencyMs: 0 }))
    if ('failure' in piece) throw piece.failure;
}
