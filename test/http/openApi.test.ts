import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTransport } from '../../src/adapters/http/handler.ts';
import { OPEN_API_PATH } from '../../src/adapters/http/openApi.ts';
import { api, type Api } from './api.ts';

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly responses: Readonly<Record<string, unknown>>;
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

let at: Api;
let document: Document;
beforeAll(async () => {
  at = await api();
  document = (await at.stranger('GET', OPEN_API_PATH)).body as unknown as Document;
});
afterAll(() => at.close());

const operations = (): readonly [string, string, Operation][] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, string, Operation] => [method, path, operation]),
  );

test('the document describes exactly what the router answers', () => {
  const routed = createTransport(at.bench.engine, {})
    .router.list()
    .map(({ method, path }) => `${method} ${path}`);
  const described = operations().map(
    ([method, path]) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
  );
  expect(document.openapi).toBe('3.1.0');
  expect(described.sort()).toEqual([...routed].sort());
});

test('every reference leads somewhere, every operation has a name of its own and its path parameters', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
  expect(references.length).toBeGreaterThan(20);
  for (const [, name = ''] of references) expect(Object.keys(document.components.schemas)).toContain(name);
  expect(JSON.stringify(document)).not.toContain('$defs');
  const ids = operations().map(([, , { operationId }]) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, path, { parameters = [] }] of operations()) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)).toEqual(inPath);
    for (const parameter of parameters) if (parameter.in === 'path') expect(parameter.required).toBe(true);
  }
});

test('what is required and what is not follows from the schemas that judge', () => {
  const requiredOf = (path: string, method: string): readonly string[] | undefined =>
    document.paths[path]?.[method]?.parameters
      ?.filter((parameter) => parameter.required === true)
      .map(({ name }) => name);
  expect(requiredOf('/api/v2/holds/{id}', 'delete')).toEqual(['id', 'owner']);
  // One service or several: neither is required, and who names none hears so.
  expect(requiredOf('/api/v2/slots', 'get')).toEqual([]);
  expect(Object.keys(document.paths['/api/v2/appointments']?.['post']?.responses ?? {})).toEqual(
    expect.arrayContaining(['200', '201', '400', '401', '403', '404', '409', '413', '415', '422', '500', '503']),
  );
});
