import './reflect.ts';
import { container, instanceCachingFactory } from 'tsyringe';
import { EngineError } from '../errors.ts';
import type { ContributionPoint } from './contribution.ts';
import type { Token } from './token.ts';

/**
 * Holds the values of one composition: a child of tsyringe's container, keyed by token name, never falling back to the
 * parent, so nothing that others register in the process can leak in.
 */
export class Container {
  readonly #values = container.createChildContainer();
  readonly #contributions = new Map<string, unknown[]>();
  #sealed = false;

  has(token: Token<unknown>): boolean {
    return this.#values.isRegistered(token.name);
  }

  /** Registers a token; the factory runs once, when the token is first asked for. */
  set<T>(token: Token<T>, create: () => T): void {
    this.#values.register(token.name, { useFactory: instanceCachingFactory(create) });
  }

  /** The value of a token. Throws PLUGIN_REQUIREMENT_MISSING where nothing is registered. */
  get<T>(token: Token<T>): T {
    // Asking tsyringe outright would fall back to its global container.
    if (this.has(token)) return this.#values.resolve<T>(token.name);
    throw new EngineError('PLUGIN_REQUIREMENT_MISSING', `Nothing provides "${token.name}".`);
  }

  /** The value of a token, or undefined where nothing is registered. */
  find<T>(token: Token<T>): T | undefined {
    return this.has(token) ? this.get(token) : undefined;
  }

  contribute(point: ContributionPoint<unknown>, value: unknown): void {
    this.#list(point.name).push(value);
  }

  /** Everything contributed to a point: the same array for whoever asks, which fills until {@link seal}. */
  all<T>(point: ContributionPoint<T>): readonly T[] {
    // Only contribute() writes here, and the kernel's types let nothing but T through for this point.
    return this.#list(point.name) as readonly T[];
  }

  /** Ends contributing: every list handed out is frozen as it stands. */
  seal(): void {
    this.#sealed = true;
    for (const list of this.#contributions.values()) Object.freeze(list);
  }

  #list(name: string): unknown[] {
    const known = this.#contributions.get(name);
    if (known) return known;
    const list: unknown[] = [];
    this.#contributions.set(name, list);
    return this.#sealed ? (Object.freeze(list) as never[]) : list;
  }
}
