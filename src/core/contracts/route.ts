import { contributionPoint } from '../kernel/contribution.ts';

/** What a route is called with. */
export interface RouteRequest {
  /** Values of the path's `:names`, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** Keys in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: URLSearchParams;
  /** The body exactly as it came over the wire: signatures are checked over these bytes. */
  readonly rawBody: Uint8Array;
  readonly method: string;
  readonly path: string;
  /** For logs; also in the response's `x-request-id`. */
  readonly requestId: string;
  /** Aborts when the deadline has passed or the client has gone. */
  readonly signal: AbortSignal;
}

/** What a route answers. */
export interface RouteResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent as it is; anything else as JSON; undefined: no body. */
  readonly body?: unknown;
}

/** An address that a plugin answers over HTTP. It authenticates its callers itself. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/webhooks/acme/:endpoint`. */
  readonly path: string;
  /** Larger bodies are refused with 413 while they come in; left out: 64 KiB. */
  readonly maxBodyBytes?: number;
  /** After that the client is answered 503; left out: 15,000. */
  readonly deadlineMs?: number;
  handle(request: RouteRequest): RouteResponse | Promise<RouteResponse>;
}

/** Routes that plugins contribute. */
export const Route = contributionPoint<Route>()('askpro/route');
