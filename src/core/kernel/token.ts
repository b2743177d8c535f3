/**
 * A typed name under which one plugin provides a value and others require it. Tokens are compared by name, so two
 * copies of this package in one process agree; the literal name is part of the type, so tokens of equal shape differ.
 */
export interface Token<T, Name extends string = string> {
  readonly kind: 'token';
  readonly name: Name;
  /** Carries the type; never present at run time. */
  readonly '~value'?: () => T;
}

/** The type of the value that a token stands for. */
export type TokenValue<K> = K extends Token<infer T> ? T : never;

/**
 * Makes a token. It is called twice because TypeScript infers the literal name only when the value's type is given apart.
 * The name starts with the package or vendor that owns it.
 *
 * @example
 * interface Greeter { greet(name: string): string }
 * const Greeter = token<Greeter>()('acme/greeter');
 */
export const token =
  <T>() =>
  <const Name extends `${string}/${string}`>(name: Name): Token<T, Name> =>
    Object.freeze({ kind: 'token', name });

/** A token's value, ready before any plugin is set up; see {@link bind}. */
export interface Binding {
  readonly token: Token<unknown>;
  readonly value: unknown;
}

/**
 * Pairs a token with the value a host brings along, such as its storage.
 *
 * @example
 * const Region = token<string>()('acme/region');
 * const binding = bind(Region, 'eu');
 */
export const bind = <K extends Token<unknown>>(token: K, value: NoInfer<TokenValue<K>>): Binding =>
  Object.freeze({ token, value });
