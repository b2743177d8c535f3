import {
  bearerSecret,
  formatUtc,
  type CompanyId,
  type Refused,
  type Route,
  type RouteRequest,
  type RouteResponse,
} from '../../plugin.ts';
import type { Callback, CallbackClosing, CallbackStatus } from './callback.ts';
import type { Callbacks } from './requests.ts';
import { malformed, refused, unauthenticated } from './problem.ts';

/** Tells whose key a secret is. */
interface Keys {
  authenticate(secret: string): Promise<{ readonly companyId: CompanyId } | undefined>;
}

const MAX_BODY_BYTES = 16_384;

/** The addresses under which a company's own people see and close requests. */
export function callbackRoutes(callbacks: Callbacks, keys: Keys): readonly Route[] {
  /** Lets in whoever has a key, for the company of that key alone. */
  const guarded =
    (answer: (company: CompanyId, request: RouteRequest) => Promise<RouteResponse>): Route['handle'] =>
    async (request) => {
      const secret = bearerSecret(request.headers['authorization']);
      const credential = secret === undefined ? undefined : await keys.authenticate(secret);
      return credential === undefined ? unauthenticated : answer(credential.companyId, request);
    };
  const closing = (close: Callbacks['done']): Route['handle'] =>
    guarded(async (company, { params, rawBody }) => {
      const body = readBody(rawBody);
      if (body === undefined) return malformed('must be a JSON object with by, note and version, or empty');
      const answer = await close(company, params['id'] ?? '', body);
      return answer.ok ? shown(answer.callback) : problemOf(answer);
    });
  return [
    {
      method: 'GET',
      path: '/api/v2/callbacks',
      handle: guarded(async (company, { query }) => {
        const limit = query.get('limit');
        const answer = await callbacks.list(company, {
          // What is no status is refused by its field.
          status: (query.get('status') ?? undefined) as CallbackStatus | undefined,
          cursor: query.get('cursor') ?? undefined,
          ...(limit === null ? {} : { limit: /^\d{1,4}$/.test(limit) ? Number(limit) : Number.NaN }),
        });
        if (!answer.ok) return problemOf(answer);
        const { items, next } = answer.page;
        return { status: 200, headers: NO_STORE, body: { items: items.map(view), next } };
      }),
    },
    {
      method: 'GET',
      path: '/api/v2/callbacks/:id',
      handle: guarded(async (company, { params }) => {
        const answer = await callbacks.get(company, params['id'] ?? '');
        return answer.ok ? shown(answer.callback) : problemOf(answer);
      }),
    },
    {
      method: 'POST',
      path: '/api/v2/callbacks/:id/done',
      maxBodyBytes: MAX_BODY_BYTES,
      handle: closing(callbacks.done),
    },
    {
      method: 'POST',
      path: '/api/v2/callbacks/:id/dismiss',
      maxBodyBytes: MAX_BODY_BYTES,
      handle: closing(callbacks.dismiss),
    },
  ];
}

const NO_STORE = { 'cache-control': 'no-store' };
const shown = (callback: Callback): RouteResponse => ({ status: 200, headers: NO_STORE, body: view(callback) });
const problemOf = ({ refusal }: Refused): RouteResponse => refused(refusal);

/** A request for people: instants as ISO 8601 beside the milliseconds. */
const view = ({ companyId: _, ...callback }: Callback): object => ({
  ...callback,
  preferredAt: callback.preferredMs === null ? null : formatUtc(callback.preferredMs),
  created: formatUtc(callback.createdMs),
  closed: callback.closedMs === null ? null : formatUtc(callback.closedMs),
});

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The body, whose fields the store judges; undefined for what is no JSON object. */
function readBody(rawBody: Uint8Array): CallbackClosing | undefined {
  if (rawBody.length === 0) return {};
  try {
    const value: unknown = JSON.parse(utf8.decode(rawBody));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
