/**
 * A typed name to which any number of plugins contribute values. Compared by name, like tokens.
 */
export interface ContributionPoint<T, Name extends string = string> {
  readonly kind: 'contributions';
  readonly name: Name;
  /** Carries the type; never present at run time. */
  readonly '~value'?: () => T;
}

/** The type of one value contributed to a point. */
export type Contributed<P> = P extends ContributionPoint<infer T> ? T : never;

/**
 * Makes a contribution point. Called twice, like {@link token}, so that the literal name is inferred.
 *
 * @example
 * interface Greeting { readonly text: string }
 * const Greeting = contributionPoint<Greeting>()('acme/greeting');
 */
export const contributionPoint =
  <T>() =>
  <const Name extends `${string}/${string}`>(name: Name): ContributionPoint<T, Name> =>
    Object.freeze({ kind: 'contributions', name });
