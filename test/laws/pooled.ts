import type { Clock } from '../../src/core/contracts/clock.ts';
import type { Storage, StorageFactory } from '../../src/core/contracts/storage.ts';

/** One open storage that serves law after law, emptied in between: opening one takes longer than most laws. */
export interface Pooled {
  /** The storage, empty, judging by this clock. It is open; its `start` and `stop` do nothing. */
  readonly fresh: (clock: Clock) => Promise<Storage>;
  readonly close: () => Promise<void>;
}

/** Opens a storage for many laws. `empty` takes away every row that a law may have written. */
export async function pooled(factory: StorageFactory, empty: () => Promise<void> | void): Promise<Pooled> {
  let judge: Clock | undefined;
  const clock: Clock = {
    now: () => judge?.now() ?? 0,
    after: (delayMs, callback) => judge?.after(delayMs, callback) ?? (() => undefined),
  };
  const storage = await factory.create({ clock });
  await storage.start();
  return {
    fresh: async (lawClock) => {
      judge = lawClock;
      await empty();
      return unclosed(storage);
    },
    close: () => storage.stop(),
  };
}

/** The storage without its life cycle. */
const unclosed = (storage: Storage): Storage =>
  new Proxy(storage, {
    get: (target, name) => {
      if (name === 'start' || name === 'stop') return async () => undefined;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
