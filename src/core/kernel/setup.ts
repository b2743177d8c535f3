import { EngineError } from '../errors.ts';
import type { Container } from './container.ts';
import { withinLimit, type BootTimer } from './deadline.ts';
import type { Plugin, PluginContext, PluginHooks } from './definePlugin.ts';
import type { Events } from './domainEvents.ts';
import { handling, observing, type Handle } from './eventType.ts';
import { report, textOf, type ErrorSink } from './errorSink.ts';
import type { Requirement } from './requirement.ts';
import type { Token } from './token.ts';

/** Where a plugin is set up, and within which time. */
export interface SetupPlace {
  readonly container: Container;
  readonly events: Events;
  readonly limitMs: number;
  readonly timer: BootTimer;
  readonly onError: ErrorSink;
  /** Told of the plugin's hooks as soon as there are any, so that what setup opened is closed whatever happens next. */
  readonly admit: (name: string, hooks: PluginHooks) => void;
}

/**
 * Sets up a plugin whose requirements are all in the container.
 * Rejects with PLUGIN_TIMEOUT, with PLUGIN_NOT_PROVIDED if a declared token was not provided, with the EngineError that
 * setup throws, and with SETUP_FAILED for anything else it throws.
 */
export const setUp = async (plugin: Plugin, place: SetupPlace): Promise<void> => {
  const { container, limitMs, timer, onError } = place;
  const { name } = plugin;
  let open = true;
  const context = contextFor(plugin, place, () => open);
  const required = resolveAll(plugin, container);
  const late = (error: unknown): void => report(onError, error, { phase: 'late', plugin: name });
  const undo = async (hooks: PluginHooks | void): Promise<unknown> => hooks?.stop?.();
  try {
    const hooks = await withinLimit(
      {
        plugin: name,
        phase: 'setup',
        limitMs,
        run: async () => plugin.setup(context, required),
        onLate: (end) => ('error' in end ? late(end.error) : void undo(end.value).catch(late)),
      },
      timer,
    );
    place.admit(name, hooks ?? {});
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError('SETUP_FAILED', `Plugin "${name}" could not be set up: ${textOf(error)}.`, error);
  } finally {
    open = false;
  }
  const absent = plugin.provides.filter((token) => !container.has(token)).map((token) => `"${token.name}"`);
  if (absent.length === 0) return;
  throw new EngineError('PLUGIN_NOT_PROVIDED', `Plugin "${name}" did not provide ${absent.join(', ')}.`);
};

type AnyContext = PluginContext<readonly Token<unknown>[]>;

const contextFor = (plugin: Plugin, { container, events }: SetupPlace, isOpen: () => boolean): AnyContext => {
  const { name } = plugin;
  const handle = handling(events, name);
  const during = (call: string): void => {
    if (isOpen()) return;
    throw new EngineError('SETUP_FAILED', `Plugin "${name}" called ${call}() after its setup had ended.`);
  };
  return {
    provide: (token, value) => {
      during('provide');
      if (!plugin.provides.some((declared) => declared.name === token.name)) {
        const what = `Plugin "${name}" provides "${token.name}", which its list of provides does not name.`;
        throw new EngineError('SETUP_FAILED', what);
      }
      if (container.has(token)) {
        throw new EngineError('PLUGIN_PROVIDED_TWICE', `Plugin "${name}" provides "${token.name}" a second time.`);
      }
      container.set<unknown>(token, () => value);
    },
    contribute: (point, value) => {
      during('contribute');
      container.contribute(point, value);
    },
    on: observing(events, name),
    handle: ((...input: Parameters<Handle>) => {
      during('handle');
      handle(...input);
    }) as Handle,
  };
};

const resolveAll = (plugin: Plugin, container: Container): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(plugin.requires).map(([alias, requirement]) => [alias, resolveOne(requirement, container)]),
  );

const resolveOne = (requirement: Requirement, container: Container): unknown => {
  if (requirement.kind === 'all') return container.all(requirement.point);
  return requirement.kind === 'optional' ? container.find(requirement.token) : container.get(requirement);
};
