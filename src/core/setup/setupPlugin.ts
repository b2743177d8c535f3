import { hash as digest, randomBytes } from 'node:crypto';
import { Directory } from '../contracts/directory.ts';
import { NewId } from '../contracts/ids.ts';
import { Storage } from '../contracts/storage.ts';
import { Outbox } from '../jobs/outboxSignal.ts';
import { definePlugin, type Plugin } from '../kernel/definePlugin.ts';
import { Events } from '../kernel/domainEvents.ts';
import { token } from '../kernel/token.ts';
import type { ApiKeys, Setup } from './setup.ts';
import { createApiKeys } from './storedKeys.ts';
import { StoredSetup, type ConfigStorage } from './storedSetup.ts';

/** Setup documents, for the engine. */
export const SetupToken = token<Setup>()('askpro/setup');
/** API keys, for the engine. */
export const ApiKeysToken = token<ApiKeys>()('askpro/api-keys');

const SECRET_BYTES = 32;

/** Configuration as a part of the engine. */
export const setupPlugin: Plugin = definePlugin({
  name: 'askpro/setup',
  apiVersion: 1,
  requires: { storage: Storage, directory: Directory, newId: NewId, events: Events, outbox: Outbox },
  provides: [SetupToken, ApiKeysToken],
  setup({ provide }, { storage, directory, newId, events, outbox }) {
    // A fast hash is right here: secrets are random, not chosen by people, so there is nothing to guess.
    const hash = (secret: string): string => digest('sha256', secret);
    const tools = { newId, hash };
    const saving: ConfigStorage = {
      directory,
      config: (company) => storage.config(company),
      async saveConfig(company, config, revision) {
        const outcome = await storage.saveConfig(company, config, revision);
        if (outcome.kind === 'committed') {
          events.emit(outcome.event);
          outbox.raise();
        }
        return outcome;
      },
    };
    provide(SetupToken, new StoredSetup(saving, tools));
    const newSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');
    provide(ApiKeysToken, createApiKeys({ storage: saving, directory, ...tools, newSecret }));
  },
});
