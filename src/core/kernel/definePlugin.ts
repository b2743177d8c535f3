import type { Contributed, ContributionPoint } from './contribution.ts';
import type { Handle, Observe } from './eventType.ts';
import type { Requirements, Resolved } from './requirement.ts';
import type { Token, TokenValue } from './token.ts';

/** The version of the plugin API that this engine speaks. */
export const PLUGIN_API_VERSION = 1;

/** What a plugin does when the engine starts and stops. */
export interface PluginHooks {
  /** Opens what the plugin needs. Runs after the `start` of every plugin required. Cleans up after itself if it throws. */
  readonly start?: () => unknown;
  /**
   * Closes it. Runs before the `stop` of every plugin required, and only if `start` succeeded; in a plugin without `start`
   * whenever its setup succeeded.
   */
  readonly stop?: () => unknown;
}

/** What a plugin can do while it is set up. All but `on` end with `setup`. */
export interface PluginContext<Provides extends readonly Token<unknown>[]> {
  /** Provides a token listed in `provides`. */
  readonly provide: <K extends Provides[number]>(token: K, value: NoInfer<TokenValue<K>>) => void;
  /** Adds a value to a contribution point. */
  readonly contribute: <P extends ContributionPoint<unknown>>(point: P, value: NoInfer<Contributed<P>>) => void;
  /** Observes an event after its commit, in process, at most once. Ends when the engine stops. */
  readonly on: Observe;
  /**
   * Handles an event durably: at least once, once in effect by (name, event id). The name is unique for the event and stays
   * the same for good.
   */
  readonly handle: Handle;
}

type SetupResult = PluginHooks | void;

/** A plugin as its author writes it. */
export interface PluginDefinition<R extends Requirements, Provides extends readonly Token<unknown>[]> {
  /** Unique in an engine; appears in errors and in the boot report. */
  readonly name: string;
  readonly apiVersion: typeof PLUGIN_API_VERSION;
  /** What `setup` receives as its second argument, by alias. Decides the order of plugins. */
  readonly requires?: R;
  /** The tokens that `setup` provides, each exactly once. */
  readonly provides?: Provides;
  readonly setup: (context: PluginContext<Provides>, required: Resolved<R>) => SetupResult | Promise<SetupResult>;
}

/** A plugin as an engine takes it. */
export interface Plugin {
  readonly name: string;
  readonly apiVersion: number;
  readonly requires: Requirements;
  readonly provides: readonly Token<unknown>[];
  readonly setup: (
    context: PluginContext<readonly Token<unknown>[]>,
    required: Readonly<Record<string, unknown>>,
  ) => SetupResult | Promise<SetupResult>;
}

/**
 * Defines a plugin. Nothing of it runs before an engine is created with it.
 *
 * @example
 * interface Greeter { greet(name: string): string }
 * const Greeter = token<Greeter>()('acme/greeter');
 * const greeter = definePlugin({
 *   name: 'greeter', apiVersion: 1, provides: [Greeter],
 *   setup({ provide }) { provide(Greeter, { greet: (name) => `Hello ${name}` }); },
 * });
 */
export const definePlugin = <
  R extends Requirements = Record<never, never>,
  const Provides extends readonly Token<unknown>[] = readonly [],
>(
  definition: PluginDefinition<R, Provides>,
): Plugin =>
  Object.freeze({
    name: definition.name,
    apiVersion: definition.apiVersion,
    requires: definition.requires ?? {},
    provides: definition.provides ?? [],
    // The container resolved exactly what `requires` lists, which the type system cannot follow.
    setup: (context, required) => definition.setup(context, required as Resolved<R>),
  } satisfies Plugin);
