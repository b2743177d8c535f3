import type { PluginEvent } from '../events.ts';
import { token } from '../kernel/token.ts';
import type { CompanyId } from '../model/ids.ts';

/** A JSON value as a plugin stores it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A stored document. */
export interface StoredDocument {
  readonly id: string;
  readonly value: Json;
  /** Counts up with each change. */
  readonly version: number;
}

/** A document to be stored. */
export interface DocumentWrite {
  readonly collection: string;
  /** At most 128 characters, unique in its collection and company. */
  readonly id: string;
  readonly value: Json;
  /** By which values it can be found: `{ slot: '…' }`. */
  readonly indexes: Readonly<Record<string, string>>;
  /** Only where the stored version is this one; 0: only where there is none; undefined: in any case. */
  readonly expectedVersion?: number | undefined;
  /** Rows for the outbox, in order: written with the document or, like it, not at all. */
  readonly events?: readonly PluginEvent[] | undefined;
}

/** Which documents to list, ordered by id. */
export interface DocumentQuery {
  readonly collection: string;
  /** Only those whose index of this name has this value. */
  readonly index?: { readonly name: string; readonly value: string } | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Documents of plugins, kept apart by company and collection. */
export interface DocumentStore {
  get(company: CompanyId, collection: string, id: string): Promise<StoredDocument | undefined>;
  list(company: CompanyId, query: DocumentQuery): Promise<readonly StoredDocument[]>;
  /**
   * The new version, or undefined when `expectedVersion` did not hold.
   * @throws EngineError OPTION_INVALID where a collection, id, index or event name holds U+0000 or half of a surrogate pair
   */
  put(company: CompanyId, write: DocumentWrite): Promise<number | undefined>;
  /** Whether there was one to delete. */
  delete(company: CompanyId, collection: string, id: string): Promise<boolean>;
}

/** The documents of the engine's storage, for plugins. A plugin's collections bear its name: `ical.feeds`. */
export const Documents = token<DocumentStore>()('askpro/documents');
