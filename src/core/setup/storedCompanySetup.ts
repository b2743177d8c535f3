import { EngineError } from '../errors.ts';
import type { CompanyConfig } from '../model/company.ts';
import type { CompanyId } from '../model/ids.ts';
import type { ConfigRemoval } from '../contracts/storage.ts';
import { refuse, type Answer, type Refused } from '../refusals.ts';
import type { CompanyFields, CompanySetup, Edited, EditOptions, EditRefusal } from './companySetup.ts';
import { findConflicts } from './conflicts.ts';
import type { CompanyDefinition } from './definition.ts';
import { describe } from './describe.ts';
import { editErrors, localErrors, type Edited as EditedEntry } from './editErrors.ts';
import { findEntry, usersOf, withEntry, withoutEntry } from './edits.ts';
import { entryKey, keyOfText, listOf, type Entries, type EntryKind } from './entries.ts';
import { fieldErrors, sayIssue } from './fieldErrors.ts';
import { pathOf } from './judge.ts';
import { reconcile } from './reconcile.ts';
import { companyFieldsSchema, entrySchemas } from './schema.ts';
import { MAX_ATTEMPTS, notUnique, type SetupDeps } from './setupDeps.ts';

/** What a definition becomes. */
interface Edit {
  readonly definition: CompanyDefinition;
  readonly about?: EditedEntry;
  readonly removed?: EditedEntry;
}

/** The configuration of one company: described, changed, and brought back the way a setup document is. */
export class StoredCompanySetup implements CompanySetup {
  readonly #company: CompanyId;
  readonly #deps: SetupDeps;

  constructor(company: CompanyId, deps: SetupDeps) {
    this.#company = company;
    this.#deps = deps;
  }

  async definition(): ReturnType<CompanySetup['definition']> {
    const config = await this.#deps.storage.config(this.#company);
    if (config === undefined) return refuse('COMPANY_UNKNOWN', {});
    return { ok: true, definition: describe(config), revision: config.revision };
  }

