import { storageLaws } from '../../../src/core/contracts/storageLaws.ts';
import type { SqliteFile } from '../sqliteFile.ts';
import type { BrokenAdapter } from './brokenAdapter.ts';

/** Runs all laws on a broken adapter and answers the names of those that it breaks, in the order of the laws. */
export async function lawsBrokenBy({ plant }: BrokenAdapter, file: SqliteFile): Promise<readonly string[]> {
  const create: Parameters<typeof storageLaws>[0]['create'] = async (clock) =>
    plant({ real: await file.fresh(clock), raw: file.raw, clock });
  const names: string[] = [];
  for (const law of storageLaws({ create })) {
    const holds = await law.run().then(
      () => true,
      () => false,
    );
    if (!holds) names.push(law.name);
  }
  return names;
}
