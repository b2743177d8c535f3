import { z } from 'zod';
import { parseId, refuse } from '../../../adapter.ts';
import type { AppointmentId, GroupId, SeriesOptions, SeriesWish } from '../../../adapter.ts';
import { json } from '../reply.ts';
import { appointmentSchema, appointmentViews } from './appointmentView.ts';
import { refusedSchema } from './batch.ts';
import { bookingFields, bookingOf } from './bookingFields.ts';
import { endpoint } from './endpoint.ts';
import { epochMs, id, instant, iso, pathId } from './fields.ts';
import { slotSchema, slotView } from './slotView.ts';
import { visitIn } from './timeTarget.ts';
import { wishFields } from './wishFields.ts';

const tag = 'Series';

const seriesBody = z.strictObject({
  ...wishFields,
  start: instant.meta({ description: 'The first occurrence, a start of the rule itself.' }),
  rule: z
    .string()
    .min(1)
    .max(500)
    .meta({
      description:
        'RFC 5545: FREQ (DAILY, WEEKLY, MONTHLY, YEARLY), INTERVAL, COUNT or UNTIL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, WKST; ' +
        'at most 366 occurrences within two years.',
      examples: ['FREQ=WEEKLY;COUNT=10'],
    }),
  exceptDates: z.array(z.string().max(10)).max(366).optional().meta({
    description: 'Local dates on which it does not take place.',
  }),
  conflicts: z.enum(['skip', 'shift', 'fail']).optional().meta({
    description: 'What becomes of occurrences that cannot be had. Left out: fail, which books all or nothing.',
  }),
  shiftMinutes: z.int().min(1).max(10_080).optional().meta({ description: 'Left out: 1440.' }),
  sameResource: z.boolean().optional().meta({
    description: 'Whether whoever can serve the most is preferred for all. Left out: true.',
  }),
  ...bookingFields,
  by: z.enum(['customer', 'company']).optional().meta({
    description: 'Whose wish it is: policies bind customers only. Left out: customer.',
  }),
});

type SeriesBody = z.output<typeof seriesBody>;

const wishOf = (body: SeriesBody): SeriesWish => {
  const { start, branch, resource, partySize, prefer } = body;
  const { rule, exceptDates, conflicts, shiftMinutes, sameResource } = body;
  const target = { ...visitIn(body), start, branch, resource, partySize, prefer };
  return { target, rule, exceptDates, conflicts, shiftMinutes, sameResource };
};

const optionsOf = (body: SeriesBody): SeriesOptions => ({ ...bookingOf(body), by: body.by });

const occurrence = {
  start: iso.meta({ description: 'When the rule has it.' }),
  startMs: epochMs,
  isShifted: z.boolean().meta({ description: 'Whether it stands elsewhere.' }),
  refusal: refusedSchema.nullable(),
};

const seriesSchema = z
  .strictObject({
    groupId: id.nullable().meta({ description: 'Of all its appointments; null where none was booked.' }),
    occurrences: z.array(z.strictObject({ ...occurrence, appointment: appointmentSchema.nullable() })),
  })
  .meta({ id: 'Series' });

/** Books a series. */
export const bookSeries = endpoint({
  method: 'POST',
  path: '/series',
  id: 'bookSeries',
  tag,
  summary: 'Books what repeats in one transaction, with an answer for every occurrence.',
  keyed: true,
  body: seriesBody,
  answers: {
    201: {
      description: 'What was booked.',
      schema: seriesSchema,
    },
    200: {
      description: 'What the same key booked before, or that nothing could be had.',
      schema: seriesSchema,
    },
  },
  refusals: [
    'SERVICE_UNKNOWN',
    'BRANCH_UNKNOWN',
    'RESOURCE_UNKNOWN',
    'RESOURCE_NOT_QUALIFIED',
    'CUSTOMER_UNKNOWN',
    'CALL_UNKNOWN',
    'BATCH_REFUSED',
    'KEY_REUSED',
  ],
  async run({ door, body, idempotencyKey }) {
    const booked = await door.bookSeries(wishOf(body), { ...optionsOf(body), idempotencyKey });
    if (!booked.ok) return booked;
    const appointments = booked.occurrences.flatMap((each) => (each.ok ? [each.appointment] : []));
    const views = (await appointmentViews(door, appointments)).values();
    const view = {
      groupId: booked.groupId,
      occurrences: booked.occurrences.map((each) => ({
        start: each.start,
        startMs: each.startMs,
        isShifted: each.ok && each.isShifted,
        refusal: each.ok ? null : each.refusal,
        appointment: each.ok ? (views.next().value ?? null) : null,
      })),
    };
    if (booked.replayed) return json(200, view, { 'idempotent-replayed': 'true' });
    return json(booked.groupId === null ? 200 : 201, view);
  },
});

