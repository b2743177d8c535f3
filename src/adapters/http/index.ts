/**
 * `askpro/adapters/http`: the engine over HTTP on bare `node:http`, with `/api/v2`, its OpenAPI document, health and
 * the routes of plugins.
 *
 * @packageDocumentation
 */
export { httpHandler, type HttpOptions } from './handler.ts';
export type { HttpEngine } from './httpEngine.ts';
export { defaultLimits, type HttpLimits } from './limits.ts';
export { serve, type HttpServer, type ServeOptions } from './serve.ts';
export type { RequestFailure } from './transport.ts';
