import {
  bearerSecret,
  type ApiKeys,
  type Companies,
  type CompanyDoor,
  type FieldError,
  type Refused,
  type Route,
  type RouteRequest,
  type RouteResponse,
  type TokenValue,
} from '../../../plugin.ts';
import type { Waitlist, WaitlistFilter } from '../contract.ts';
import type { WaitlistEntry, WaitlistStatus } from '../entry.ts';
import { isJson, readBody } from './body.ts';
import { malformed, refused, unauthenticated } from './problem.ts';
import { entryView, formatsOf } from './view.ts';

/** Beside the other resources of the API. */
const BASE = '/api/v2/waitlist';
const keyForm = /^[\x21-\x7e]{1,255}$/;
const filters: ReadonlySet<string> = new Set(['service', 'status', 'cursor', 'limit']);

interface Deps {
  readonly list: Waitlist;
  readonly companies: Companies;
  readonly keys: Pick<TokenValue<typeof ApiKeys>, 'authenticate'>;
}

type Answered = RouteResponse | Refused;
/** What an address does within the company of the key. */
type Answering = (door: CompanyDoor, request: RouteRequest) => Promise<Answered>;

/** The addresses of the waitlist. They take the keys of the API, and answer its problem details. */
export function waitlistRoutes(deps: Deps): readonly Route[] {
  const { list } = deps;
  const one =
    (
      ask: (door: CompanyDoor, id: string) => Promise<{ readonly ok: true; readonly entry: WaitlistEntry } | Refused>,
    ): Answering =>
    async (door, { params }) => {
      const answer = await ask(door, params['id'] ?? '');
      return answer.ok ? { status: 200, body: entryView(answer.entry, await formatsOf(door)) } : answer;
    };
  const route = (method: Route['method'], path: string, answer: Answering): Route => ({
    method,
    path: `${BASE}${path}`,
    handle: (request) => within(deps, request, answer),
  });
  return [
    route('POST', '', (door, request) => join(list, door, request)),
    route('GET', '', (door, request) => page(list, door, request)),
    route(
      'GET',
      '/:id',
      one(({ company }, id) => list.get(company.id, id)),
    ),
    route(
      'DELETE',
      '/:id',
      one(({ company }, id) => list.leave(company.id, id)),
    ),
    route(
      'POST',
      '/:id/accept',
      one(({ company }, id) => list.accept(company.id, id)),
    ),
    route(
      'POST',
      '/:id/decline',
      one(({ company }, id) => list.decline(company.id, id)),
    ),
  ];
}

/** Opens the door to the company of the key: nothing in a request can lead to another one. */
async function within({ companies, keys }: Deps, request: RouteRequest, answer: Answering): Promise<RouteResponse> {
  const { headers, requestId } = request;
  const { authorization } = headers;
  const secret = bearerSecret(authorization);
  const credential = secret === undefined ? undefined : await keys.authenticate(secret);
  if (credential === undefined) return unauthenticated(requestId, authorization !== undefined);
  const door = await companies.open(credential.companyId, credential.revision);
  if (!door.ok) return unauthenticated(requestId, true);
  const answered = await answer(door, request);
  return 'refusal' in answered ? refused(answered.refusal, requestId) : answered;
}

async function join(list: Waitlist, door: CompanyDoor, request: RouteRequest): Promise<Answered> {
  const { headers, rawBody, requestId } = request;
  const errors: FieldError[] = [];
  const key = headers['idempotency-key'];
  if (key !== undefined && !keyForm.test(key))
    errors.push({ path: 'Idempotency-Key', message: 'must be 1 to 255 visible ASCII characters' });
  if (!isJson(headers['content-type']))
    errors.push({ path: 'Content-Type', message: 'must be application/json in UTF-8' });
  const read = readBody(rawBody);
  if (!read.ok) errors.push(...read.errors);
  if (!read.ok || errors.length > 0) return malformed(errors, requestId);
  const joined = await list.join(door.company.id, read.wish, { ...read.options, idempotencyKey: key });
  if (!joined.ok) return joined;
  return { status: joined.replayed ? 200 : 201, body: entryView(joined.entry, await formatsOf(door)) };
}

async function page(list: Waitlist, door: CompanyDoor, { query, requestId }: RouteRequest): Promise<Answered> {
  const errors = [...query.keys()]
    .filter((name) => !filters.has(name))
    .map((name) => ({ path: name, message: `must be one of ${[...filters].join(', ')}` }));
  if (errors.length > 0) return malformed(errors, requestId);
  const named = query.get('service') ?? undefined;
  const services = named === undefined ? [] : await door.services();
  const limit = query.get('limit');
  const filter: WaitlistFilter = {
    // Entries outlive their service, so an id that is unknown today may still have some.
    serviceId: services.find(({ key }) => key === named)?.id ?? named,
    status: (query.get('status') as WaitlistStatus | null) ?? undefined,
    cursor: query.get('cursor') ?? undefined,
    limit: limit === null ? undefined : Number(limit),
  };
  const listed = await list.list(door.company.id, filter);
  if (!listed.ok) return listed;
  const formats = await formatsOf(door);
  const { items, next } = listed.page;
  return { status: 200, body: { items: items.map((entry) => entryView(entry, formats)), next } };
}
