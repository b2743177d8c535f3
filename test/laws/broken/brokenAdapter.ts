import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../../src/core/contracts/clock.ts';
import type { Storage } from '../../../src/core/contracts/storage.ts';

/** What a fault may use: the real storage, the database beneath it, and the clock of the law. */
export interface Ground {
  readonly real: Storage;
  readonly raw: DatabaseSync;
  readonly clock: Clock;
}

/** The real storage with exactly one fault. */
export interface BrokenAdapter {
  /** What it does wrong, as in "an adapter that …". */
  readonly fault: string;
  /** A law written against this very fault. Which others it breaks too is in `matrix.json`. */
  readonly aim: string;
  readonly plant: (ground: Ground) => Storage;
}

/** Describes a broken adapter. */
export const broken = (fault: string, aim: string, plant: (ground: Ground) => Storage): BrokenAdapter => ({
  fault,
  aim,
  plant,
});

const changed = new WeakMap<object, object>();

/** The object with some of its members replaced. */
export function replaced<T extends object>(real: T, changes: Partial<T>): T {
  const whole = new Proxy(real, {
    get: (target, name) => {
      if (Object.hasOwn(changes, name)) return changes[name as keyof T];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
    // What is new is seen by whoever looks which methods there are.
    ownKeys: (target) => [...new Set([...Reflect.ownKeys(target), ...Object.keys(changes)])],
  });
  changed.set(whole, changes);
  return whole;
}

/** Which methods of a planted storage are not the real ones: `write`, `documents.put` … */
export const faultyMethods = (planted: object): readonly string[] =>
  Object.entries(changed.get(planted) ?? {}).flatMap(([name, change]: [string, unknown]) =>
    typeof change === 'object' && change !== null ? faultyMethods(change).map((method) => `${name}.${method}`) : [name],
  );

/** The sixteen bytes under which an id is stored. */
export const stored = (id: string): Uint8Array => Buffer.from(id.replaceAll('-', ''), 'hex');
