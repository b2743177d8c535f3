import type { Clock } from './contracts/clock.ts';
import { Directory } from './contracts/directory.ts';
import { Documents } from './contracts/documents.ts';
import { HealthCheck } from './contracts/healthCheck.ts';
import { Maintenance } from './contracts/maintenance.ts';
import { Storage, type StorageFactory } from './contracts/storage.ts';
import { definePlugin, type Plugin } from './kernel/definePlugin.ts';

/** The storage as a part of the engine. An injected clock judges its times; without one the database's own does. */
export const storagePlugin = (factory: StorageFactory, injectedClock: Clock | undefined): Plugin =>
  definePlugin({
    name: 'askpro/storage',
    apiVersion: 1,
    provides: [Storage, Directory, Documents, Maintenance],
    async setup({ provide, contribute }) {
      const storage = await factory.create({ clock: injectedClock });
      provide(Storage, storage);
      provide(Directory, storage.directory);
      provide(Documents, storage.documents);
      provide(Maintenance, storage.maintenance);
      contribute(HealthCheck, {
        name: 'storage',
        async check() {
          await storage.now();
        },
      });
      return { start: () => storage.start(), stop: () => storage.stop() };
    },
  });
