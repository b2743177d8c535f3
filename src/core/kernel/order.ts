import { EngineError } from '../errors.ts';
import { PLUGIN_API_VERSION, type Plugin } from './definePlugin.ts';
import { HOST } from './errorSink.ts';
import { nearMiss } from './nearMiss.ts';
import { requiredToken } from './requirement.ts';

/** What the order depends on. */
export type Orderable = Pick<Plugin, 'name' | 'apiVersion' | 'requires' | 'provides'>;

/** A plugin in its place, with the names of the plugins whose tokens it requires. */
export interface Ordered<P extends Orderable> {
  readonly plugin: P;
  readonly after: readonly string[];
}

/**
 * Puts plugins in order: each after those that provide what it requires; of those that could come next, the one given
 * first. `available` names the tokens that are there before any plugin.
 * Throws PLUGIN_API_VERSION, PLUGIN_NAME_TAKEN, PLUGIN_PROVIDED_TWICE, PLUGIN_REQUIREMENT_MISSING or PLUGIN_CYCLE.
 */
export const orderPlugins = <P extends Orderable>(
  plugins: readonly P[],
  available: readonly string[],
): readonly Ordered<P>[] => {
  refuseStrangers(plugins);
  const providers = providersByToken(plugins, available);
  refuseMissing(plugins, providers);
  const waiting = plugins.map((plugin) => ({ plugin, after: predecessors(plugin, providers) }));
  const placed = new Set<string>();
  const ordered: Ordered<P>[] = [];
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ after }) => after.every((name) => placed.has(name)));
    const [entry] = next < 0 ? [] : waiting.splice(next, 1);
    if (entry === undefined) throw cycleError(waiting, placed);
    placed.add(entry.plugin.name);
    ordered.push(entry);
  }
  return ordered;
};

const refuseStrangers = (plugins: readonly Orderable[]): void => {
  const names = new Set<string>([HOST]);
  for (const { name, apiVersion } of plugins) {
    if (apiVersion !== PLUGIN_API_VERSION) {
      const versions = `version ${String(apiVersion)} of the plugin API, this engine speaks ${PLUGIN_API_VERSION}`;
      throw new EngineError('PLUGIN_API_VERSION', `Plugin "${name}" was written for ${versions}.`);
    }
    if (names.has(name)) throw new EngineError('PLUGIN_NAME_TAKEN', `The name "${name}" is taken.`);
    names.add(name);
  }
};

const providersByToken = (plugins: readonly Orderable[], available: readonly string[]): ReadonlyMap<string, string> => {
  const providers = new Map<string, string>();
  const claim = (token: string, plugin: string): void => {
    const first = providers.get(token);
    if (first !== undefined) {
      throw new EngineError('PLUGIN_PROVIDED_TWICE', `Both "${first}" and "${plugin}" provide "${token}".`);
    }
    providers.set(token, plugin);
  };
  for (const token of available) claim(token, HOST);
  for (const plugin of plugins) for (const token of plugin.provides) claim(token.name, plugin.name);
  return providers;
};

const refuseMissing = (plugins: readonly Orderable[], providers: ReadonlyMap<string, string>): void => {
  const missing: string[] = [];
  for (const plugin of plugins) {
    for (const requirement of Object.values(plugin.requires)) {
      const wanted = requirement.kind === 'token' ? requirement.name : undefined;
      if (wanted === undefined || providers.has(wanted)) continue;
      const meant = nearMiss(wanted, [...providers.keys()]);
      const hint = meant === undefined ? '' : ` (did you mean "${meant}" of "${providers.get(meant) ?? HOST}"?)`;
      missing.push(`Plugin "${plugin.name}" requires "${wanted}", which no plugin provides${hint}.`);
    }
  }
  if (missing.length > 0) throw new EngineError('PLUGIN_REQUIREMENT_MISSING', missing.join(' '));
};

const predecessors = (plugin: Orderable, providers: ReadonlyMap<string, string>): readonly string[] => {
  const names = new Set<string>();
  for (const requirement of Object.values(plugin.requires)) {
    const token = requiredToken(requirement);
    const provider = token === undefined ? undefined : providers.get(token.name);
    if (provider !== undefined && provider !== HOST) names.add(provider);
  }
  return [...names];
};

/** Follows one unmet requirement after another until a plugin comes round again: that loop is the cycle. */
const cycleError = (waiting: readonly Ordered<Orderable>[], placed: ReadonlySet<string>): EngineError => {
  const unmet = new Map(waiting.map(({ plugin, after }) => [plugin.name, after.find((name) => !placed.has(name))]));
  const path: string[] = [];
  let name = waiting[0]?.plugin.name;
  while (name !== undefined && !path.includes(name)) {
    path.push(name);
    name = unmet.get(name);
  }
  const loop = name === undefined ? path : [...path.slice(path.indexOf(name)), name];
  return new EngineError('PLUGIN_CYCLE', `Each of these requires the next: ${loop.join(' → ')}.`);
};
