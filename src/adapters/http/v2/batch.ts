import { z } from 'zod';
import type { BatchItem } from '../../../adapter.ts';
import { json } from '../reply.ts';
import { appointmentSchema, appointmentViews } from './appointmentView.ts';
import { bookingFields, bookingOf } from './bookingFields.ts';
import { endpoint } from './endpoint.ts';
import { id } from './fields.ts';
import { judgeTarget, targetFields, targetOf } from './timeTarget.ts';

/** Why one of several cannot be had, as the refusal of a single one says it. */
export const refusedSchema = z
  .looseObject({ code: z.string().meta({ description: 'Code of a refusal: SLOT_TAKEN, OUTSIDE_HOURS …' }) })
  .meta({ id: 'RefusedItem' });

const batchSchema = z
  .strictObject({
    groupId: id.nullable().meta({ description: 'What all that was booked has in common; null where nothing was.' }),
    items: z
      .array(
        z.strictObject({
          appointment: appointmentSchema.nullable(),
          refusal: refusedSchema.nullable(),
        }),
      )
      .meta({ description: 'One for each item, in order: an appointment, or why it cannot be had.' }),
  })
  .meta({ id: 'Batch' });

/** Books many. */
export const bookMany = endpoint({
  method: 'POST',
  path: '/appointments/batch',
  id: 'bookMany',
  tag: 'Appointments',
  summary: 'Books up to 1,000 offers or starts in one transaction: all of them or none, or whichever can be had.',
  keyed: true,
  maxBodyBytes: 2_097_152,
  body: z.strictObject({
    mode: z.enum(['all', 'each']),
    by: z.enum(['customer', 'company']).optional().meta({
      description: 'Whose wish it is: policies bind customers only. Left out: customer.',
    }),
    items: z
      .array(z.strictObject({ ...targetFields, ...bookingFields }).superRefine(judgeTarget))
      .min(1)
      .max(1_000),
  }),
  answers: {
    201: { description: 'What was booked.', schema: batchSchema },
    200: { description: 'What the same key booked before, or that nothing could be had.', schema: batchSchema },
  },
  refusals: ['BATCH_REFUSED', 'KEY_REUSED'],
  async run({ door, body, idempotencyKey }) {
    const items = body.items.map((item): BatchItem => {
      const target = targetOf(item);
      return { ...bookingOf(item), ...(typeof target === 'string' ? { offer: target } : target) };
    });
    const booked = await door.bookMany(items, { mode: body.mode, by: body.by, idempotencyKey });
    if (!booked.ok) return booked;
    const views = (
      await appointmentViews(
        door,
        booked.items.flatMap((item) => (item.ok ? [item.appointment] : [])),
      )
    ).values();
    const view = {
      groupId: booked.groupId,
      items: booked.items.map((item) => ({
        appointment: item.ok ? (views.next().value ?? null) : null,
        refusal: item.ok ? null : item.refusal,
      })),
    };
    if (booked.replayed) return json(200, view, { 'idempotent-replayed': 'true' });
    return json(booked.groupId === null ? 200 : 201, view);
  },
});
