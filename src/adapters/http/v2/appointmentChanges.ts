import { z } from 'zod';
import { parseId, refuse, type AppointmentId } from '../../../adapter.ts';
import { appointmentSchema } from './appointmentView.ts';
import { bookingReply } from './bookingReply.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { pathId, version } from './fields.ts';
import { changeRefusals, takingRefusals } from './refusalSets.ts';
import { holdFields, judgeTargetOrHold, moveOf, targetFields } from './timeTarget.ts';

const common = {
  method: 'POST',
  tag: 'Appointments',
  keyed: true,
  versioned: true,
  params: z.strictObject({ id: pathId }),
  answers: { 200: { description: 'The appointment as it is now.', schema: appointmentSchema } },
} as const;

const changeFields = {
  version: version.optional().meta({ description: 'The version seen, where there is no If-Match header.' }),
  by: z
    .enum(['customer', 'company'])
    .optional()
    .meta({ description: 'Policies bind customers only; left out: customer.' }),
};

/** Moves an appointment. */
export const reschedule = endpoint({
  ...common,
  path: '/appointments/:id/reschedule',
  id: 'reschedule',
  summary: 'Moves an appointment in one transaction: it has the new time, or it keeps the old one.',
  body: z
    .strictObject({ ...holdFields, ...targetFields, ...changeFields })
    .superRefine((body, context) => judgeTargetOrHold(body, context, false)),
  refusals: [
    ...changeRefusals,
    'RESCHEDULE_TOO_LATE',
    'RESCHEDULE_LIMIT',
    'HOLD_UNKNOWN',
    'HOLD_EXPIRED',
    'NOT_OWNER',
    ...takingRefusals.filter((code) => code !== 'KEY_REUSED'),
  ],
  async run({ door, params, body, idempotencyKey, ifMatch }) {
    const id = parseId<AppointmentId>(params.id);
    if (id === undefined) return refuse('APPOINTMENT_UNKNOWN', {});
    const options = { by: body.by, version: ifMatch ?? body.version, idempotencyKey };
    const moved = await door.reschedule(id, moveOf(body), options);
    return moved.ok ? bookingReply(moved, door, 200) : moved;
  },
});

/** Cancels an appointment. */
export const cancel = endpoint({
  ...common,
  path: '/appointments/:id/cancel',
  id: 'cancel',
  summary: 'Cancels an appointment and frees its time. Late it may cost a fee, which its terms tell before.',
  body: z.strictObject({
    ...changeFields,
    reason: z.string().max(500).optional(),
    acceptFee: z
      .boolean()
      .optional()
      .meta({ description: 'False: rather than to owe a fee, leave it as it is. Left out: true.' }),
  }),
  refusals: [...changeRefusals, 'CANCEL_TOO_LATE', 'CANCEL_LIMIT'],
  async run({ door, params, body, idempotencyKey, ifMatch }) {
    const id = parseId<AppointmentId>(params.id);
    if (id === undefined) return refuse('APPOINTMENT_UNKNOWN', {});
    const { by, reason, acceptFee } = body;
    const options = { by, reason, acceptFee, version: ifMatch ?? body.version, idempotencyKey };
    const cancelled = await door.cancel(id, options);
    return cancelled.ok ? bookingReply(cancelled, door, 200) : cancelled;
  },
});

const statusChange = (word: 'confirm' | 'complete' | 'noShow', path: string, summary: string): Endpoint =>
  endpoint({
    ...common,
    path,
    id: word,
    summary,
    body: z.strictObject(changeFields),
    refusals: changeRefusals,
    async run({ door, params, body, idempotencyKey, ifMatch }) {
      const id = parseId<AppointmentId>(params.id);
      if (id === undefined) return refuse('APPOINTMENT_UNKNOWN', {});
      const changed = await door[word](id, { by: body.by, version: ifMatch ?? body.version, idempotencyKey });
      return changed.ok ? bookingReply(changed, door, 200) : changed;
    },
  });

/** Confirms a pending appointment. */
export const confirm = statusChange('confirm', '/appointments/:id/confirm', 'Confirms a pending appointment.');

/** Notes that the customer came. */
export const complete = statusChange('complete', '/appointments/:id/complete', 'Notes that the customer came.');

/** Notes that the customer did not come. */
export const noShow = statusChange('noShow', '/appointments/:id/no-show', 'Notes that the customer did not come.');
