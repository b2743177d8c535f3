import { z } from 'zod';
import type { FieldError } from '../../../plugin.ts';

/** A payload that has the form expected, or what is wrong with it, by field. */
export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errors: readonly FieldError[] };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads a body as JSON. */
export function readJson(rawBody: Uint8Array): Checked<unknown> {
  try {
    return { ok: true, value: JSON.parse(utf8.decode(rawBody)) };
  } catch {
    return { ok: false, errors: [{ path: '', message: 'must be JSON in UTF-8' }] };
  }
}

/** Holds a value against a schema. Fields the schema does not know are left out of the answer. */
export function checked<S extends z.ZodType>(schema: S, value: unknown): Checked<z.output<S>> {
  const result = schema.safeParse(value);
  if (result.success) return { ok: true, value: result.data };
  const errors = result.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
  return { ok: false, errors };
}

const absent = <T>(value: T | null | undefined): T | undefined => value ?? undefined;
/** Speech recognition may leave anything in a text; databases store neither U+0000 nor half of a surrogate pair. */
const clean = (value: string | null | undefined): string | undefined =>
  absent(value)?.replaceAll('\0', '').toWellFormed();
const text = (most: number) => z.string().max(most).nullish().transform(clean);
const epochMs = z.number().int().min(0).max(8.64e15).nullish().transform(absent);
// Two ids that a database takes for one would be one call, maybe of two companies.
const providerCallId = z.string().regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 printable ASCII characters');

/** What we read of a call object; the provider sends much more. */
export const callSchema = z.object({
  call_id: providerCallId,
  agent_id: text(128),
  direction: z.enum(['inbound', 'outbound']).nullish().transform(absent),
  from_number: text(64),
  to_number: text(64),
  start_timestamp: epochMs,
  end_timestamp: epochMs,
  disconnection_reason: text(128),
  transcript: text(1_000_000),
  call_analysis: z
    .object({ call_summary: text(100_000) })
    .nullish()
    .transform(absent),
});

/** A call as the provider describes it. */
export type CallPayload = z.output<typeof callSchema>;

/** The question asked before a call is answered. */
export const inboundSchema = z.object({
  event: z.literal('call_inbound'),
  call_inbound: z.object({
    from_number: text(64),
    to_number: z.string().max(64),
    agent_id: text(128),
    call_id: providerCallId.nullish().transform(absent),
  }),
});

/** The question, as checked. */
export type InboundPayload = z.output<typeof inboundSchema>['call_inbound'];

/** Which of the webhook's kinds a body is of. */
export const envelopeSchema = z.object({ event: z.string().min(1).max(64) });

/** Something that happened to a call. */
export const eventSchema = z.object({ event: z.string(), call: callSchema });

/** What the agent asks for: its arguments stand under `args`, or beside the call where the function is configured so. */
export const functionSchema = z
  .looseObject({ call: callSchema, args: z.record(z.string(), z.unknown()).nullish() })
  .transform(({ call, args, ...root }) => ({ call, args: args ?? root }));
