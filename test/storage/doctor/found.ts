import { checkStorage } from '../../../src/adapters/sequelize/index.ts';
import type { CheckStorageOptions, StorageFinding } from '../../../src/adapters/sequelize/index.ts';
import type { StorageFactory } from '../../../src/adapter.ts';

/** Everything that the doctor finds. */
export async function found(storage: StorageFactory, options: CheckStorageOptions = {}): Promise<StorageFinding[]> {
  const findings: StorageFinding[] = [];
  for await (const each of checkStorage(storage, options)) findings.push(each);
  return findings;
}
