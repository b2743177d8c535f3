import { z } from 'zod';
import { refusals } from '../../adapter.ts';
import { transportProblems } from './problem.ts';
import type { Endpoint } from './v2/endpoint.ts';
import { V2 } from './v2/endpoints.ts';

/** Where the document lies. */
export const OPEN_API_PATH = `${V2}/openapi.json`;

type Json = Readonly<Record<string, unknown>>;

const header = (name: string, description: string, schema: Json): Json => ({ name, in: 'header', description, schema });
const idempotencyKey = header(
  'Idempotency-Key',
  'The same key with the same request gives the first committed answer again.',
  { type: 'string', minLength: 1, maxLength: 255 },
);
const ifMatch = header('If-Match', 'The ETag that the client has seen; another version is answered 412.', {
  type: 'string',
});

/** The OpenAPI 3.1 document of the API, made from the schemas that judge its requests. */
export function openApi(endpoints: readonly Endpoint[]): Json {
  const schemas: Record<string, unknown> = { Problem: problemSchema };
  const paths: Record<string, Record<string, unknown>> = {
    '/health/live': { get: plain('live', 'Health', 'Whether the process lives.', [200]) },
    '/health/ready': { get: plain('ready', 'Health', 'Whether the engine can do its work.', [200, 503]) },
    [OPEN_API_PATH]: { get: plain('openApi', 'Meta', 'This document.', [200]) },
  };
  for (const endpoint of endpoints) {
    const path = `${V2}${endpoint.path.replaceAll(/:(\w+)/g, '{$1}')}`;
    (paths[path] ??= {})[endpoint.method.toLowerCase()] = operation(endpoint, schemas);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'askpro',
      version: '2.0.0',
      description: 'Finds, holds and books appointments of the company that the API key belongs to.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    security: [{ apiKey: [] }],
    paths,
    components: { schemas, securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } },
  };
}

const plain = (operationId: string, tag: string, summary: string, statuses: readonly number[]): Json => ({
  operationId,
  tags: [tag],
  summary,
  security: [],
  responses: Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: status === 200 ? 'Yes.' : 'Not now.',
        content: { 'application/json': { schema: { type: 'object' } } },
      },
    ]),
  ),
});

function operation(endpoint: Endpoint, schemas: Record<string, unknown>): Json {
  const parameters = [
    ...fieldsOf(endpoint.params, 'path', schemas),
    ...fieldsOf(endpoint.query, 'query', schemas),
    ...(endpoint.keyed === true ? [idempotencyKey] : []),
    ...(endpoint.versioned === true ? [ifMatch] : []),
  ];
  const content = (schema: z.ZodType, io: 'input' | 'output'): Json => ({
    'application/json': { schema: jsonSchema(schema, io, schemas) },
  });
  return {
    operationId: endpoint.id,
    tags: [endpoint.tag],
    summary: endpoint.summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(endpoint.body === undefined
      ? {}
      : { requestBody: { required: true, content: content(endpoint.body, 'input') } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(endpoint.answers).map(([status, { description, schema, files = [] }]) => [
          status,
          {
            description,
            ...(schema === undefined ? {} : { content: content(schema, 'output') }),
            ...(files.length === 0 ? {} : { content: fileContent(files) }),
          },
        ]),
      ),
      ...problemResponses(endpoint),
    },
  };
}

const fileContent = (types: readonly string[]): Json =>
  Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' } }]));

function fieldsOf(schema: z.ZodObject | undefined, where: 'path' | 'query', schemas: Record<string, unknown>): Json[] {
  if (schema === undefined) return [];
  return Object.entries(schema.shape).map(([name, field]) => {
    const type = field as z.ZodType;
    const { description, ...rest } = jsonSchema(type, 'input', schemas);
    return {
      name,
      in: where,
      required: !type.safeParse(undefined).success,
      ...(description === undefined ? {} : { description }),
      ...(rest['type'] === 'array' ? { style: 'form', explode: false } : {}),
      schema: rest,
    };
  });
}

/** What has a name of its own is described once, under `components`. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output', schemas: Record<string, unknown>): Json {
  const {
    $schema: _,
    $defs,
    ...body
  } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });
  const rewrite = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/'));
  for (const [name, definition] of Object.entries($defs ?? {})) {
    const { id: _id, $schema: _own, ...rest } = definition;
    schemas[name] = rewrite(rest);
  }
  const { id, ...unnamed } = body;
  if (typeof id !== 'string') return rewrite(unnamed) as Json;
  schemas[id] = rewrite(unnamed);
  return { $ref: `#/components/schemas/${id}` };
}

/** One response for each status that a refusal can have, naming its codes. */
function problemResponses({ refusals: own, body, versioned }: Endpoint): Json {
  const codes = new Map<number, string[]>();
  const add = (status: number, code: string): void => {
    const known = codes.get(status);
    if (known === undefined) codes.set(status, [code]);
    else if (!known.includes(code)) known.push(code);
  };
  for (const code of ['INPUT_INVALID', ...own] as const) add(refusals[code].status, code);
  add(401, 'UNAUTHENTICATED');
  if (versioned === true) add(412, 'VERSION_MISMATCH');
  for (const code of body === undefined ? [] : (['BODY_TOO_LARGE', 'MEDIA_TYPE_UNSUPPORTED'] as const))
    add(transportProblems[code].status, code);
  for (const code of ['INTERNAL_FAULT', 'DEADLINE_PASSED'] as const) add(transportProblems[code].status, code);
  return Object.fromEntries(
    [...codes].map(([status, list]) => [
      status,
      {
        description: list.join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

const problemSchema: Json = {
  type: 'object',
  description: 'Problem details (RFC 9457). What a refusal carries beside its code stands in further members.',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
    reasons: { type: 'array', items: { type: 'object' } },
    alternatives: { type: 'array', items: { $ref: '#/components/schemas/Slot' } },
  },
};
