import type { Endpoint } from '../../src/adapters/http/v2/endpoint.ts';
import { openApi } from '../../src/adapters/http/openApi.ts';

type Json = Readonly<Record<string, unknown>>;

/** Where in a body something stands: names of fields, and 0 for the first of a list. */
export type Leaf = readonly (string | 0)[];

/** What of a request can be a text of the client's choice. */
export interface Texts {
  readonly query: readonly string[];
  readonly body: readonly Leaf[];
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** Finds what an operation takes as text, in what its document says of it. */
export function textsOf(endpoint: Endpoint): Texts {
  const document = openApi([endpoint]) as {
    readonly paths: Readonly<Record<string, Json>>;
    readonly components: { readonly schemas: Json };
  };
  const { schemas } = document.components;
  const found = new Map<string, Leaf>();
  const walk = (given: unknown, at: Leaf): void => {
    if (!isObject(given) || at.length > 8) return;
    const { $ref } = given;
    const schema = typeof $ref === 'string' ? (schemas[$ref.replace(/^.*\//, '')] as Json) : given;
    for (const several of ['anyOf', 'oneOf', 'allOf'])
      if (Array.isArray(schema[several])) for (const one of schema[several]) walk(one, at);
    // What is one of a few words, or a number or a time, names nothing.
    if (schema['type'] === 'string' && schema['enum'] === undefined && schema['const'] === undefined)
      found.set(JSON.stringify(at), at);
    if (schema['items'] !== undefined) walk(schema['items'], [...at, 0]);
    if (isObject(schema['properties']))
      for (const [name, field] of Object.entries(schema['properties'])) walk(field, [...at, name]);
  };
  const [path] = Object.entries(document.paths).filter(([name]) => !/health|openapi/.test(name));
  const operation = Object.values(path?.[1] ?? {})[0] as Json;
  const content = (operation['requestBody'] as Json | undefined)?.['content'] as Json | undefined;
  walk((content?.['application/json'] as Json | undefined)?.['schema'], []);
  const parameters = (operation['parameters'] ?? []) as readonly Json[];
  return {
    query: parameters.filter((one) => one['in'] === 'query').map((one) => String(one['name'])),
    body: [...found.values()],
  };
}

/** A body with a text put in its place; what is missing on the way is made. */
export function withLeaf(body: unknown, [name, ...rest]: Leaf, text: string): unknown {
  if (name === undefined) return text;
  if (name === 0) {
    const list: readonly unknown[] = Array.isArray(body) ? body : [];
    return [withLeaf(list[0], rest, text), ...list.slice(1)];
  }
  const fields = isObject(body) && !Array.isArray(body) ? body : {};
  return { ...fields, [name]: withLeaf(fields[name], rest, text) };
}
