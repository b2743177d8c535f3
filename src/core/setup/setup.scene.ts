import { createHash } from 'node:crypto';
import type { CompanyRemoval, ConfigOutcome } from '../contracts/storage.ts';
import { noConflicts } from '../company/conflictPages.ts';
import type { Company, CompanyConfig } from '../model/company.ts';
import type { CompanyId, EventId } from '../model/ids.ts';
import { uuidV7Source } from '../model/uuid.ts';
import type { ReconcileTools } from './reconcile.ts';
import type { ConfigStorage } from './setupDeps.ts';
import { StoredSetup } from './storedSetup.ts';

/** SHA-256 as lower-case hex. */
export const hash = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Ids and hashes as production has them. */
export function tools(): ReconcileTools {
  const next = uuidV7Source((into) => crypto.getRandomValues(into));
  return { newId: () => next(Date.UTC(2026, 10, 23, 8)), hash };
}

/** Configurations in memory, by the letter of the storage's contract. */
class MemoryConfigs implements ConfigStorage {
  readonly configs = new Map<CompanyId, CompanyConfig>();
  writes = 0;
  /** Runs before each write, as another process would. */
  beforeSave: () => void = () => undefined;

  readonly directory: ConfigStorage['directory'] = {
    companyByKey: async (key) => this.#all().find(({ company }) => company.key === key)?.company.id,
    number: async (e164) => {
      const found = this.#all().flatMap((config) =>
        config.numbers.filter((number) => number.e164 === e164).map((number) => ({ config, number })),
      );
      const held = found.find(({ number }) => number.active) ?? found[0];
      return held && { ...held.number, active: false, company: faceOf(held.config.company) };
    },
    agent: async (agentId) => {
      for (const { company, agents } of this.#all())
        for (const agent of agents) if (agent.agentId === agentId) return { ...agent, company: faceOf(company) };
      return undefined;
    },
    credential: async (digest) => {
      for (const { company, keys, revision } of this.#all())
        for (const key of keys)
          if (key.hash === digest && key.active && company.active)
            return { keyId: key.id, companyId: company.id, revision };
      return undefined;
    },
  };

  async config(company: CompanyId): Promise<CompanyConfig | undefined> {
    return this.configs.get(company);
  }

  async saveConfig(company: CompanyId, config: CompanyConfig, expectedRevision: number): Promise<ConfigOutcome> {
    this.beforeSave();
    const foreign = this.#foreign(company, config);
    if (foreign !== undefined) return foreign;
    const stored = this.configs.get(company);
    if ((stored?.revision ?? 0) !== expectedRevision) return { kind: 'revision-conflict' };
    const revision = expectedRevision + 1;
    this.configs.set(company, structuredClone({ ...config, revision }));
    this.writes++;
    const id = `event-${this.writes}` as EventId;
    const event = { id, companyId: company, name: 'company.changed', aggregate: company, occurredMs: 0 } as const;
    return { kind: 'committed', revision, event: { ...event, payload: { revision } } };
  }

  async removeCompany(company: CompanyId, expectedRevision: number): Promise<CompanyRemoval> {
    const stored = this.configs.get(company);
    if (stored?.revision !== expectedRevision) return { kind: 'revision-conflict' };
    this.configs.delete(company);
    this.writes++;
    const id = `event-${this.writes}` as EventId;
    const payload = { key: stored.company.key, revision: expectedRevision + 1 };
    const event = { id, companyId: company, name: 'company.removed', aggregate: company, occurredMs: 0 } as const;
    return { kind: 'committed', event: { ...event, payload } };
  }

  #all(): readonly CompanyConfig[] {
    return [...this.configs.values()];
  }

  #foreign(company: CompanyId, config: CompanyConfig): Extract<ConfigOutcome, { kind: 'not-unique' }> | undefined {
    for (const of of ['company', 'number', 'agent', 'apiKey'] as const) {
      const wanted = globallyUnique(config)[of];
      const twice = wanted.find((value, i) => wanted.indexOf(value) !== i);
      const others = this.#all().filter((other) => other.company.id !== company);
      const taken = twice ?? wanted.find((value) => others.some((other) => globallyUnique(other)[of].includes(value)));
      if (taken !== undefined) return { kind: 'not-unique', of, value: taken };
    }
    return undefined;
  }
}

const globallyUnique = (
  config: CompanyConfig,
): Record<'company' | 'number' | 'agent' | 'apiKey', readonly string[]> => ({
  company: [config.company.key],
  number: config.numbers.filter(({ active }) => active).map(({ e164 }) => e164),
  agent: config.agents.map(({ agentId }) => agentId),
  apiKey: config.keys.map((key) => key.hash),
});

const faceOf = ({ id, key, name, timeZone, locale, country }: Company) => ({
  id,
  key,
  name,
  timeZone,
  locale,
  country,
});

/** A setup on an empty storage. */
export function scene() {
  const storage = new MemoryConfigs();
  const setup = new StoredSetup({ storage, tools: tools(), conflictsUnder: () => Promise.resolve(noConflicts) });
  return {
    storage,
    setup,
    /** What is stored of a company. */
    async stored(key: string): Promise<CompanyConfig> {
      const id = await storage.directory.companyByKey(key);
      const config = id === undefined ? undefined : await storage.config(id);
      if (config === undefined) throw new Error(`no company ${key}`);
      return config;
    },
  };
}
