import type { IncomingHttpHeaders } from 'node:http';
import type { Route } from '../../adapter.ts';
import type { HttpLimits } from './limits.ts';
import { transportProblem } from './problem.ts';
import { replyOf } from './reply.ts';
import type { Handler } from './transport.ts';

/** Answers an address by a route that a plugin or the host brings. */
export function pluginHandler(route: Route, limits: HttpLimits): Handler {
  const maxBytes = route.maxBodyBytes ?? limits.maxBodyBytes;
  return {
    deadlineMs: route.deadlineMs,
    async answer(exchange) {
      const { request, requestId } = exchange;
      const body = await exchange.body(maxBytes);
      if (!body.ok) return transportProblem('BODY_TOO_LARGE', requestId, { close: true, data: { maxBytes } });
      const { url = '/', method = 'GET' } = request;
      const response = await route.handle({
        params: exchange.params,
        headers: singleHeaders(request.headers),
        query: new URLSearchParams(exchange.search),
        rawBody: body.bytes,
        method,
        path: url.slice(0, url.length - exchange.search.length).replace(/\?$/, ''),
        requestId,
        // A getter, so that the signal is made only for routes that want it.
        get signal() {
          return exchange.signal;
        },
      });
      return replyOf(response);
    },
  };
}

/** node:http joins what is sent twice; only `set-cookie`, which is no request header, comes as a list. */
function singleHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string | undefined>> {
  const { 'set-cookie': _, ...single } = headers;
  return single as Readonly<Record<string, string | undefined>>;
}
