import type { Directory } from '../contracts/directory.ts';
import type { Storage } from '../contracts/storage.ts';
import { EngineError } from '../errors.ts';
import type { ApiKey, CompanyConfig } from '../model/company.ts';
import type { ApiKeyId, CompanyId } from '../model/ids.ts';
import { isStorableText } from '../model/storableText.ts';
import { refuse } from '../refusals.ts';
import type { ReconcileTools } from './reconcile.ts';
import type { ApiKeys } from './setup.ts';

const MAX_ATTEMPTS = 10;

interface Deps extends ReconcileTools {
  readonly storage: Pick<Storage, 'config' | 'saveConfig'>;
  readonly directory: Pick<Directory, 'credential'>;
  /** 256 random bits, URL-safe. */
  readonly newSecret: () => string;
}

/** Bearer keys in the storage, as hashes only. */
export const createApiKeys = ({ storage, directory, newId, hash, newSecret }: Deps): ApiKeys => {
  const change = async <T>(
    company: CompanyId,
    edit: (config: CompanyConfig) => { readonly keys: readonly ApiKey[]; readonly answer: T } | undefined,
  ): Promise<T | 'unknown-company' | 'unknown-key'> => {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const config = await storage.config(company);
      if (config === undefined) return 'unknown-company';
      const edited = edit(config);
      if (edited === undefined) return 'unknown-key';
      const next = { ...config, keys: edited.keys, revision: config.revision + 1 };
      const outcome = await storage.saveConfig(company, next, config.revision);
      if (outcome.kind === 'committed') return edited.answer;
    }
    throw new EngineError('STORAGE_BUSY', 'The company kept changing while its keys were changed.');
  };
  return {
    async create(company, wantedName) {
      const name = wantedName.trim();
      if (name === '' || name.length > 200 || !isStorableText(name))
        return refuse('INPUT_INVALID', { errors: [{ path: 'name', message: 'must have 1 to 200 characters' }] });
      const secret = `ask_${newSecret()}`;
      const key: ApiKey = {
        id: newId() as ApiKeyId,
        name,
        prefix: secret.slice(0, 12),
        hash: hash(secret),
        managed: false,
        active: true,
      };
      const outcome = await change(company, (config) => ({ keys: [...config.keys, key], answer: key }));
      return typeof outcome === 'string' ? refuse('COMPANY_UNKNOWN', {}) : { ok: true, key, secret };
    },
    async revoke(company, wanted) {
      const outcome = await change(company, (config) => {
        const matches = config.keys.filter(
          (key) => key.active && (key.id === wanted || key.prefix === wanted || key.name === wanted),
        );
        const [key] = matches;
        if (key === undefined || matches.length > 1) return undefined;
        // No longer the document's: applying it again must not bring a revoked key back.
        const revoked = { ...key, active: false, managed: false };
        return { keys: config.keys.map((other) => (other.id === key.id ? revoked : other)), answer: revoked };
      });
      if (outcome === 'unknown-company') return refuse('COMPANY_UNKNOWN', {});
      if (outcome === 'unknown-key')
        return refuse('INPUT_INVALID', {
          errors: [{ path: 'key', message: 'must name exactly one active key, by id, prefix or name' }],
        });
      return { ok: true, key: outcome };
    },
    authenticate: (secret) => directory.credential(hash(secret)),
  };
};