/** Looks at a series. */
export const checkSeries = endpoint({
  method: 'POST',
  path: '/series/check',
  id: 'checkSeries',
  tag,
  summary: 'Says of every occurrence of a series whether it could be booked or where it would go. Nothing is booked.',
  body: seriesBody,
  answers: {
    200: {
      description: 'Every occurrence.',
      schema: z
        .strictObject({ occurrences: z.array(z.strictObject({ ...occurrence, slot: slotSchema.nullable() })) })
        .meta({ id: 'CheckedSeries' }),
    },
  },
  refusals: ['SERVICE_UNKNOWN', 'BRANCH_UNKNOWN', 'RESOURCE_UNKNOWN', 'RESOURCE_NOT_QUALIFIED', 'CUSTOMER_UNKNOWN'],
  async run({ door, body }) {
    const checked = await door.checkSeries(wishOf(body), optionsOf(body));
    if (!checked.ok) return checked;
    return json(200, {
      occurrences: checked.occurrences.map((each) => ({
        start: each.start,
        startMs: each.startMs,
        isShifted: each.ok && each.isShifted,
        refusal: each.ok ? null : each.refusal,
        slot: each.ok ? slotView(each.slot) : null,
      })),
    });
  },
});

/** Cancels a series, or what is left of it. */
export const cancelSeries = endpoint({
  method: 'POST',
  path: '/series/:id/cancel',
  id: 'cancelSeries',
  tag,
  summary: 'Cancels one occurrence of a series, it and those that follow, or all, in one transaction.',
  keyed: true,
  params: z.strictObject({ id: pathId }),
  body: z.strictObject({
    scope: z.enum(['one', 'following', 'all']),
    appointment: id.optional().meta({ description: 'The occurrence; needed unless all are meant.' }),
    by: z.enum(['customer', 'company']).optional().meta({
      description: 'Policies bind customers only; left out: customer.',
    }),
    acceptFee: z.boolean().optional().meta({ description: 'Whether a fee is accepted; left out: true.' }),
    reason: z.string().max(500).optional(),
  }),
  answers: {
    200: {
      description: 'Each appointment that was meant, but for what is over or was cancelled before.',
      schema: z
        .strictObject({
          occurrences: z.array(
            z.strictObject({
              appointmentId: id,
              startMs: epochMs,
              appointment: appointmentSchema.nullable(),
              refusal: refusedSchema.nullable(),
            }),
          ),
        })
        .meta({ id: 'ChangedSeries' }),
    },
  },
  refusals: ['APPOINTMENT_UNKNOWN', 'CANCEL_LIMIT', 'KEY_REUSED'],
  async run({ door, params, body, idempotencyKey }) {
    const group = parseId<GroupId>(params.id);
    if (group === undefined) return refuse('APPOINTMENT_UNKNOWN', {});
    const appointment = body.appointment as AppointmentId | undefined;
    const changed = await door.cancelSeries(group, { ...body, appointment, idempotencyKey });
    if (!changed.ok) return changed;
    const appointments = changed.occurrences.flatMap((each) => (each.ok ? [each.appointment] : []));
    const views = (await appointmentViews(door, appointments)).values();
    const view = {
      occurrences: changed.occurrences.map((each) => ({
        appointmentId: each.appointmentId,
        startMs: each.startMs,
        appointment: each.ok ? (views.next().value ?? null) : null,
        refusal: each.ok ? null : each.refusal,
      })),
    };
    return json(200, view, changed.replayed ? { 'idempotent-replayed': 'true' } : {});
  },
});
