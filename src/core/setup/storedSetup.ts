import type { Storage } from '../contracts/storage.ts';
import { EngineError } from '../errors.ts';
import type { CompanyConfig } from '../model/company.ts';
import type { CompanyId } from '../model/ids.ts';
import { refuse, type Answer, type FieldError } from '../refusals.ts';
import type { CompanySetup } from './companySetup.ts';
import { findConflicts, type Conflicts, type Wanted } from './conflicts.ts';
import type { CompanyDefinition, Definition } from './definition.ts';
import { judge, pathOf, withinFirst } from './judge.ts';
import { reconcile } from './reconcile.ts';
import type { Change } from './change.ts';
import type { Applied, AppliedCompany, ApplyOptions, Setup } from './setup.ts';
import { MAX_ATTEMPTS, notUnique, type SetupDeps } from './setupDeps.ts';
import { StoredCompanySetup } from './storedCompanySetup.ts';

type Refusable = Answer<Applied, 'INPUT_INVALID' | 'CONFIG_CONFLICT'>;
type Saved = { readonly company: AppliedCompany; readonly changes: readonly Change[] };

interface HowToApply extends ApplyOptions {
  /** Refuses a company that is there already. */
  readonly onlyNew?: boolean;
}

/** Setup of the companies in a storage. */
export class StoredSetup implements Setup {
  readonly #deps: SetupDeps;

  constructor(deps: SetupDeps) {
    this.#deps = deps;
  }

  company(id: CompanyId): CompanySetup {
    return new StoredCompanySetup(id, this.#deps);
  }

  async create(definition: CompanyDefinition): ReturnType<Setup['create']> {
    const applied = await this.#apply({ companies: [definition] }, { onlyNew: true });
    if (applied.ok) {
      const [company] = applied.companies;
      if (company === undefined) throw new TypeError('a company was applied and not answered');
      return { ok: true, company };
    }
    const errors = applied.refusal.errors.map(({ path, message }) => ({ path: withinFirst(path), message }));
    return refuse(applied.refusal.code, { errors });
  }

  apply(definition: Definition, options: ApplyOptions = {}): Promise<Refusable> {
    return this.#apply(definition, options);
  }

  async #apply(definition: Definition, options: HowToApply): Promise<Refusable> {
    const judged = judge(definition);
    if (!judged.ok) return refuse('INPUT_INVALID', { errors: judged.errors });
    const { wanted, conflicts } = await this.#compare(judged.companies);
    const errors = [...conflicts.errors, ...(options.onlyNew === true ? wanted.flatMap(takenKey) : [])];
    if (errors.length > 0) return refuse('CONFIG_CONFLICT', { errors });
    if (options.dryRun === true)
      return answer(
        await Promise.all(wanted.map(({ definition: company, stored }) => this.#plan(company, stored, options))),
      );

    for (const [company, numbers] of conflicts.leaving) await this.#letGo(company, numbers);
    const saved: Saved[] = [];
    for (const { definition: company, path, stored } of wanted) {
      const outcome = await this.#save(company, path, options);
      if ('message' in outcome) return refuse('CONFIG_CONFLICT', { errors: [outcome] });
      const released = conflicts.leaving.get(outcome.company.id);
      // What was let go on the way is part of what changed, as a dry run would have told it.
      saved.push(
        released === undefined
          ? outcome
          : { ...outcome, changes: reconcile(company, stored, this.#deps.tools, options).changes },
      );
    }
    return answer(saved);
  }

  /** The companies beside what is stored of them, and what stands against them at that moment. */
  async #compare(
    companies: readonly CompanyDefinition[],
  ): Promise<{ readonly wanted: readonly Wanted[]; readonly conflicts: Conflicts }> {
    const { storage, tools } = this.#deps;
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
      const conflicts = await findConflicts(wanted, { storage, directory: storage.directory, hash: tools.hash });
      if (conflicts.errors.length === 0 || attempt === MAX_ATTEMPTS) return { wanted, conflicts };
      // Another process may have stored the same document between the two looks: then its numbers are no stranger's.
      const again = await read();
      if (again.every(({ stored }, i) => stored?.revision === wanted[i]?.stored?.revision))
        return { wanted, conflicts };
      wanted = again;
    }
  }

  async #stored(key: string): ReturnType<Storage['config']> {
    const { storage } = this.#deps;
    const id = await storage.directory.companyByKey(key);
    return id === undefined ? undefined : storage.config(id);
  }

  async #plan(wanted: CompanyDefinition, stored: CompanyConfig | undefined, options: ApplyOptions): Promise<Saved> {
    const { config, changes } = reconcile(wanted, stored, this.#deps.tools, options);
    return this.#told(wanted, config, stored?.revision ?? 0, changes, stored === undefined);
  }

  async #save(wanted: CompanyDefinition, path: string, options: HowToApply): Promise<Saved | FieldError> {
    const { storage, tools } = this.#deps;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const stored = await this.#stored(wanted.key);
      if (options.onlyNew === true && stored !== undefined) return { path: `${path}.key`, message: taken(wanted.key) };
      const { config, changes } = reconcile(wanted, stored, tools, options);
      const before = stored?.revision ?? 0;
      if (changes.length === 0) return this.#told(wanted, config, before, changes, stored === undefined);
      const outcome = await storage.saveConfig(config.company.id, config, before);
      if (outcome.kind === 'committed')
        return this.#told(wanted, config, outcome.revision, changes, stored === undefined);
      if (outcome.kind === 'not-unique' && outcome.of !== 'company') return { path, message: notUnique(outcome) };
    }
    throw new EngineError('STORAGE_BUSY', `Company ${wanted.key} kept changing while it was set up.`);
  }

  async #told(
    { key }: CompanyDefinition,
    config: CompanyConfig,
    revision: number,
    changes: readonly Change[],
    isNew: boolean,
  ): Promise<Saved> {
    const { id } = config.company;
    // A company that was not there has no appointments.
    const conflicts = await this.#deps.conflictsUnder(config, isNew ? [] : changes);
    return { company: { key, id, revision, conflicts }, changes };
  }

  /** Switches off numbers that another company of the document is about to take. */
  async #letGo(company: CompanyId, leaving: ReadonlySet<string>): Promise<void> {
    const { storage } = this.#deps;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const config = await storage.config(company);
      if (config === undefined) return;
      const numbers = config.numbers.map((one) => (leaving.has(one.e164) ? { ...one, active: false } : one));
      const next = { ...config, numbers, revision: config.revision + 1 };
      if ((await storage.saveConfig(company, next, config.revision)).kind === 'committed') return;
    }
    throw new EngineError('STORAGE_BUSY', `Company ${company} kept changing while its numbers were moved.`);
  }
}

const taken = (key: string): string => `belongs to another company: ${key}`;

const takenKey = ({ definition, path, stored }: Wanted): readonly FieldError[] =>
  stored === undefined ? [] : [{ path: `${path}.key`, message: taken(definition.key) }];

const answer = (all: readonly Saved[]): Refusable => ({
  ok: true,
  changes: all.flatMap(({ changes }) => changes),
  companies: all.map(({ company }) => company),
});
