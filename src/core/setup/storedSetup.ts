import type { Directory } from '../contracts/directory.ts';
import type { Storage } from '../contracts/storage.ts';
import { EngineError } from '../errors.ts';
import type { CompanyConfig } from '../model/company.ts';
import type { CompanyId } from '../model/ids.ts';
import { refuse, type Answer, type FieldError } from '../refusals.ts';
import { findConflicts, type Conflicts, type Wanted } from './conflicts.ts';
import type { CompanyDefinition, Definition } from './definition.ts';
import { doubles } from './doubles.ts';
import { fieldErrors, sayIssue } from './fieldErrors.ts';
import { reconcile, type ReconcileTools } from './reconcile.ts';
import { contradictions } from './references.ts';
import { definitionSchema } from './schema.ts';
import type { Applied, ApplyOptions, Change, Setup } from './setup.ts';

/** What setup needs of a storage. */
export type ConfigStorage = Pick<Storage, 'config' | 'saveConfig'> & {
  readonly directory: Pick<Directory, 'companyByKey' | 'number' | 'agent' | 'credential'>;
};

type Refusable = Answer<Applied, 'INPUT_INVALID' | 'CONFIG_CONFLICT'>;
type Saved = { readonly company: Applied['companies'][number]; readonly changes: readonly Change[] };

/** Somebody else is changing the company at the same time when a revision is lost; nobody does that so often. */
const MAX_ATTEMPTS = 10;

/** Setup of the companies in a storage. */
export class StoredSetup implements Setup {
  readonly #storage: ConfigStorage;
  readonly #tools: ReconcileTools;

  constructor(storage: ConfigStorage, tools: ReconcileTools) {
    this.#storage = storage;
    this.#tools = tools;
  }

  async apply(definition: Definition, options: ApplyOptions = {}): Promise<Refusable> {
    const parsed = definitionSchema.safeParse(definition, { error: sayIssue });
    if (!parsed.success) return refuse('INPUT_INVALID', { errors: fieldErrors(parsed.error, 'document') });
    // The schema has the same shape; it only spells optional fields with undefined.
    const { companies } = parsed.data as Definition;
    const errors = [...companies.flatMap((company, i) => contradictions(company, pathOf(i))), ...doubles(companies)];
    if (errors.length > 0) return refuse('INPUT_INVALID', { errors });

    const { wanted, conflicts } = await this.#compare(companies);
    if (conflicts.errors.length > 0) return refuse('CONFIG_CONFLICT', { errors: conflicts.errors });
    if (options.dryRun === true)
      return answer(wanted.map(({ definition: company, stored }) => this.#plan(company, stored, options)));

    for (const [company, numbers] of conflicts.leaving) await this.#letGo(company, numbers);
    const saved: Saved[] = [];
    for (const { definition: company, path, stored } of wanted) {
      const outcome = await this.#save(company, path, options);
      if ('message' in outcome) return refuse('CONFIG_CONFLICT', { errors: [outcome] });
      const released = conflicts.leaving.get(outcome.company.id);
      // What was let go on the way is part of what changed, as a dry run would have told it.
      saved.push(
        released === undefined ? outcome : { ...outcome, changes: this.#plan(company, stored, options).changes },
      );
    }
    return answer(saved);
  }

  /** The companies beside what is stored of them, and what stands against them at that moment. */
  async #compare(
    companies: readonly CompanyDefinition[],
  ): Promise<{ readonly wanted: readonly Wanted[]; readonly conflicts: Conflicts }> {
    const { directory } = this.#storage;
    const read = (): Promise<readonly Wanted[]> =>
      Promise.all(
        companies.map(async (definition, i) => ({
          definition,
          path: pathOf(i),
          stored: await this.#stored(definition.key),
        })),
      );
    let wanted = await read();
    for (let attempt = 1; ; attempt++) {
      const conflicts = await findConflicts(wanted, { storage: this.#storage, directory, hash: this.#tools.hash });
      if (conflicts.errors.length === 0 || attempt === MAX_ATTEMPTS) return { wanted, conflicts };
      // Another process may have stored the same document between the two looks: then its numbers are no stranger's.
      const again = await read();
      if (again.every(({ stored }, i) => stored?.revision === wanted[i]?.stored?.revision))
        return { wanted, conflicts };
      wanted = again;
    }
  }

  async #stored(key: string): ReturnType<Storage['config']> {
    const id = await this.#storage.directory.companyByKey(key);
    return id === undefined ? undefined : this.#storage.config(id);
  }

  #plan(wanted: CompanyDefinition, stored: CompanyConfig | undefined, options: ApplyOptions): Saved {
    const { config, changes } = reconcile(wanted, stored, this.#tools, options);
    return { company: { key: wanted.key, id: config.company.id, revision: stored?.revision ?? 0 }, changes };
  }

  async #save(wanted: CompanyDefinition, path: string, options: ApplyOptions): Promise<Saved | FieldError> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const stored = await this.#stored(wanted.key);
      const { config, changes } = reconcile(wanted, stored, this.#tools, options);
      const id = config.company.id;
      const before = stored?.revision ?? 0;
      if (changes.length === 0) return { company: { key: wanted.key, id, revision: before }, changes };
      const outcome = await this.#storage.saveConfig(id, config, before);
      if (outcome.kind === 'committed')
        return { company: { key: wanted.key, id, revision: outcome.revision }, changes };
      if (outcome.kind === 'not-unique' && outcome.of !== 'company')
        return { path, message: `another company has this ${outcome.of}${shown(outcome)}` };
    }
    throw new EngineError('STORAGE_BUSY', `Company ${wanted.key} kept changing while it was set up.`);
  }

  /** Switches off numbers that another company of the document is about to take. */
  async #letGo(company: CompanyId, leaving: ReadonlySet<string>): Promise<void> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const config = await this.#storage.config(company);
      if (config === undefined) return;
      const numbers = config.numbers.map((one) => (leaving.has(one.e164) ? { ...one, active: false } : one));
      const next = { ...config, numbers, revision: config.revision + 1 };
      if ((await this.#storage.saveConfig(company, next, config.revision)).kind === 'committed') return;
    }
    throw new EngineError('STORAGE_BUSY', `Company ${company} kept changing while its numbers were moved.`);
  }
}

const pathOf = (index: number): string => `companies[${index}]`;

/** The hash of a secret is nobody's to read. */
const shown = ({ of, value }: { readonly of: string; readonly value: string }): string =>
  of === 'apiKey' ? '' : `: ${value}`;

const answer = (all: readonly Saved[]): Refusable => ({
  ok: true,
  changes: all.flatMap(({ changes }) => changes),
  companies: all.map(({ company }) => company),
});
