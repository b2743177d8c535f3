import { z } from 'zod';
import { bearerSecret, fieldErrors, sayIssue } from '../../../adapter.ts';
import type { FieldError, Refused } from '../../../adapter.ts';
import { unauthenticated } from '../bearer.ts';
import type { Exchange } from '../exchange.ts';
import type { HttpEngine } from '../httpEngine.ts';
import { fieldProblem, refusalProblem, transportProblem } from '../problem.ts';
import type { Reply } from '../reply.ts';
import { parseJson } from '../secureJson.ts';
import type { Handler } from '../transport.ts';
import type { Endpoint } from './endpoint.ts';
import { queryReader } from './query.ts';

const noFields = z.strictObject({});
const jsonType = /^application\/json *(?:; *charset *= *"?utf-8"? *)?$/i;
const keyForm = /^[\x21-\x7e]{1,255}$/;
const etagForm = /^"(\d{1,15})"$/;

/** Makes an operation answer: who asks, then what exactly, then the company's door, then the operation itself. */
export function asking(engine: HttpEngine, endpoint: Endpoint, maxBodyBytes: number): Handler {
  const readQuery = queryReader(endpoint.query ?? noFields);
  const limit = endpoint.maxBodyBytes ?? maxBodyBytes;

  const answer = async (exchange: Exchange): Promise<Reply> => {
    const { requestId } = exchange;
    const { headers } = exchange.request;
    const secret = bearerSecret(headers.authorization);
    const credential = secret === undefined ? undefined : await engine.keys.authenticate(secret);
    if (credential === undefined) return unauthenticated(requestId, headers.authorization !== undefined);

    const errors: FieldError[] = [];
    const query = readQuery(exchange.search);
    errors.push(...query.errors);
    const judge = (schema: z.ZodObject | undefined, value: unknown): unknown => {
      if (schema === undefined) return undefined;
      const judged = schema.safeParse(value, { error: sayIssue });
      if (!judged.success) errors.push(...fieldErrors(judged.error, 'body'));
      return judged.data;
    };
    let body: unknown;
    if (endpoint.body !== undefined) {
      if (!jsonType.test(headers['content-type'] ?? '') || (headers['content-encoding'] ?? 'identity') !== 'identity')
        return transportProblem('MEDIA_TYPE_UNSUPPORTED', requestId);
      const read = await exchange.body(limit);
      if (!read.ok) return transportProblem('BODY_TOO_LARGE', requestId, { close: true, data: { maxBytes: limit } });
      const parsed = parseJson(read.bytes);
      if (parsed.ok) body = judge(endpoint.body, parsed.value);
      else errors.push(parsed.error);
    }
    const asked = {
      engine,
      params: judge(endpoint.params, exchange.params),
      query: judge(endpoint.query ?? noFields, query.value),
      body,
      idempotencyKey: endpoint.keyed === true ? keyOf(headers['idempotency-key'], errors) : undefined,
      ifMatch: endpoint.versioned === true ? versionOf(headers['if-match'], errors) : undefined,
      ifNoneMatch: headers['if-none-match'],
    };
    if (errors.length > 0) return fieldProblem(errors, requestId);

    const door = await engine.company(credential.companyId, credential.revision);
    if (!door.ok) return unauthenticated(requestId, true);
    const outcome = await endpoint.run({ ...asked, door });
    if (!('refusal' in outcome)) return outcome;
    return problemOf(outcome, asked.ifMatch !== undefined, requestId);
  };
  return { answer };
}

/** A version that the If-Match header named is a failed precondition (RFC 9110), one of the body a conflict. */
function problemOf({ refusal }: Refused, byHeader: boolean, requestId: string): Reply {
  if (refusal.code !== 'VERSION_CONFLICT' || !byHeader) return refusalProblem(refusal, requestId);
  const headers = { etag: `"${refusal.version}"` };
  return transportProblem('VERSION_MISMATCH', requestId, { headers, data: { version: refusal.version } });
}

function keyOf(header: string | string[] | undefined, errors: FieldError[]): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && keyForm.test(header)) return header;
  errors.push({ path: 'Idempotency-Key', message: 'must be 1 to 255 visible ASCII characters' });
  return undefined;
}

function versionOf(header: string | undefined, errors: FieldError[]): number | undefined {
  if (header === undefined || header === '*') return undefined;
  const version = etagForm.exec(header)?.[1];
  if (version === undefined) errors.push({ path: 'If-Match', message: 'must be the ETag that was answered, like "3"' });
  return version === undefined ? undefined : Number(version);
}
