import { refusals, refuse, type FieldError, type Refusal, type RouteResponse } from '../../../plugin.ts';

const headers = { 'content-type': 'application/problem+json; charset=utf-8' };
const type = (code: string): string => `urn:askpro:problem:${code}`;

/** Problem details (RFC 9457) of a refusal, as the API answers them; a status of its own is told as `currentStatus`. */
export function refused({ code, ...data }: Refusal, requestId: string): RouteResponse {
  const { meaning: title, fix: detail, status } = refusals[code];
  const { status: currentStatus, ...members } = data as Record<string, unknown>;
  const more = currentStatus === undefined ? members : { currentStatus, ...members };
  return { status, headers, body: { type: type(code), title, status, detail, code, requestId, ...more } };
}

/** Problem details of fields that are wrong. */
export const malformed = (errors: readonly FieldError[], requestId: string): RouteResponse =>
  refused(refuse('INPUT_INVALID', { errors }).refusal, requestId);

const challenge = 'Bearer realm="askpro"';
const UNAUTHENTICATED = {
  type: type('UNAUTHENTICATED'),
  title: 'The request brings no valid API key.',
  status: 401,
  detail: 'Send `Authorization: Bearer KEY` with a key that is not revoked.',
  code: 'UNAUTHENTICATED',
};

/** 401. Whoever sent a credential is told that it is the credential that is wrong. */
export const unauthenticated = (requestId: string, sent: boolean): RouteResponse => ({
  status: 401,
  headers: { ...headers, 'www-authenticate': sent ? `${challenge}, error="invalid_token"` : challenge },
  body: { ...UNAUTHENTICATED, requestId },
});
