import { z } from 'zod';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** An id of ours. */
export const id = z
  .string()
  .regex(uuid, 'must be an id as it was given out: a UUID in lower case')
  .meta({ format: 'uuid' });

/** An id in a path. What is no id is unknown, so it is not judged here. */
export const pathId = z.string().meta({ format: 'uuid' });

/** Key or id of something configured. */
export const reference = z.string().min(1).max(64);

/**
 * An instant with an offset. The engine judges it; here a plus that a query string turned into a blank is put back.
 */
export const instant = z
  .string()
  .min(1)
  .max(40)
  .overwrite((text) => text.replace(' ', '+'))
  .meta({ format: 'date-time', examples: ['2026-11-24T10:00:00+01:00'] });

/** ISO 8601 in an answer. */
export const iso = z.string().meta({ format: 'date-time' });

/** Epoch milliseconds in an answer. */
export const epochMs = z.int();

/** The version that the client has seen. */
export const version = z.int().min(1);

/** An amount in the currency's smallest unit. */
export const money = z.strictObject({ amountMinor: z.int(), currency: z.string() });

/** Which page of a list. */
export const paging = {
  cursor: z.string().min(1).max(512).optional().meta({ description: '`next` of the page before.' }),
  limit: z.int().min(1).max(200).optional().meta({ description: 'Left out: 50.' }),
};

/** One page of a list. */
export const pageOf = (item: z.ZodType): z.ZodObject =>
  z.strictObject({
    items: z.array(item),
    next: z.string().nullable().meta({ description: 'Give it as `cursor` to get the next page; null at the end.' }),
  });

/** Why a start cannot be had. */
export const reasonsAndAlternatives = (slot: z.ZodType) => ({
  code: z.string().meta({ description: 'Code of the refusal: NO_SLOT, SLOT_TAKEN, OUTSIDE_HOURS …' }),
  reasons: z.array(
    z.strictObject({
      code: z.string(),
      message: z.string(),
      nearest: z.string().optional(),
      decidedBy: z
        .strictObject({ level: z.enum(['resource', 'service', 'branch', 'company']), key: z.string() })
        .optional()
        .meta({ description: 'Who decided the policy that is in the way.' }),
    }),
  ),
  alternatives: z.array(slot).meta({ description: 'Up to three other starts, best first.' }),
});
