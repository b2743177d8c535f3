export { httpHandler, type HttpOptions } from './handler.ts';
export type { HttpEngine } from './httpEngine.ts';
export { defaultLimits, type HttpLimits } from './limits.ts';
export { serve, type HttpServer, type ServeOptions } from './serve.ts';
export type { RequestFailure } from './transport.ts';
