import type { BookingConflict } from '../company/bookingConflicts.ts';
import type { Page } from '../company/door.ts';
import type { Answer, RefusalCode } from '../refusals.ts';
import type { CompanyDefinition } from './definition.ts';
import type { Entries, EntryKind } from './entries.ts';
import type { Change } from './change.ts';

/** How to change something. */
export interface EditOptions {
  /**
   * The revision that the caller has seen: any other is refused with VERSION_CONFLICT. Left out: what somebody else changed
   * meanwhile is kept, and this change made on top of it.
   */
  readonly expectedRevision?: number | undefined;
  /** Only tells what it would change. */
  readonly dryRun?: boolean | undefined;
}

/** What a change came to, or would come to. */
export interface Edited {
  /** Of the configuration as it is now. */
  readonly revision: number;
  /** Empty when everything was so already. */
  readonly changes: readonly Change[];
  /**
   * The first open appointments that the change does not fit; they stay as they are. The door's `conflicts` goes on at
   * `next`. Empty where nothing changes.
   */
  readonly conflicts: Page<BookingConflict>;
}

/** What a company decides for itself; policies that are left out stay as they are. */
export type CompanyFields = Partial<
  Pick<CompanyDefinition, 'name' | 'timeZone' | 'locale' | 'country' | 'policies' | 'active'>
>;

/** Refusals of every change. */
export type EditRefusal = Extract<
  RefusalCode,
  'COMPANY_UNKNOWN' | 'INPUT_INVALID' | 'CONFIG_CONFLICT' | 'VERSION_CONFLICT'
>;

/**
 * The configuration of one company, active or not. Every change is judged as a setup document with it would be; the paths of
 * errors begin at the entry, those elsewhere at its list and key: `services.cut.minutesOf.anna`.
 */
export interface CompanySetup {
  /** All that is configured, as a definition that applied again changes nothing; without API keys, of which only hashes are stored. */
  definition(): Promise<
    Answer<{ readonly definition: CompanyDefinition; readonly revision: number }, 'COMPANY_UNKNOWN'>
  >;
  /** Makes an entry, or gives the one of the same key this content as a whole: what is left out has its default, `active` is true. */
  put<K extends EntryKind>(kind: K, entry: Entries[K], options?: EditOptions): Promise<Answer<Edited, EditRefusal>>;
  /** Switches an entry on again as it was. */
  activate(kind: EntryKind, key: string, options?: EditOptions): Promise<Answer<Edited, EditRefusal | 'ENTRY_UNKNOWN'>>;
  /** Switches an entry off: it is kept, and so are its appointments, which are told as conflicts. */
  deactivate(
    kind: EntryKind,
    key: string,
    options?: EditOptions,
  ): Promise<Answer<Edited, EditRefusal | 'ENTRY_UNKNOWN'>>;
  /** Deletes an entry that nothing refers to, neither another entry nor an appointment, past ones included, nor a live hold. */
  remove(
    kind: EntryKind,
    key: string,
    options?: EditOptions,
  ): Promise<Answer<Edited, EditRefusal | 'ENTRY_UNKNOWN' | 'IN_USE'>>;
  /** Changes the company itself. Branches in its zone go with it into another one. */
  change(fields: CompanyFields, options?: EditOptions): Promise<Answer<Edited, EditRefusal>>;
  /** Deletes the company and its configuration, where it has neither appointments nor live holds, customers or calls. */
  removeCompany(
    options?: Pick<EditOptions, 'expectedRevision'>,
  ): Promise<Answer<{ readonly key: string }, 'COMPANY_UNKNOWN' | 'VERSION_CONFLICT' | 'IN_USE'>>;
}
