import type { ZodError } from 'zod';
import type { Storage } from '../contracts/storage.ts';
import { EngineError } from '../errors.ts';
import type { CompanyId } from '../model/ids.ts';
import { refuse, type Answer, type FieldError } from '../refusals.ts';
import { toE164 } from '../phone/e164.ts';
import type { CompanyDefinition, Definition } from './definition.ts';
import { reconcile, type ReconcileTools } from './reconcile.ts';
import { contradictions } from './references.ts';
import { definitionSchema } from './schema.ts';
import type { Applied, ApplyOptions, Change, Setup } from './setup.ts';

/** What setup needs of a storage. */
export type ConfigStorage = Pick<Storage, 'config' | 'saveConfig' | 'directory'>;

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
    const parsed = definitionSchema.safeParse(definition);
    if (!parsed.success) return refuse('INPUT_INVALID', { errors: fieldErrors(parsed.error) });
    // The schema has the same shape; it only spells optional fields with undefined.
    const companies = (parsed.data as Definition).companies;
    const errors = [
      ...companies.flatMap((company, i) => contradictions(company, `companies[${i}]`)),
      ...doubles(companies),
    ];
    if (errors.length > 0) return refuse('INPUT_INVALID', { errors });
    const conflicts = (
      await Promise.all(companies.map((company, i) => this.#conflicts(company, `companies[${i}]`)))
    ).flat();
    if (conflicts.length > 0) return refuse('CONFIG_CONFLICT', { errors: conflicts });

    const saved = new Map<string, Saved>();
    let open = companies.map((company, i) => ({ company, path: `companies[${i}]` }));
    while (open.length > 0) {
      const held: typeof open = [];
      const errors: FieldError[] = [];
      for (const entry of open) {
        const outcome = await this.#save(entry.company, entry.path, options.dryRun === true);
        if ('message' in outcome) {
          held.push(entry);
          errors.push(outcome);
        } else saved.set(entry.company.key, outcome);
      }
      // A number may be on its way from one company of the document to another: go round while anyone succeeds.
      if (held.length === open.length) return refuse('CONFIG_CONFLICT', { errors });
      open = held;
    }
    const all = companies.flatMap(({ key }) => saved.get(key) ?? []);
    return { ok: true, changes: all.flatMap(({ changes }) => changes), companies: all.map(({ company }) => company) };
  }

  async #stored(key: string): ReturnType<Storage['config']> {
    const id = await this.#storage.directory.companyByKey(key);
    return id === undefined ? undefined : this.#storage.config(id);
  }

  /** What cannot be, seen before anything is written. */
  async #conflicts(company: CompanyDefinition, path: string): Promise<readonly FieldError[]> {
    const stored = await this.#stored(company.key);
    const errors: FieldError[] = [];
    if (stored !== undefined && stored.company.grainMinutes !== (company.grainMinutes ?? 5))
      errors.push({ path: `${path}.grainMinutes`, message: `is ${stored.company.grainMinutes} and cannot change` });
    return errors;
  }

  async #save(wanted: CompanyDefinition, path: string, dryRun: boolean): Promise<Saved | FieldError> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const stored = await this.#stored(wanted.key);
      const { config, changes } = reconcile(wanted, stored, this.#tools);
      const id: CompanyId = config.company.id;
      const before = stored?.revision ?? 0;
      if (dryRun || changes.length === 0) return { company: { key: wanted.key, id, revision: before }, changes };
      const outcome = await this.#storage.saveConfig(id, config, before);
      if (outcome.kind === 'committed')
        return { company: { key: wanted.key, id, revision: outcome.revision }, changes };
      if (outcome.kind === 'not-unique' && outcome.of !== 'company')
        return { path, message: `another company has this ${outcome.of}: ${outcome.value}` };
    }
    throw new EngineError('STORAGE_BUSY', `Company ${wanted.key} kept changing while it was set up.`);
  }
}

/** The errors of a schema as paths and sentences. */
export const fieldErrors = (error: ZodError): readonly FieldError[] =>
  error.issues.map(({ path, message }) => ({
    path: path
      .map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? String(part) : `.${String(part)}`))
      .join(''),
    message,
  }));

/** Keys, numbers and agents that two companies of one document claim. */
function doubles(companies: readonly CompanyDefinition[]): readonly FieldError[] {
  const errors: FieldError[] = [];
  const owners = new Map<string, string>();
  const claim = (what: string, value: string, owner: string, path: string): void => {
    const other = owners.get(`${what} ${value}`);
    if (other === undefined) owners.set(`${what} ${value}`, owner);
    else if (other !== owner || what === 'company') errors.push({ path, message: `is given twice: ${value}` });
  };
  companies.forEach((company, i) => {
    const path = `companies[${i}]`;
    claim('company', company.key, company.key, `${path}.key`);
    company.numbers?.forEach(({ number, agent, active }, j) => {
      if (active === false) return;
      claim('number', toE164(number, company.country) ?? number, company.key, `${path}.numbers[${j}].number`);
      if (agent !== undefined) claim('agent', agent, company.key, `${path}.numbers[${j}].agent`);
    });
    company.agents?.forEach(({ id }, j) => claim('agent', id, company.key, `${path}.agents[${j}].id`));
    company.keys?.forEach(({ secret }, j) => claim('key', secret, company.key, `${path}.keys[${j}].secret`));
  });
  return errors.map((error) => (error.path.endsWith('.secret') ? { ...error, message: 'is given twice' } : error));
}
