import type { ContributionPoint } from './contribution.ts';
import type { Token } from './token.ts';

/** Asks for a token's value if any plugin provides it; made by {@link optional}. */
export interface OptionalRequirement<T> {
  readonly kind: 'optional';
  readonly token: Token<T>;
}

/** Asks for everything contributed to a point; made by {@link all}. */
export interface AllRequirement<T> {
  readonly kind: 'all';
  readonly point: ContributionPoint<T>;
}

/** One entry of a plugin's `requires`. */
export type Requirement<T = unknown> = Token<T> | OptionalRequirement<T> | AllRequirement<T>;

/** A plugin's `requires`: the alias it uses inside, and what it asks for. */
export type Requirements = Readonly<Record<string, Requirement>>;

/** What `setup` receives for one requirement. */
export type ResolvedOne<R> =
  R extends AllRequirement<infer T>
    ? readonly T[]
    : R extends OptionalRequirement<infer T>
      ? T | undefined
      : R extends Token<infer T>
        ? T
        : never;

/** What `setup` receives as its second argument: every alias with its value. */
export type Resolved<R extends Requirements> = { readonly [Alias in keyof R]: ResolvedOne<R[Alias]> };

/**
 * Requires a token without insisting: the value is `undefined` where no plugin provides it. The order is kept: if a
 * plugin provides it, that plugin is set up first.
 *
 * @example
 * const requires = { mail: optional(token<{ send(text: string): void }>()('acme/mail')) };
 */
export const optional = <T>(token: Token<T>): OptionalRequirement<T> => Object.freeze({ kind: 'optional', token });

/**
 * Requires everything that plugins contribute to a point, in the order in which the plugins are set up.
 * The array is one and the same for the whole composition. It fills while plugins are set up, and is complete and
 * frozen before the first `start`: keep the reference, read it later, do not copy it in `setup`.
 *
 * @example
 * const requires = { greetings: all(contributionPoint<string>()('acme/greeting')) };
 */
export const all = <T>(point: ContributionPoint<T>): AllRequirement<T> => Object.freeze({ kind: 'all', point });

/** The token whose provider must be set up first, or undefined for contributions, which impose no order. */
export const requiredToken = (requirement: Requirement): Token<unknown> | undefined => {
  if (requirement.kind === 'all') return undefined;
  return requirement.kind === 'optional' ? requirement.token : requirement;
};
