import { toE164 } from '../phone/e164.ts';
import type {
  AgentDefinition,
  BranchDefinition,
  CompanyDefinition,
  NumberDefinition,
  ResourceDefinition,
  ScheduleDefinition,
  ServiceDefinition,
} from './definition.ts';

/** What a company is configured with, by the kind of each entry. */
export interface Entries {
  readonly branch: BranchDefinition;
  readonly number: NumberDefinition;
  readonly agent: AgentDefinition;
  readonly schedule: ScheduleDefinition;
  readonly resource: ResourceDefinition;
  readonly service: ServiceDefinition;
}

/** A kind of entry. */
export type EntryKind = keyof Entries;

/** The list of a definition in which entries of a kind stand. */
export const listOf = {
  branch: 'branches',
  number: 'numbers',
  agent: 'agents',
  schedule: 'schedules',
  resource: 'resources',
  service: 'services',
} as const satisfies Readonly<Record<EntryKind, keyof CompanyDefinition>>;

/** The field by which an entry of a kind is told from others: a number by its E.164 form. */
export const keyField = {
  branch: 'key',
  number: 'number',
  agent: 'id',
  schedule: 'key',
  resource: 'key',
  service: 'key',
} as const satisfies Readonly<Record<EntryKind, string>>;

/** The entries of a kind. */
export const entriesOf = <K extends EntryKind>(company: CompanyDefinition, kind: K): readonly Entries[K][] =>
  // Each kind stands in the list of its name.
  (company[listOf[kind]] ?? []) as readonly unknown[] as readonly Entries[K][];

/** What an entry is called within its kind. */
export const entryKey = <K extends EntryKind>(kind: K, entry: Entries[K], country: string): string =>
  keyOfText(kind, 'key' in entry ? entry.key : 'id' in entry ? entry.id : entry.number, country);

/** A key as it was given, in the form in which entries have it. */
export const keyOfText = (kind: EntryKind, key: string, country: string): string =>
  kind === 'number' ? (toE164(key, country) ?? key) : key;

/** The same company with other entries of a kind. */
export const withEntries = <K extends EntryKind>(
  company: CompanyDefinition,
  kind: K,
  entries: readonly Entries[K][],
): CompanyDefinition => ({ ...company, [listOf[kind]]: entries });
