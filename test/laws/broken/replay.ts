import type { DatabaseSync } from 'node:sqlite';
import type { Storage } from '../../../src/core/contracts/storage.ts';
import type { Ground } from './brokenAdapter.ts';
import { frozen, type Ending, type RecordedCall, type RecordedMoment } from './recordedLaws.ts';

interface Underway {
  readonly ending: Promise<Ending>;
  readonly release: () => void;
}

/**
 * Answers a fault from what is recorded of a law, instead of from a database, as long as the fault does with each call
 * what an adapter without it does: passes it on once and unchanged, and answers what it is answered. A law in which a
 * fault never does anything else cannot see it.
 */
export class Replay {
  readonly #underway = new Map<RecordedCall, Underway>();
  /** A call that has begun and is not passed on yet. */
  #held: { readonly call: RecordedCall; readonly released: Promise<void> } | undefined;
  #nowMs = 0;
  #strays = false;

  /** Whether the fault did anything else; what it does after it has answered shows a while later. */
  get strays(): boolean {
    return this.#strays;
  }

  /** Goes through moments of a law with a storage in which a fault is planted, until it strays. */
  async run(plant: (ground: Ground) => Storage, moments: readonly RecordedMoment[]): Promise<void> {
    try {
      const planted = plant({
        real: this.#storage('') as Storage,
        raw: new Proxy({}, { get: () => this.#stray() }) as DatabaseSync,
        clock: { now: () => this.#nowMs, after: () => this.#stray() },
      });
      for (const { call, what, atMs } of moments) {
        this.#nowMs = atMs;
        if (what === 'begins') this.#begin(planted, call);
        else await this.#end(call);
        if (this.#strays) return;
      }
    } catch (error) {
      if (!this.#strays) throw error;
    } finally {
      await this.#endAll();
    }
  }

  #begin(planted: Storage, call: RecordedCall): void {
    // A fault that has not passed on a call of before might do so after this one.
    if (this.#held !== undefined) this.#stray();
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    this.#held = { call, released };
    this.#underway.set(call, { ending: endingOf(planted, call), release });
  }

  async #end(call: RecordedCall): Promise<void> {
    const underway = this.#underway.get(call) ?? this.#stray();
    this.#underway.delete(call);
    if (this.#held !== undefined && this.#underway.size > 0) this.#stray();
    underway.release();
    // Where calls overlap, one that waits for another is not to be waited for.
    const ending = await (this.#underway.size > 0 ? Promise.race([underway.ending, turn()]) : underway.ending);
    if (this.#held?.call === call || !isSame(ending, call.ending)) this.#stray();
  }

  /** Lets a fault come to an end in calls that are under way, lest it remember them beyond this law. */
  async #endAll(): Promise<void> {
    const endings = [...this.#underway.values()].map(({ ending, release }) => {
      release();
      return ending;
    });
    await Promise.race([Promise.all(endings), turn()]);
  }

  #storage(prefix: string): object {
    return new Proxy(
      {},
      {
        get: (_, name) => {
          const method = `${prefix}${String(name)}`;
          if (sides.has(method)) return this.#storage(`${method}.`);
          return async (...input: unknown[]) => this.#passOn(method, input);
        },
      },
    );
  }

  async #passOn(method: string, input: readonly unknown[]): Promise<unknown> {
    if (this.#held?.call.method !== method || !isSame(input, this.#held.call.input)) return this.#stray();
    const { call, released } = this.#held;
    this.#held = undefined;
    await released;
    if (this.#strays) return this.#stray();
    if (call.ending.kind === 'failed') throw call.ending.error;
    // A copy, so that what a fault changes in it is seen.
    return frozen(call.ending.answer);
  }

  #stray(): never {
    this.#strays = true;
    throw new Error('nothing is recorded of what would have come of this');
  }
}

const sides: ReadonlySet<string> = new Set(['documents', 'directory', 'maintenance']);

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function endingOf(planted: Storage, { method, input }: RecordedCall): Promise<Ending> {
  const [name, ...path] = method.split('.').reverse();
  try {
    const side = path.reduce<object>((at, each) => Reflect.get(at, each) as object, planted);
    const called = Reflect.get(side, name ?? '') as (...given: readonly unknown[]) => unknown;
    return { kind: 'answered', answer: await called.apply(side, [...input]) };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

/** Whether two values are the same to a contract, to which what is undefined is missing. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (one instanceof Error || Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
  const [a, b] = [new Map<string, unknown>(Object.entries(one)), new Map<string, unknown>(Object.entries(other))];
  return [...new Set([...a.keys(), ...b.keys()])].every((key) => isSame(a.get(key), b.get(key)));
}
