import type { CompanyDefinition, NumberDefinition } from './definition.ts';
import { entriesOf, entryKey, withEntries, type Entries, type EntryKind } from './entries.ts';

/** Puts an entry in the place of the one of the same key, or behind all others. */
export function withEntry<K extends EntryKind>(
  company: CompanyDefinition,
  kind: K,
  entry: Entries[K],
): CompanyDefinition {
  const key = entryKey(kind, entry, company.country);
  const entries = entriesOf(company, kind);
  const isSame = (other: Entries[K]): boolean => entryKey(kind, other, company.country) === key;
  const next = entries.some(isSame) ? entries.map((other) => (isSame(other) ? entry : other)) : [...entries, entry];
  const changed = withEntries(company, kind, next);
  return kind === 'number' ? withItsAgent(changed, entry as NumberDefinition) : changed;
}

/** An agent that a number names answers, also where it was switched off before. */
function withItsAgent(company: CompanyDefinition, { agent, active }: NumberDefinition): CompanyDefinition {
  if (agent === undefined || active === false) return company;
  const agents = company.agents?.map((one) => (one.id === agent ? { ...one, active: true } : one));
  return { ...company, ...(agents === undefined ? {} : { agents }) };
}

/** The entry of a key. */
export const findEntry = <K extends EntryKind>(
  company: CompanyDefinition,
  kind: K,
  key: string,
): Entries[K] | undefined => entriesOf(company, kind).find((entry) => entryKey(kind, entry, company.country) === key);

/** The same company without an entry. */
export const withoutEntry = (company: CompanyDefinition, kind: EntryKind, key: string): CompanyDefinition =>
  withEntries(
    company,
    kind,
    entriesOf(company, kind).filter((entry) => entryKey(kind, entry, company.country) !== key),
  );

/** What refers to an entry, by its path: `services.cut.resources`. */
export function usersOf(company: CompanyDefinition, kind: EntryKind, key: string): readonly string[] {
  const users: string[] = [];
  const note = (path: string, ...keys: readonly (string | undefined)[]): void => {
    if (keys.includes(key)) users.push(path);
  };
  const { branches, numbers = [], agents = [], resources = [], services = [] } = company;
  if (kind === 'branch') {
    for (const resource of resources) note(`resources.${resource.key}.branch`, resource.branch);
    for (const number of numbers) note(`numbers.${number.number}.branch`, number.branch);
    for (const agent of agents) note(`agents.${agent.id}.branch`, agent.branch);
  }
  if (kind === 'schedule') {
    for (const branch of branches) note(`branches.${branch.key}.schedule`, branch.schedule);
    for (const resource of resources) note(`resources.${resource.key}.schedule`, resource.schedule);
  }
  if (kind === 'service')
    for (const number of numbers) note(`numbers.${number.number}.defaultService`, number.defaultService);
  if (kind === 'resource') {
    for (const number of numbers) note(`numbers.${number.number}.defaultResource`, number.defaultResource);
    for (const service of services) {
      note(`services.${service.key}.resources`, ...(service.resources ?? []));
      note(`services.${service.key}.minutesOf`, ...Object.keys(service.minutesOf ?? {}));
      for (const segment of service.segments ?? [])
        note(`services.${service.key}.segments.${segment.key}.minutesOf`, ...Object.keys(segment.minutesOf ?? {}));
    }
  }
  return users;
}
