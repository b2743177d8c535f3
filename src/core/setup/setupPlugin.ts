import { hash as digest, randomBytes } from 'node:crypto';
import { compileCatalog } from '../availability/catalog.ts';
import { BookingConflictsToken } from '../company/bookingConflicts.ts';
import { firstConflicts, noConflicts } from '../company/conflictPages.ts';
import { Directory } from '../contracts/directory.ts';
import { NewId } from '../contracts/ids.ts';
import { Storage } from '../contracts/storage.ts';
import { Outbox } from '../jobs/outboxSignal.ts';
import { definePlugin, type Plugin } from '../kernel/definePlugin.ts';
import { Events } from '../kernel/domainEvents.ts';
import { token } from '../kernel/token.ts';
import { ApiKeysToken } from './apiKeysToken.ts';
import type { Setup } from './setup.ts';
import { createApiKeys } from './storedKeys.ts';
import type { ConfigStorage, SetupDeps } from './setupDeps.ts';
import { StoredSetup } from './storedSetup.ts';

/** Setup documents, for the engine. */
export const SetupToken = token<Setup>()('askpro/setup');

const SECRET_BYTES = 32;

/** Configuration as a part of the engine. */
export const setupPlugin: Plugin = definePlugin({
  name: 'askpro/setup',
  apiVersion: 1,
  requires: {
    storage: Storage,
    directory: Directory,
    newId: NewId,
    events: Events,
    outbox: Outbox,
    conflicts: BookingConflictsToken,
  },
  provides: [SetupToken, ApiKeysToken],
  setup({ provide }, { storage, directory, newId, events, outbox, conflicts }) {
    // A fast hash is right here: secrets are random, not chosen by people, so there is nothing to guess.
    const hash = (secret: string): string => digest('sha256', secret);
    const tools = { newId, hash };
    const saving: ConfigStorage = {
      directory,
      config: (company) => storage.config(company),
      async saveConfig(...input) {
        const outcome = await storage.saveConfig(...input);
        if (outcome.kind === 'committed') {
          events.emit(outcome.event);
          outbox.raise();
        }
        return outcome;
      },
      async removeCompany(...input) {
        const outcome = await storage.removeCompany(...input);
        if (outcome.kind === 'committed') {
          events.emit(outcome.event);
          outbox.raise();
        }
        return outcome;
      },
    };
    const conflictsUnder: SetupDeps['conflictsUnder'] = async (config, changes) =>
      changes.length === 0 ? noConflicts : firstConflicts(conflicts, compileCatalog(config));
    provide(SetupToken, new StoredSetup({ storage: saving, tools, conflictsUnder }));
    const newSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');
    provide(ApiKeysToken, createApiKeys({ storage: saving, directory, ...tools, newSecret }));
  },
});
