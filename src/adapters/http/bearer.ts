import { transportProblem } from './problem.ts';
import type { Reply } from './reply.ts';

const form = /^Bearer +([\w.~+/=-]{16,256})$/i;

/** The secret of an `Authorization: Bearer` header (RFC 6750); undefined for anything else. */
export const bearerSecret = (authorization: string | undefined): string | undefined =>
  authorization === undefined ? undefined : form.exec(authorization)?.[1];

/** 401. Whoever sent a credential is told that it is the credential that is wrong. */
export const unauthenticated = (requestId: string, sent: boolean): Reply =>
  transportProblem('UNAUTHENTICATED', requestId, {
    headers: { 'www-authenticate': sent ? 'Bearer realm="askpro", error="invalid_token"' : 'Bearer realm="askpro"' },
  });
