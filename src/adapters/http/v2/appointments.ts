import { z } from 'zod';
import { parseId, refuse } from '../../../adapter.ts';
import type { AppointmentId, CustomerId, FieldError, GroupId, Refused } from '../../../adapter.ts';
import { json } from '../reply.ts';
import { appointmentSchema, appointmentViews, etagOf, status } from './appointmentView.ts';
import { bookingFields, bookingOf } from './bookingFields.ts';
import { bookingReply } from './bookingReply.ts';
import { endpoint } from './endpoint.ts';
import { id, instant, pageOf, paging, pathId } from './fields.ts';
import { msOf } from './msOf.ts';
import { takingRefusals } from './refusalSets.ts';
import {
  holdFields,
  holdRefOf,
  judgeTargetOrHold,
  replacing,
  replacingOf,
  targetFields,
  targetOf,
} from './timeTarget.ts';

const tag = 'Appointments';

const bookBody = z
  .strictObject({
    ...holdFields,
    ...targetFields,
    ...bookingFields,
    replacing,
    by: z.enum(['customer', 'company']).optional().meta({
      description: 'Whose wish it is: policies bind customers only. Left out: customer.',
    }),
  })
  .superRefine((body, context) => {
    judgeTargetOrHold(body, context, true);
    if (body.hold !== undefined && body.replacing !== undefined)
      context.addIssue({ code: 'custom', path: ['replacing'], message: 'must be left out beside a hold' });
  });

/** Books. */
export const book = endpoint({
  method: 'POST',
  path: '/appointments',
  id: 'book',
  tag,
  summary: 'Books a hold, an offer or a start. With a hold it is idempotent by the hold.',
  keyed: true,
  body: bookBody,
  answers: {
    201: { description: 'The appointment.', schema: appointmentSchema },
    200: { description: 'The appointment that the same key or hold made before.', schema: appointmentSchema },
  },
  refusals: [
    ...takingRefusals,
    'HOLD_UNKNOWN',
    'HOLD_EXPIRED',
    'NOT_OWNER',
    'CUSTOMER_UNKNOWN',
    'CALL_UNKNOWN',
    'APPOINTMENT_UNKNOWN',
    'VERSION_CONFLICT',
    'STATUS_CONFLICT',
    'RESCHEDULE_TOO_LATE',
    'RESCHEDULE_LIMIT',
    'NO_SHOW_LIMIT',
  ],
  async run({ door, body, idempotencyKey }) {
    const booked = await door.book(holdRefOf(body) ?? targetOf(body), {
      ...bookingOf(body),
      by: body.by,
      idempotencyKey,
      replacing: replacingOf(body.replacing),
    });
    return booked.ok ? bookingReply(booked, door, 201) : booked;
  },
});

/** Reads an appointment. */
export const getAppointment = endpoint({
  method: 'GET',
  path: '/appointments/:id',
  id: 'getAppointment',
  tag,
  summary: 'Reads an appointment; its version is the ETag.',
  params: z.strictObject({ id: pathId }),
  answers: {
    200: { description: 'The appointment.', schema: appointmentSchema },
    304: { description: 'It still is the version of If-None-Match.' },
  },
  refusals: ['APPOINTMENT_UNKNOWN'],
  async run({ door, params, ifNoneMatch }) {
    const id = parseId<AppointmentId>(params.id);
    const found = id === undefined ? refuse('APPOINTMENT_UNKNOWN', {}) : await door.getAppointment(id);
    if (!found.ok) return found;
    const etag = etagOf(found.appointment);
    if (ifNoneMatch === etag) return { status: 304, headers: { etag } };
    const [view] = await appointmentViews(door, [found.appointment]);
    return json(200, view, { etag });
  },
});

/** Lists appointments. */
export const listAppointments = endpoint({
  method: 'GET',
  path: '/appointments',
  id: 'listAppointments',
  tag,
  summary: 'Lists appointments, ordered by start unless `sort` says otherwise.',
  query: z.strictObject({
    from: instant.optional().meta({ description: 'Starts at or after.' }),
    to: instant.optional().meta({ description: 'Starts before.' }),
    branch: id.optional().meta({ description: 'Id.' }),
    resource: id.optional().meta({ description: 'Id.' }),
    customer: id.optional().meta({ description: 'Id.' }),
    service: id.optional().meta({
      description: 'Id; beside a branch, a resource, a customer, a group, or both `from` and `to`.',
    }),
    group: id.optional().meta({ description: 'Id of a batch or a series.' }),
    status: z.array(status).max(5).optional().meta({ description: 'Separated by commas; left out: all.' }),
    updatedFrom: instant.optional().meta({ description: 'Last changed at or after; without other filters, sorted by updated.' }),
    updatedTo: instant.optional().meta({ description: 'Last changed before.' }),
    sort: z.enum(['start', '-start', 'created', '-created', 'updated', '-updated']).optional().meta({
      description: 'With a minus the latest first. By created and updated there are no filters but those of the change.',
    }),
    ...paging,
  }), // prettier-ignore
  answers: { 200: { description: 'A page.', schema: pageOf(appointmentSchema) } },
  refusals: [],
  async run({ door, query }) {
    const { from, to, branch, resource, customer, service, group, status, sort, cursor, limit } = query;
    const errors: FieldError[] = [];
    const fromMs = msOf(from, 'from', errors);
    const toMs = msOf(to, 'to', errors);
    const updatedFromMs = msOf(query.updatedFrom, 'updatedFrom', errors);
    const updatedToMs = msOf(query.updatedTo, 'updatedTo', errors);
    if (errors.length > 0) return refuse('INPUT_INVALID', { errors });
    const listed = await door.listAppointments({
      fromMs,
      toMs,
      branchId: branch,
      resourceId: resource,
      customerId: customer as CustomerId | undefined,
      groupId: group as GroupId | undefined,
      serviceId: service,
      statuses: status,
      updatedFromMs,
      updatedToMs,
      sort,
      cursor,
      limit,
    });
    if (!listed.ok) return listed.refusal.code === 'INPUT_INVALID' ? asAsked(listed.refusal.errors) : listed;
    const { items, next } = listed.page;
    return json(200, { items: await appointmentViews(door, items), next });
  },
});

/** Fields of the door by the names that they have in a query. */
const asked: Readonly<Record<string, string>> = {
  branchId: 'branch',
  resourceId: 'resource',
  customerId: 'customer',
  groupId: 'group',
  serviceId: 'service',
  statuses: 'status',
  fromMs: 'from',
  toMs: 'to',
  updatedFromMs: 'updatedFrom',
  updatedToMs: 'updatedTo',
};

const asAsked = (errors: readonly FieldError[]): Refused<'INPUT_INVALID'> =>
  refuse('INPUT_INVALID', { errors: errors.map(({ path, message }) => ({ path: asked[path] ?? path, message })) });
