import { EngineError } from '../errors.ts';
import { orderPlugins, type Orderable } from './order.ts';
import type { Requirement } from './requirement.ts';
import { token } from './token.ts';

const wants = (...names: readonly string[]): Readonly<Record<string, Requirement>> =>
  Object.fromEntries(names.map((name) => [name, token<unknown>()(`test/${name}`)]));

/** A plugin that provides the token of its own name unless told otherwise. */
export const plugin = (
  name: string,
  requires: readonly string[] = [],
  provides: readonly string[] = [name],
): Orderable => ({
  name,
  apiVersion: 1,
  requires: wants(...requires),
  provides: provides.map((provided) => token<unknown>()(`test/${provided}`)),
});

/** The names in their order. */
export const orderOf = (plugins: readonly Orderable[], available: readonly string[] = []): readonly string[] =>
  orderPlugins(plugins, available).map((ordered) => ordered.plugin.name);

/** The fault that the order is refused with. */
export const errorOf = (plugins: readonly Orderable[], available: readonly string[] = []): EngineError => {
  try {
    orderPlugins(plugins, available);
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('The order was accepted.');
};
