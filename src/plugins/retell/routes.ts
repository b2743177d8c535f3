import type { Clock, Journal, Route, RouteRequest, RouteResponse } from '../../plugin.ts';
import { recordEvent } from './events.ts';
import { voiceFunctions } from './functions/all.ts';
import type { AnyVoiceFunction } from './functions/function.ts';
import type { FunctionAnswers } from './functions/answerFunction.ts';
import { answerInbound } from './inbound.ts';
import type { RetellEndpoint, RetellSettings } from './options.ts';
import type { Tenants } from './tenant.ts';
import { checked, envelopeSchema, eventSchema, functionSchema, inboundSchema, readJson } from './webhook/payload.ts';
import { malformed, notFound, unsigned } from './webhook/problem.ts';
import { isRetellSignature } from './webhook/signature.ts';

/** Transcripts travel with every event and function. */
const MAX_BODY_BYTES = 1_048_576;
/** The provider gives up after 10 seconds. */
const WEBHOOK_DEADLINE_MS = 8_000;
const SIGNATURE_HEADER = 'x-retell-signature';

interface Deps {
  readonly tenants: Tenants;
  readonly clock: Clock;
  readonly settings: RetellSettings;
  readonly functions: FunctionAnswers;
  readonly journal: Journal;
  /** Which plugins there are that functions may need. */
  readonly has: Readonly<Record<NonNullable<AnyVoiceFunction['needs']>, boolean>>;
}

/** Answers a request whose signature holds. */
type Answer = (endpoint: RetellEndpoint, body: unknown, request: RouteRequest) => Promise<RouteResponse>;

/** The addresses of the plugin: one webhook and one address for each function, with and without the account's endpoint. */
export function retellRoutes(deps: Deps): readonly Route[] {
  const webhook = signed(deps, (endpoint, body) => answerWebhook(deps, endpoint, body));
  const call = signed(deps, (endpoint, body, { params }) => answerCall(deps, endpoint, body, params['name'] ?? ''));
  const post = (path: string, deadlineMs: number, handle: Route['handle']): Route => ({
    method: 'POST',
    path,
    maxBodyBytes: MAX_BODY_BYTES,
    deadlineMs,
    handle,
  });
  const functionDeadlineMs = deps.settings.deadlineMs + 1_000;
  const routes = [
    post('/webhooks/retell/:endpoint', WEBHOOK_DEADLINE_MS, webhook),
    post('/webhooks/retell/:endpoint/functions/:name', functionDeadlineMs, call),
  ];
  if (deps.settings.single === undefined) return routes;
  return [
    ...routes,
    post('/webhooks/retell', WEBHOOK_DEADLINE_MS, webhook),
    post('/webhooks/retell/functions/:name', functionDeadlineMs, call),
  ];
}

/** Lets a request through whose signature holds for its endpoint: before anything is parsed, and before any storage. */
const signed =
  ({ settings, clock }: Deps, answer: Answer): Route['handle'] =>
  (request) => {
    const name = request.params['endpoint'];
    const endpoint = name === undefined ? settings.single : settings.endpoints.get(name);
    if (endpoint === undefined) return notFound;
    const signature = request.headers[SIGNATURE_HEADER];
    if (!isRetellSignature(signature, request.rawBody, endpoint.apiKeys, clock.now())) return unsigned;
    const body = readJson(request.rawBody);
    return body.ok ? answer(endpoint, body.value, request) : malformed(body.errors);
  };

async function answerWebhook(deps: Deps, endpoint: RetellEndpoint, body: unknown): Promise<RouteResponse> {
  const envelope = checked(envelopeSchema, body);
  if (!envelope.ok) return malformed(envelope.errors);
  const { event } = envelope.value;
  if (event === 'call_inbound') {
    const inbound = checked(inboundSchema, body);
    return inbound.ok ? answerInbound(deps, endpoint, inbound.value.call_inbound) : malformed(inbound.errors);
  }
  // Chats and whatever else the provider sends some day are no business of ours, and no reason to send it again.
  if (!/^(?:call|transfer|transcript)_/.test(event)) return { status: 204 };
  const known = checked(eventSchema, body);
  if (!known.ok) return malformed(known.errors);
  await recordEvent(deps, endpoint, event, known.value.call);
  return { status: 204 };
}

async function answerCall(deps: Deps, endpoint: RetellEndpoint, body: unknown, name: string): Promise<RouteResponse> {
  const fn = voiceFunctions.get(name);
  if (fn === undefined || (fn.needs !== undefined && !deps.has[fn.needs])) return notFound;
  const read = checked(functionSchema, body);
  if (!read.ok) return malformed(read.errors);
  return { status: 200, body: await deps.functions.answer(endpoint, fn, read.value.call, read.value.args) };
}
