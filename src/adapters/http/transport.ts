import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../../adapter.ts';
import { Deadlines } from './deadlines.ts';
import { Exchange } from './exchange.ts';
import type { HttpLimits } from './limits.ts';
import { faultProblem, transportProblem } from './problem.ts';
import type { Reply } from './reply.ts';
import { requestIds } from './requestId.ts';
import type { Router } from './router.ts';

/** Something that answers at an address. */
export interface Handler {
  /** Left out: the server's limit. */
  readonly deadlineMs?: number | undefined;
  answer(exchange: Exchange): Reply | Promise<Reply>;
}

/** Where a request failed that should not have. */
export interface RequestFailure {
  readonly method: string;
  readonly path: string;
  readonly requestId: string;
}

/** What a transport is made of. */
export interface TransportParts {
  readonly router: Router<Handler>;
  readonly limits: HttpLimits;
  readonly after: Clock['after'];
  readonly onError: (error: unknown, failure: RequestFailure) => void;
}

const LIVE_PATH = '/health/live';
const LIVE_BODY = '{"live":true}';
const LIVE_HEAD = [
  ...['content-type', 'application/json; charset=utf-8', 'content-length', String(LIVE_BODY.length)],
  ...['cache-control', 'no-store', 'x-content-type-options', 'nosniff'],
];

/** Takes requests from node:http, finds who answers them, and keeps account of what is in flight. */
export class Transport {
  readonly #parts: TransportParts;
  readonly #deadlines: Deadlines;
  readonly #open = new Set<Exchange>();
  readonly #requestId = requestIds();
  #withdrawn = false;
  #stopping = false;

  constructor(parts: TransportParts) {
    this.#parts = parts;
    this.#deadlines = new Deadlines(parts.after, parts.limits.deadlineTickMs);
  }

  /** Whether the server is about to stop: it should get no new work. */
  get withdrawn(): boolean {
    return this.#withdrawn;
  }

  /** Is not ready from now on, and answers as ever. */
  withdraw(): void {
    this.#withdrawn = true;
  }

  /** From now on each answer is the last one on its connection. */
  stop(): void {
    this.#stopping = true;
    for (const exchange of this.#open) exchange.endConnection();
  }

  /** The request on this socket that is in flight; the newest one when a client sends several at once. */
  inFlightOn(socket: Socket): Exchange | undefined {
    let found: Exchange | undefined;
    for (const exchange of this.#open) if (exchange.request.socket === socket) found = exchange;
    return found;
  }

  /** Takes one request. */
  handle(request: IncomingMessage, response: ServerResponse, awaitsContinue = false): void {
    const { url = '/', method = 'GET' } = request;
    // Asked for by every balancer, every few seconds, and the floor under every measurement: nothing is looked up for it.
    if (url === LIVE_PATH && method === 'GET') {
      if (this.#stopping) response.shouldKeepAlive = false;
      response.writeHead(200, LIVE_HEAD).end(LIVE_BODY);
      return;
    }
    const requestId = this.#requestId(request.headers['x-request-id']);
    const exchange = new Exchange(request, response, requestId, awaitsContinue);
    if (this.#stopping) exchange.endConnection();
    this.#open.add(exchange);
    response.once('close', () => {
      this.#open.delete(exchange);
      this.#deadlines.delete(exchange);
      exchange.over();
    });
    const target = url.startsWith('/') ? url : originForm(url);
    const mark = target.indexOf('?');
    const path = mark < 0 ? target : target.slice(0, mark);
    const match = this.#parts.router.find(method, path);
    this.#deadlines.add(exchange, match?.value?.deadlineMs ?? this.#parts.limits.deadlineMs);
    if (match === undefined) return void exchange.answer(transportProblem('NOT_FOUND', requestId));
    if (match.value === undefined) return void exchange.answer(otherMethod(method, match.allow, requestId));
    exchange.params = match.params;
    exchange.onProgress = () => this.#deadlines.add(exchange, this.#parts.limits.stalledMs);
    if (mark >= 0) exchange.search = target.slice(mark + 1);
    this.#run(match.value, exchange, path);
  }

  #run(handler: Handler, exchange: Exchange, path: string): void {
    const fail = (error: unknown): void => {
      const { requestId, request } = exchange;
      this.#parts.onError(error, { method: request.method ?? '', path, requestId });
      void exchange.answer(faultProblem(error, requestId));
    };
    try {
      const reply = handler.answer(exchange);
      if (!(reply instanceof Promise)) return void exchange.answer(reply);
      // A header that node refuses to write makes answering itself throw.
      reply.then((value) => exchange.answer(value)).catch(fail);
    } catch (error) {
      fail(error);
    }
  }
}

/** Clients may name the whole URL, as they do to proxies (RFC 9112 section 3.2.2). */
function originForm(url: string): string {
  const host = /^https?:\/\/[^/?#]*/i.exec(url)?.[0];
  const rest = host === undefined ? url : url.slice(host.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

const otherMethod = (method: string, allow: string, requestId: string): Reply =>
  method === 'OPTIONS'
    ? { status: 204, headers: { allow } }
    : transportProblem('METHOD_NOT_ALLOWED', requestId, { headers: { allow } });
