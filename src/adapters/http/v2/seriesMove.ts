import { z } from 'zod';
import { formatUtc, parseId, refuse } from '../../../adapter.ts';
import type { AppointmentId, GroupId } from '../../../adapter.ts';
import { json } from '../reply.ts';
import { appointmentSchema, appointmentViews } from './appointmentView.ts';
import { refusedSchema } from './batch.ts';
import { endpoint } from './endpoint.ts';
import { epochMs, id, iso, pathId, reference } from './fields.ts';

const changeBody = z
  .strictObject({
    shiftDays: z.int().min(-366).max(366).optional().meta({ description: 'Its wall time is kept.' }),
    shiftMinutes: z.int().min(-1_440).max(1_440).optional().meta({ description: 'Of wall time; not beside time.' }),
    time: z
      .string()
      .max(5)
      .optional()
      .meta({ description: 'The wall time that each begins at.', examples: ['14:30'] }),
    resource: reference.optional().meta({
      description: 'Key or id; left out: whoever does it now if he is free then, else anyone who can.',
    }),
    service: reference.optional().meta({ description: 'Key or id; another service has another price.' }),
  })
  .meta({ description: 'What becomes different for each occurrence, from where it stands. At least one field.' });

/** Moves a series, or what is left of it. */
export const rescheduleSeries = endpoint({
  method: 'POST',
  path: '/series/:id/reschedule',
  id: 'rescheduleSeries',
  tag: 'Series',
  summary: 'Moves one occurrence of a series, it and those that follow, or all, in one transaction.',
  keyed: true,
  params: z.strictObject({ id: pathId }),
  body: z.strictObject({
    scope: z.enum(['one', 'following', 'all']),
    appointment: id.optional().meta({ description: 'The occurrence; needed unless all are meant.' }),
    change: changeBody,
    conflicts: z.enum(['skip', 'shift', 'fail']).optional().meta({
      description: 'What becomes of occurrences that cannot be moved. Left out: fail, which moves all or nothing.',
    }),
    withinMinutes: z.int().min(1).max(10_080).optional().meta({
      description: 'How far from its new time one may be shifted. Left out: 1440.',
    }),
    by: z.enum(['customer', 'company']).optional().meta({
      description: 'Policies bind customers only, and count for each occurrence; left out: customer.',
    }),
  }),
  answers: {
    200: {
      description: 'Each appointment that was meant, in the order of where they stood.',
      schema: z
        .strictObject({
          occurrences: z.array(
            z.strictObject({
              appointmentId: id,
              previous: iso.nullable().meta({
                description: 'Where it stood, in UTC; null: it was not moved. A repeated answer does not know it.',
              }),
              previousMs: epochMs.nullable(),
              isShifted: z.boolean().meta({ description: 'Whether it had to go elsewhere than was asked.' }),
              appointment: appointmentSchema.nullable(),
              refusal: refusedSchema.nullable(),
            }),
          ),
        })
        .meta({ id: 'MovedSeries' }),
    },
  },
  refusals: ['APPOINTMENT_UNKNOWN', 'SERVICE_UNKNOWN', 'RESOURCE_UNKNOWN', 'BATCH_REFUSED', 'KEY_REUSED'],
  async run({ door, params, body: { by, ...move }, idempotencyKey }) {
    const group = parseId<GroupId>(params.id);
    if (group === undefined) return refuse('APPOINTMENT_UNKNOWN', {});
    const appointment = move.appointment as AppointmentId | undefined;
    const moved = await door.rescheduleSeries(group, { ...move, appointment }, { by, idempotencyKey });
    if (!moved.ok) return moved;
    const appointments = moved.occurrences.flatMap((each) => (each.ok ? [each.appointment] : []));
    const views = (await appointmentViews(door, appointments)).values();
    const view = {
      occurrences: moved.occurrences.map((each) => {
        const previousMs = each.ok ? each.previousMs : null;
        return {
          appointmentId: each.appointmentId,
          previous: previousMs === null ? null : formatUtc(previousMs),
          previousMs,
          isShifted: each.ok && each.isShifted,
          appointment: each.ok ? (views.next().value ?? null) : null,
          refusal: each.ok ? null : each.refusal,
        };
      }),
    };
    return json(200, view, moved.replayed ? { 'idempotent-replayed': 'true' } : {});
  },
});
