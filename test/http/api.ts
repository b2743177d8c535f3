import { serve, type HttpServer, type ServeOptions } from '../../src/adapters/http/index.ts';
import type { Endpoint } from '../../src/adapters/http/v2/endpoint.ts';
import { endpoints } from '../../src/adapters/http/v2/endpoints.ts';
import { bench, salon, type Bench } from '../engine/salon.ts';

/** An answer of the API. */
export interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; an empty object when there is none. */
  readonly body: Body;
}

/** What tests look at in bodies. */
export interface Body {
  readonly [field: string]: unknown;
  readonly id: string;
  readonly code: string;
  readonly version: number;
  readonly offer: string;
  readonly next: string | null;
  readonly slots: readonly Body[];
  readonly items: readonly Body[];
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  readonly resourceIds: readonly string[];
}

/** How to ask. */
export interface Asking {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks with one company's key. Every answer is held against the schema that documents it. */
export type Client = (method: string, path: string, asking?: Asking) => Promise<Told>;

/** Two companies behind one server. */
export interface Api {
  readonly bench: Bench;
  readonly http: HttpServer;
  readonly salon: Client;
  readonly other: Client;
  /** Nobody's. */
  readonly stranger: Client;
  close(): Promise<void>;
}

/** The other company has the same keys for everything, so that only its id tells it apart. */
const otherSalon = salon({ key: 'other', name: 'Other', numbers: [] });

/** Starts an engine with two companies and serves it. */
export async function api(options: Partial<ServeOptions> = {}, company = salon()): Promise<Api> {
  const at = await bench({ companies: [company, otherSalon] });
  const http = await serve(at.engine, { port: 0, onError: fail, ...options });
  const clientOf = async (key: string): Promise<Client> => {
    const { company } = await at.open(key);
    const made = await at.engine.keys.create(company.id, 'test');
    if (!made.ok) throw new Error(made.refusal.code);
    return client(http.url, made.secret);
  };
  return {
    bench: at,
    http,
    salon: await clientOf('salon'),
    other: await clientOf('other'),
    stranger: client(http.url, undefined),
    async close() {
      http.server.closeAllConnections();
      await http.close();
      await at.close();
    },
  };
}

function fail(error: unknown): void {
  throw error;
}

/** A client with a key, or with none. */
export const client =
  (url: string, secret: string | undefined): Client =>
  async (method, path, { body, headers = {} } = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    const parsed = (/json(?:;|$)/.test(type) && !type.includes('ndjson') ? JSON.parse(text) : {}) as Body;
    if (response.ok) documented(method, path, response.status, text === '' ? undefined : parsed, type);
    return { status: response.status, headers: response.headers, text, body: parsed };
  };

/** The operation that answers a request below `/api/v2`. */
function endpointOf(method: string, path: string): Endpoint | undefined {
  const plain = path.split('?')[0] ?? '';
  return endpoints.find(
    (endpoint) =>
      endpoint.method === method && new RegExp(`^/api/v2${endpoint.path.replace(/:\w+/g, '[^/]+')}$`).test(plain),
  );
}

function documented(method: string, path: string, status: number, body: unknown, type: string): void {
  const endpoint = endpointOf(method, path);
  if (endpoint === undefined) return;
  const form = endpoint.answers[status];
  if (form === undefined) throw new Error(`${endpoint.id} answered ${status}, which it does not document`);
  if (form.files?.some((each) => type.startsWith(each)) === true) return;
  if (form.schema === undefined ? body !== undefined : !form.schema.safeParse(body).success)
    throw new Error(`${endpoint.id} answered what it does not document: ${JSON.stringify(body)}`);
}

/** Ten o'clock on the day after. */
export const TEN = '2026-11-24T10:00:00+01:00';
