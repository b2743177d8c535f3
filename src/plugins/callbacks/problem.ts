import { refusals, type Refusal, type RouteResponse } from '../../plugin.ts';

const problem = (status: number, code: string, title: string, more: object, headers: object = {}): RouteResponse => ({
  status,
  headers: { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body: { type: `urn:askpro:problem:${code}`, title, status, code, ...more },
});

/** Nobody sent a key, or not one that is valid. */
export const unauthenticated: RouteResponse = problem(
  401,
  'UNAUTHENTICATED',
  'The request brings no valid API key.',
  { detail: 'Send `Authorization: Bearer KEY` with a key that is not revoked.' },
  { 'www-authenticate': 'Bearer realm="askpro"' },
);

/** The body has not the form it should have. */
export const malformed = (message: string): RouteResponse =>
  problem(400, 'INPUT_INVALID', refusals.INPUT_INVALID.meaning, { errors: [{ path: 'body', message }] });

/** A refusal as problem details (RFC 9457). */
export function refused({ code, ...data }: Refusal): RouteResponse {
  const { status, meaning, fix } = refusals[code];
  return problem(status, code, meaning, { detail: fix, ...data });
}