  async put<K extends EntryKind>(
    kind: K,
    entry: Entries[K],
    options: EditOptions = {},
  ): Promise<Answer<Edited, EditRefusal>> {
    const parsed = entrySchemas[kind].safeParse(entry, { error: sayIssue });
    if (!parsed.success) return refuse('INPUT_INVALID', { errors: fieldErrors(parsed.error, kind) });
    // The schema has the same shape; it only spells optional fields with undefined.
    const wanted = parsed.data as unknown as Entries[K];
    return this.#edit<never>(options, (before) => ({
      definition: withEntry(before, kind, wanted),
      about: { kind, key: entryKey(kind, wanted, before.country) },
    }));
  }

  activate(kind: EntryKind, key: string, options: EditOptions = {}): ReturnType<CompanySetup['activate']> {
    return this.#edit(options, switched(kind, key, true));
  }

  deactivate(kind: EntryKind, key: string, options: EditOptions = {}): ReturnType<CompanySetup['deactivate']> {
    return this.#edit(options, switched(kind, key, false));
  }

  remove(kind: EntryKind, wanted: string, options: EditOptions = {}): ReturnType<CompanySetup['remove']> {
    return this.#edit<'ENTRY_UNKNOWN' | 'IN_USE'>(options, (before) => {
      const key = keyOfText(kind, wanted, before.country);
      if (findEntry(before, kind, key) === undefined) return refuse('ENTRY_UNKNOWN', { kind, key });
      const by = usersOf(before, kind, key);
      if (by.length > 0) return refuse('IN_USE', { by });
      return { definition: withoutEntry(before, kind, key), removed: { kind, key } };
    });
  }

  async change(fields: CompanyFields, options: EditOptions = {}): Promise<Answer<Edited, EditRefusal>> {
    const parsed = companyFieldsSchema.safeParse(fields, { error: sayIssue });
    if (!parsed.success) return refuse('INPUT_INVALID', { errors: fieldErrors(parsed.error, 'company') });
    const wanted = parsed.data as CompanyFields;
    return this.#edit<never>(options, (before) => ({
      definition: { ...before, ...wanted, policies: { ...before.policies, ...wanted.policies } },
    }));
  }

  async removeCompany({ expectedRevision }: EditOptions = {}): ReturnType<CompanySetup['removeCompany']> {
    const { storage } = this.#deps;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const stored = await storage.config(this.#company);
      if (stored === undefined) return refuse('COMPANY_UNKNOWN', {});
      if (expectedRevision !== undefined && expectedRevision !== stored.revision)
        return refuse('VERSION_CONFLICT', { version: stored.revision });
      const outcome = await storage.removeCompany(this.#company, stored.revision);
      if (outcome.kind === 'committed') return { ok: true, key: stored.company.key };
      if (outcome.kind === 'in-use') return refuse('IN_USE', { by: [outcome.by] });
    }
    throw keptChanging(this.#company);
  }

  async #edit<C extends 'ENTRY_UNKNOWN' | 'IN_USE'>(
    { expectedRevision, dryRun = false }: EditOptions,
    edit: (before: CompanyDefinition) => Edit | Refused<C>,
  ): Promise<Answer<Edited, EditRefusal | C>> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const stored = await this.#deps.storage.config(this.#company);
      if (stored === undefined) return refuse('COMPANY_UNKNOWN', {});
      if (expectedRevision !== undefined && expectedRevision !== stored.revision)
        return refuse('VERSION_CONFLICT', { version: stored.revision });
      const before = describe(stored);
      const edited = edit(before);
      if ('ok' in edited) return edited;
      const answer = await this.#bring(stored, before, edited, dryRun);
      if (answer !== undefined) return answer as Answer<Edited, EditRefusal | C>;
    }
    throw keptChanging(this.#company);
  }

  /** Writes what has been edited; undefined when somebody else has changed the company meanwhile. */
  async #bring(
    stored: CompanyConfig,
    before: CompanyDefinition,
    { definition, about, removed }: Edit,
    dryRun: boolean,
  ): Promise<Answer<Edited, EditRefusal | 'IN_USE'> | undefined> {
    const { storage, tools, conflictsUnder } = this.#deps;
    const errors = editErrors(before, definition, about);
    if (errors.length > 0) return refuse('INPUT_INVALID', { errors });
    const wanted = { definition, path: pathOf(0), stored };
    const against = await findConflicts([wanted], { storage, directory: storage.directory, hash: tools.hash });
    if (against.errors.length > 0)
      return refuse('CONFIG_CONFLICT', { errors: localErrors(against.errors, definition, about) });

    const gone = removed === undefined ? undefined : storedEntry(stored, removed);
    const rest = gone === undefined ? stored : withoutStored(stored, gone);
    const { config, changes: others } = reconcile(definition, rest, tools, { keepKeys: true });
    const changes =
      removed === undefined
        ? others
        : [...others, { action: 'delete' as const, path: pathIn(stored, removed), fields: [] }];
    if (changes.length === 0 || dryRun)
      return { ok: true, revision: stored.revision, changes, conflicts: await conflictsUnder(config, changes) };
    const outcome = await storage.saveConfig(
      this.#company,
      config,
      stored.revision,
      gone === undefined ? undefined : [gone],
    );
    switch (outcome.kind) {
      case 'committed':
        return { ok: true, revision: outcome.revision, changes, conflicts: await conflictsUnder(config, changes) };
      case 'in-use':
        return refuse('IN_USE', { by: [outcome.by] });
      case 'not-unique':
        return refuse('CONFIG_CONFLICT', { errors: [{ path: about?.kind ?? 'company', message: notUnique(outcome) }] });
      case 'revision-conflict':
        return undefined;
    }
  }
}

const switched =
  (kind: EntryKind, wanted: string, active: boolean) =>
  (before: CompanyDefinition): Edit | Refused<'ENTRY_UNKNOWN'> => {
    const key = keyOfText(kind, wanted, before.country);
    const entry = findEntry(before, kind, key);
    if (entry === undefined) return refuse('ENTRY_UNKNOWN', { kind, key });
    return { definition: withEntry(before, kind, { ...entry, active }), about: { kind, key } };
  };

const pathIn = ({ company }: CompanyConfig, { kind, key }: EditedEntry): string =>
  `companies.${company.key}.${listOf[kind]}.${key}`;

/** The stored entity of a key. */
function storedEntry(stored: CompanyConfig, { kind, key }: EditedEntry): ConfigRemoval | undefined {
  const list = listOf[kind];
  const id =
    list === 'agents'
      ? key
      : list === 'numbers'
        ? stored.numbers.find(({ e164 }) => e164 === key)?.id
        : stored[list].find((entity) => entity.key === key)?.id;
  return id === undefined ? undefined : { list, id };
}

const withoutStored = (stored: CompanyConfig, { list, id }: ConfigRemoval): CompanyConfig => ({
  ...stored,
  [list]: stored[list].filter((entity) => ('id' in entity ? entity.id : entity.agentId) !== id),
});

const keptChanging = (company: CompanyId): EngineError =>
  new EngineError('STORAGE_BUSY', `Company ${company} kept changing while it was changed.`);
