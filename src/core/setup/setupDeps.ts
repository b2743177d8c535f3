import type { BookingConflict } from '../company/bookingConflicts.ts';
import type { Page } from '../company/door.ts';
import type { Directory } from '../contracts/directory.ts';
import type { ConfigOutcome, Storage } from '../contracts/storage.ts';
import type { CompanyConfig } from '../model/company.ts';
import type { ReconcileTools } from './reconcile.ts';
import type { Change } from './change.ts';

/** What setup needs of a storage. */
export type ConfigStorage = Pick<Storage, 'config' | 'saveConfig' | 'removeCompany'> & {
  readonly directory: Pick<Directory, 'companyByKey' | 'number' | 'agent' | 'credential'>;
};

/** What setup works with. */
export interface SetupDeps {
  readonly storage: ConfigStorage;
  readonly tools: ReconcileTools;
  /** The first open appointments that a configuration does not fit; none where nothing changes. */
  readonly conflictsUnder: (config: CompanyConfig, changes: readonly Change[]) => Promise<Page<BookingConflict>>;
}

/** Somebody else is changing the company at the same time when a revision is lost; nobody does that so often. */
export const MAX_ATTEMPTS = 10;

/** Says whose a key is. The hash of a secret is nobody's to read. */
export const notUnique = ({ of, value }: Extract<ConfigOutcome, { readonly kind: 'not-unique' }>): string =>
  `another company has this ${of}${of === 'apiKey' ? '' : `: ${value}`}`;
