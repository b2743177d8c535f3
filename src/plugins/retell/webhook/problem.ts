import type { FieldError, RouteResponse } from '../../../plugin.ts';

const problem = (status: number, code: string, title: string, more: object = {}): RouteResponse => ({
  status,
  headers: { 'content-type': 'application/problem+json; charset=utf-8' },
  body: { type: `urn:askpro:problem:${code}`, title, status, code, ...more },
});

/** Nobody signed this, or not with our key, or too long ago. Tells no more than that. */
export const unsigned: RouteResponse = problem(401, 'SIGNATURE_INVALID', 'The request bears no valid signature.');

/** There is no such endpoint or function. */
export const notFound: RouteResponse = problem(404, 'NOT_FOUND', 'There is nothing at this address.');

/** The body has not the form it should have, by field. */
export const malformed = (errors: readonly FieldError[]): RouteResponse =>
  problem(400, 'INPUT_INVALID', 'A field is missing or wrong.', { errors });
