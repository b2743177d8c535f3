import { z } from 'zod';
import { fieldErrors, sayIssue, type CustomerId, type FieldError } from '../../../plugin.ts';
import type { JoinOptions, SlotWish, WindowWish } from '../contract.ts';

const text = (most: number) => z.string().max(most).optional();
const days = z.enum(['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su']);

/** The form; what the fields mean is judged where everybody joins. */
const joinBody = z.strictObject({
  service: z.string().min(1).max(128),
  branch: text(128),
  resource: text(128),
  start: text(40),
  from: text(40),
  to: text(40),
  weekdays: z.array(days).min(1).max(7).optional(),
  partOfDay: z.enum(['morning', 'midday', 'afternoon', 'evening']).optional(),
  customer: z
    .strictObject({ id: text(64), phone: text(64), name: text(200), email: text(254), locale: text(35) })
    .optional(),
  contact: z.strictObject({ phone: z.string().max(64).nullish(), email: z.string().max(254).nullish() }).optional(),
  partySize: z.int().optional(),
  callId: text(128),
  notes: text(1_000),
});

/** Who wants to wait for what. */
export interface JoinRequest {
  readonly ok: true;
  readonly wish: SlotWish | WindowWish;
  readonly options: JoinOptions;
}

const jsonType = /^application\/json *(?:; *charset *= *"?utf-8"? *)?$/i;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Whether a body is announced as JSON. */
export const isJson = (contentType: string | undefined): boolean => jsonType.test(contentType ?? '');

/** Reads a request to join; the errors name the fields that are wrong. */
export function readBody(
  rawBody: Uint8Array,
): JoinRequest | { readonly ok: false; readonly errors: readonly FieldError[] } {
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(rawBody));
  } catch {
    return { ok: false, errors: [{ path: 'body', message: 'must be JSON in UTF-8' }] };
  }
  const judged = joinBody.safeParse(value, { error: sayIssue });
  if (!judged.success) return { ok: false, errors: fieldErrors(judged.error, 'body') };
  const { customer, contact, partySize, callId, notes, ...wish } = judged.data;
  const given = Object.fromEntries(Object.entries(wish).filter(([, field]) => field !== undefined));
  return {
    ok: true,
    // Which of the two it is, and whether it is whole, is judged field by field with the rest.
    wish: given as unknown as SlotWish | WindowWish,
    options: {
      customer: customer === undefined ? undefined : { ...customer, id: customer.id as CustomerId | undefined },
      contact: contact === undefined ? undefined : { phone: contact.phone ?? null, email: contact.email ?? null },
      partySize,
      callId,
      notes,
    },
  };
}
