import { BootRecord, type BootReport } from './boot.ts';
import { Container } from './container.ts';
import type { ContributionPoint } from './contribution.ts';
import { systemTimer, type BootTimer } from './deadline.ts';
import type { Plugin, PluginHooks } from './definePlugin.ts';
import { Events, type DomainEvents } from './domainEvents.ts';
import { HOST, report, type ErrorSink } from './errorSink.ts';
import { EventBus } from './events.ts';
import { defaultLimits, Lifecycle, type PluginLimits } from './lifecycle.ts';
import { orderPlugins } from './order.ts';
import { setUp } from './setup.ts';
import { bind, type Binding, type Token } from './token.ts';

/** What a composition is made from. */
export interface ComposeOptions {
  /** In any order. */
  readonly plugins: readonly Plugin[];
  /** Tokens that are there before any plugin; see {@link bind}. */
  readonly values?: readonly Binding[];
  /** Receives what observers throw, and what fails where nobody waits for it. */
  readonly onError: ErrorSink;
  /** How long one plugin may take for a step; by default 10 s for setup and stop, 30 s for start. */
  readonly limits?: Partial<PluginLimits>;
  /** By default the machine's own time. */
  readonly timer?: BootTimer;
}

/** Plugins that were set up together. Two compositions share nothing. */
export interface Composition {
  /** The value of a token. Throws PLUGIN_REQUIREMENT_MISSING where nothing provides it. */
  readonly get: <T>(token: Token<T>) => T;
  /** Everything contributed to a point, in the order in which the plugins were set up. */
  readonly all: <T>(point: ContributionPoint<T>) => readonly T[];
  /** Starts every plugin, in order. Rejects with START_FAILED after what had started was stopped again. */
  readonly start: () => Promise<void>;
  /** Stops every plugin, in reverse, then ends all observers. Rejects with STOP_FAILED, with every reason as its cause. */
  readonly stop: () => Promise<void>;
  readonly events: Events;
  /** How long each plugin took so far. */
  readonly boot: BootReport;
}

/**
 * Puts plugins in order and sets them up, one after another. Nothing is started yet.
 * Rejects with a PLUGIN_ code where they do not fit together, and with SETUP_FAILED where a setup throws anything but an
 * EngineError; what was set up by then is stopped.
 *
 * @example
 * const Greeting = token<string>()('acme/greeting');
 * const composition = await compose({ plugins: [], values: [bind(Greeting, 'Hello')], onError: console.error });
 * await composition.start();
 * composition.get(Greeting);
 * await composition.stop();
 */
export const compose = async (options: ComposeOptions): Promise<Composition> => {
  const { plugins, onError, timer = systemTimer } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const events: Events = new EventBus<DomainEvents>(onError);
  const values = [bind(Events, events), ...(options.values ?? [])];
  const ordered = orderPlugins(
    plugins,
    values.map(({ token }) => token.name),
  );
  const container = new Container();
  for (const { token, value } of values) container.set(token, () => value);
  const boot = new BootRecord();
  const lifecycle = new Lifecycle({ limits, timer, onError, boot });
  const admit = (name: string, hooks: PluginHooks): void => lifecycle.add(name, hooks);
  const place = { container, events, limitMs: limits.setupMs, timer, onError, admit };
  // First in, last out: what other members emit while they stop is still observed.
  admit(HOST, { stop: () => events.close() });
  try {
    for (const { plugin, after } of ordered) {
      const begunMs = timer.monotonicMs();
      await setUp(plugin, place);
      boot.setUp(plugin.name, after, timer.monotonicMs() - begunMs);
    }
  } catch (error) {
    await lifecycle.stop().catch((reason: unknown) => report(onError, reason, { phase: 'rollback', plugin: HOST }));
    throw error;
  }
  container.seal();
  return {
    get: (token) => container.get(token),
    all: (point) => container.all(point),
    start: () => lifecycle.start(),
    stop: () => lifecycle.stop(),
    events,
    get boot() {
      return boot.report();
    },
  };
};
