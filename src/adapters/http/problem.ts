import { EngineError, faults, refusals, type FieldError, type Refusal, type RefusalCode } from '../../adapter.ts';
import type { Reply } from './reply.ts';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

interface TransportProblem {
  readonly status: number;
  readonly meaning: string;
  readonly fix: string;
}

/** What goes wrong before a request reaches the engine, or instead of it. */
export const transportProblems = {
  REQUEST_MALFORMED: { status: 400, meaning: 'This is no HTTP request.', fix: 'Send HTTP/1.1.' },
  UNAUTHENTICATED: {
    status: 401,
    meaning: 'The request brings no valid API key.',
    fix: 'Send `Authorization: Bearer KEY` with a key that is not revoked.',
  },
  NOT_FOUND: { status: 404, meaning: 'There is nothing at this address.', fix: 'Read /api/v2/openapi.json.' },
  METHOD_NOT_ALLOWED: {
    status: 405,
    meaning: 'This address does not know the method.',
    fix: 'Use one of the methods in the Allow header.',
  },
  REQUEST_TIMEOUT: { status: 408, meaning: 'The request came in too slowly.', fix: 'Send it again, faster.' },
  VERSION_MISMATCH: {
    status: 412,
    meaning: 'It is not the version that If-Match names.',
    fix: 'Read it again, then retry with its ETag.',
  },
  BODY_TOO_LARGE: { status: 413, meaning: 'The body is larger than this address takes.', fix: 'Send less.' },
  MEDIA_TYPE_UNSUPPORTED: {
    status: 415,
    meaning: 'The body is not of a media type that is understood here.',
    fix: 'Send `Content-Type: application/json`, in UTF-8 and not compressed.',
  },
  HEADERS_TOO_LARGE: { status: 431, meaning: 'The header lines are too large.', fix: 'Send fewer or shorter ones.' },
  INTERNAL_FAULT: {
    status: 500,
    meaning: 'Something failed that should not.',
    fix: 'Tell the operator the request id; the cause is in the log.',
  },
  DEADLINE_PASSED: {
    status: 503,
    meaning: 'There was no answer in time; a write may still have been made.',
    fix: 'Repeat it with the same Idempotency-Key.',
  },
} as const satisfies Record<string, TransportProblem>;

/** A code of this transport's own problems. */
export type TransportProblemCode = keyof typeof transportProblems;

const urn = (code: string): string => `urn:askpro:problem:${code}`;

const problem = (
  code: string,
  { status, meaning, fix }: TransportProblem,
  requestId: string | undefined,
  data?: Readonly<Record<string, unknown>>,
): Reply => ({
  status,
  type: PROBLEM_TYPE,
  text: JSON.stringify({ type: urn(code), title: meaning, status, detail: fix, code, requestId, ...data }),
});

/** Problem details (RFC 9457) of the transport itself. */
export function transportProblem(
  code: TransportProblemCode,
  requestId: string | undefined,
  extra: { readonly headers?: Readonly<Record<string, string>>; readonly close?: boolean; readonly data?: object } = {},
): Reply {
  const { data, ...rest } = extra;
  return { ...problem(code, transportProblems[code], requestId, { ...data }), ...rest };
}

/** Problem details of a refusal; what it carries beside its code becomes members, a status of its own `currentStatus`. */
export function refusalProblem(refusal: Refusal, requestId: string): Reply {
  const { code, ...data } = refusal;
  const { status: currentStatus, ...members } = data as Record<string, unknown>;
  return problem(
    code,
    meaningOf(code),
    requestId,
    currentStatus === undefined ? members : { currentStatus, ...members },
  );
}

const meaningOf = (code: RefusalCode): TransportProblem => refusals[code];

/** Problem details of fields that are wrong. */
export const fieldProblem = (errors: readonly FieldError[], requestId: string): Reply =>
  refusalProblem({ code: 'INPUT_INVALID', errors }, requestId);

/** Problem details of a fault: 503 where the same call may succeed later, else 500, and nothing of its inside. */
export function faultProblem(error: unknown, requestId: string): Reply {
  if (!(error instanceof EngineError) || !error.retryable) return transportProblem('INTERNAL_FAULT', requestId);
  const { meaning, fix } = faults[error.code];
  return { ...problem(error.code, { status: 503, meaning, fix }, requestId), headers: { 'retry-after': '1' } };
}
