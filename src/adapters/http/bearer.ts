import { transportProblem } from './problem.ts';
import type { Reply } from './reply.ts';

/** 401. Whoever sent a credential is told that it is the credential that is wrong. */
export const unauthenticated = (requestId: string, sent: boolean): Reply =>
  transportProblem('UNAUTHENTICATED', requestId, {
    headers: { 'www-authenticate': sent ? 'Bearer realm="askpro", error="invalid_token"' : 'Bearer realm="askpro"' },
  });
