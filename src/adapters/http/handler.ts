import type { IncomingMessage, ServerResponse } from 'node:http';
import { Route, systemClock, type Clock } from '../../adapter.ts';
import { healthRoutes } from './health.ts';
import type { HttpEngine } from './httpEngine.ts';
import { defaultLimits, type HttpLimits } from './limits.ts';
import { openApi, OPEN_API_PATH } from './openApi.ts';
import { pluginHandler } from './pluginRoute.ts';
import { jsonText } from './reply.ts';
import { Router } from './router.ts';
import { Transport, type Handler, type RequestFailure } from './transport.ts';
import { asking } from './v2/ask.ts';
import { endpoints, V2 } from './v2/endpoints.ts';

/** How to answer over HTTP; all of it may be left out. */
export interface HttpOptions {
  /** Replaces single limits. */
  readonly limits?: Partial<HttpLimits>;
  /** Told of everything that was answered 500 or 503; left out: a line on standard error. */
  readonly onError?: (error: unknown, failure: RequestFailure) => void;
  /** Addresses of the host itself, beside those of its plugins. */
  readonly routes?: readonly Route[];
  /** Runs the deadlines; left out: the system's. For tests. */
  readonly clock?: Pick<Clock, 'after'>;
}

const logError = (error: unknown, { method, path, requestId }: RequestFailure): void =>
  console.error(`${method} ${path} failed (request ${requestId})`, error);

interface Made {
  readonly transport: Transport;
  readonly router: Router<Handler>;
  readonly limits: HttpLimits;
  readonly after: Clock['after'];
}

/** Puts all addresses together. Throws OPTION_INVALID when two routes want the same one. */
export function createTransport(engine: HttpEngine, options: HttpOptions): Made {
  const limits: HttpLimits = { ...defaultLimits, ...options.limits };
  const clock = options.clock ?? systemClock;
  const after = clock.after.bind(clock);
  const router = new Router<Handler>();
  const transport = new Transport({ router, limits, after, onError: options.onError ?? logError });
  for (const [path, handler] of healthRoutes(engine, transport)) router.add('GET', path, handler);
  let document: string | undefined;
  router.add('GET', OPEN_API_PATH, { answer: () => jsonText(200, (document ??= JSON.stringify(openApi(endpoints)))) });
  for (const endpoint of endpoints)
    router.add(endpoint.method, `${V2}${endpoint.path}`, asking(engine, endpoint, limits.maxBodyBytes));
  for (const route of [...engine.all(Route), ...(options.routes ?? [])])
    router.add(route.method, route.path, pluginHandler(route, limits));
  return { transport, router, limits, after };
}

/**
 * A request listener for a server of your own, with every address that {@link serve} answers. Timeouts and the size of
 * headers are then up to that server.
 *
 * @example
 * createServer(httpHandler(engine)).listen(3000);
 */
export function httpHandler(
  engine: HttpEngine,
  options: HttpOptions = {},
): (request: IncomingMessage, response: ServerResponse) => void {
  const { transport } = createTransport(engine, options);
  return (request, response) => transport.handle(request, response);
}
