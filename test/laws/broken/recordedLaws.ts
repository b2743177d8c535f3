import type { Clock } from '../../../src/core/contracts/clock.ts';
import type { Law } from '../../../src/core/contracts/law.ts';
import type { Storage } from '../../../src/core/contracts/storage.ts';
import { storageLaws } from '../../../src/core/contracts/storageLaws.ts';

/** How a call came out. */
export type Ending =
  { readonly kind: 'answered'; readonly answer: unknown } | { readonly kind: 'failed'; readonly error: unknown };

/** A call that a law made of the real storage. Nobody may change what it holds. */
export interface RecordedCall {
  /** Such as `write` or `documents.put`. */
  readonly method: string;
  readonly input: readonly unknown[];
  readonly ending: Ending;
}

/** That a call began or ended, and what the clock of the law told then. */
export interface RecordedMoment {
  readonly call: RecordedCall;
  readonly what: 'begins' | 'ends';
  readonly atMs: number;
}

/** What a law does while nothing is wrong. */
export interface RecordedLaw {
  /** In the order in which they were; calls that were made at once overlap. */
  readonly moments: readonly RecordedMoment[];
  /** How many storages it makes. */
  readonly storages: number;
  /** Whether it looks which methods there are. */
  readonly looksForMethods: boolean;
}

/** Runs every law on the real storage, and records what it calls. */
export async function recordLaws(
  fresh: (clock: Clock) => Promise<Storage>,
): Promise<ReadonlyMap<Law['name'], RecordedLaw>> {
  const recorded = new Map<Law['name'], RecordedLaw>();
  let recorder = new Recorder();
  const laws = storageLaws({ create: async (clock) => recorder.storage(await fresh(clock), clock) });
  for (const law of laws) {
    recorder = new Recorder();
    await law.run();
    recorded.set(law.name, recorder.law());
  }
  return recorded;
}

const notYet: Ending = { kind: 'failed', error: new Error('this call has not ended') };

class Recorder {
  readonly #moments: RecordedMoment[] = [];
  #storages = 0;
  #looksForMethods = false;

  law(): RecordedLaw {
    if (this.#moments.some(({ call }) => call.ending === notYet)) throw new Error('a law ended before its calls did');
    return { moments: this.#moments, storages: this.#storages, looksForMethods: this.#looksForMethods };
  }

  /** The storage, with everything recorded that is done with it. */
  storage(real: Storage, clock: Clock): Storage {
    this.#storages++;
    return this.#listening(real, '', clock);
  }

  #listening<T extends object>(real: T, prefix: string, clock: Clock): T {
    return new Proxy(real, {
      ownKeys: (target) => {
        this.#looksForMethods = true;
        return Reflect.ownKeys(target);
      },
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value === 'object' && value !== null)
          return this.#listening(value, `${prefix}${String(name)}.`, clock);
        if (typeof value !== 'function') return value;
        return (...input: unknown[]) =>
          this.#record(prefix + String(name), input, clock, () => Reflect.apply(value, target, input) as unknown);
      },
    });
  }

  async #record(method: string, input: unknown[], clock: Clock, make: () => unknown): Promise<unknown> {
    const call = { method, input: input.map(frozen), ending: notYet };
    this.#moments.push({ call, what: 'begins', atMs: clock.now() });
    try {
      const answer = await make();
      call.ending = { kind: 'answered', answer: frozen(answer) };
      return answer;
    } catch (error) {
      call.ending = { kind: 'failed', error };
      throw error;
    } finally {
      this.#moments.push({ call, what: 'ends', atMs: clock.now() });
    }
  }
}

/** A copy of a value that nobody can change, except for its arrays of numbers, which cannot be frozen. */
export function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value)) return structuredClone(value);
  if (Array.isArray(value)) return Object.freeze(value.map(frozen));
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, each]) => [key, frozen(each)])));
}
