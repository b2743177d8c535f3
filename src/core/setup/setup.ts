import type { ApiKey } from '../model/company.ts';
import type { ApiKeyId, CompanyId } from '../model/ids.ts';
import type { Answer } from '../refusals.ts';
import type { CredentialEntry } from '../contracts/directory.ts';
import type { BookingConflict } from '../company/bookingConflicts.ts';
import type { Page } from '../company/door.ts';
import type { Change } from './change.ts';
import type { CompanySetup } from './companySetup.ts';
import type { CompanyDefinition, Definition } from './definition.ts';

/** What applying came to, or would come to. */
export interface Applied {
  /** Empty when everything was so already. */
  readonly changes: readonly Change[];
  readonly companies: readonly AppliedCompany[];
}

/** What applying came to for one company. */
export interface AppliedCompany {
  readonly key: string;
  readonly id: CompanyId;
  readonly revision: number;
  /**
   * The first open appointments that what has changed, or would change, does not fit; they stay as they are. The door's
   * `conflicts` goes on at `next`. Empty where nothing changes.
   */
  readonly conflicts: Page<BookingConflict>;
}

/** How to apply. */
export interface ApplyOptions {
  /** Only tells what it would change. */
  readonly dryRun?: boolean | undefined;
  /** Leaves API keys alone that the document does not name: for documents from where none may be named. */
  readonly keepKeys?: boolean | undefined;
}

/** Brings the stored configuration into the state that a document describes. */
export interface Setup {
  /**
   * Idempotent. Refuses with every error of the document at once, by path, and then changes nothing. Each company changes in
   * one step; only when another writer takes a number or key of a later company in the meantime, earlier ones stay changed.
   * A number that passes from one company of the document to another is let go by all before anyone takes it.
   */
  apply(definition: Definition, options?: ApplyOptions): Promise<Answer<Applied, 'INPUT_INVALID' | 'CONFIG_CONFLICT'>>;
  /** Makes a company that is not there yet: a key that is taken is refused. */
  create(
    definition: CompanyDefinition,
  ): Promise<Answer<{ readonly company: AppliedCompany }, 'INPUT_INVALID' | 'CONFIG_CONFLICT'>>;
  /** What one company has configured, to be read and changed piece by piece. */
  company(id: CompanyId): CompanySetup;
}

/** Bearer keys of the HTTP API. */
export interface ApiKeys {
  /** Makes a key. The secret is told this once and never stored. */
  create(
    company: CompanyId,
    name: string,
  ): Promise<Answer<{ readonly key: ApiKey; readonly secret: string }, 'COMPANY_UNKNOWN' | 'INPUT_INVALID'>>;
  /** Switches a key off at once and for good, by its id, its prefix or its name: no setup document switches it on again. */
  revoke(
    company: CompanyId,
    key: ApiKeyId | string,
  ): Promise<Answer<{ readonly key: ApiKey }, 'COMPANY_UNKNOWN' | 'INPUT_INVALID'>>;
  /** Whose active key this secret is. */
  authenticate(secret: string): Promise<CredentialEntry | undefined>;
}
