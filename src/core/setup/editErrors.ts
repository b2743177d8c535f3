import type { FieldError } from '../refusals.ts';
import type { CompanyDefinition } from './definition.ts';
import { entriesOf, entryKey, keyField, listOf, type EntryKind } from './entries.ts';
import { judge, withinFirst } from './judge.ts';

/** The entry that is being changed. */
export interface Edited {
  readonly kind: EntryKind;
  readonly key: string;
}

const kindOf = new Map<string, EntryKind>(Object.entries(listOf).map(([kind, list]) => [list, kind as EntryKind]));
const inList = /^(\w+)\[(\d+)\](?:\.(.*))?$/;

/** Errors of a company's definition by paths that say which entry it is, or only the field where it is the one being changed. */
export function localErrors(
  errors: readonly FieldError[],
  company: CompanyDefinition,
  about: Edited | undefined,
): readonly FieldError[] {
  return errors.map(({ path, message }) => {
    const within = withinFirst(path);
    const [, list = '', index = '', field] = inList.exec(within) ?? [];
    const kind = kindOf.get(list);
    const entry = kind === undefined ? undefined : entriesOf(company, kind)[Number(index)];
    if (kind === undefined || entry === undefined) return { path: within, message };
    const key = entryKey(kind, entry, company.country);
    if (kind === about?.kind && key === about.key) return { path: field ?? keyField[kind], message };
    return { path: `${list}.${key}${field === undefined ? '' : `.${field}`}`, message };
  });
}

/** What a change makes wrong. What was wrong before elsewhere is not held against it. */
export function editErrors(
  before: CompanyDefinition,
  after: CompanyDefinition,
  about: Edited | undefined,
): readonly FieldError[] {
  const errorsOf = (company: CompanyDefinition, of: Edited | undefined): readonly FieldError[] => {
    const judged = judge({ companies: [company] });
    return judged.ok ? [] : localErrors(judged.errors, company, of);
  };
  const errors = errorsOf(after, about);
  if (errors.length === 0) return errors;
  const known = new Set(errorsOf(before, undefined).map(({ path, message }) => `${path} ${message}`));
  return errors.filter(({ path, message }) => !known.has(`${path} ${message}`));
}
