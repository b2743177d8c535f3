import { z } from 'zod';
import type { AppointmentId, HoldId, Refusal, RefusalCode, Replacing } from '../../../adapter.ts';
import { asciiJson, json } from '../reply.ts';
import { endpoint } from './endpoint.ts';
import { id, instant, reasonsAndAlternatives, version } from './fields.ts';
import { slotSchema, slotsJson, slotView } from './slotView.ts';
import { replacing, replacingOf } from './timeTarget.ts';
import { wishFields } from './wishFields.ts';

type NotFree = Extract<Refusal, { readonly alternatives: unknown }>;

/** Whether a refusal says that a time is not free: over HTTP that is an answer, not a failure of the question. */
const isNotFree = (refusal: Refusal): refusal is NotFree => 'alternatives' in refusal;

/** Why nothing can be looked for at all. */
export const lookingRefusals: readonly RefusalCode[] = [
  'SERVICE_UNKNOWN',
  'BRANCH_UNKNOWN',
  'RESOURCE_UNKNOWN',
  'RESOURCE_NOT_QUALIFIED',
  'HOLD_UNKNOWN',
  'HOLD_EXPIRED',
  'NOT_OWNER',
  'APPOINTMENT_UNKNOWN',
  'VERSION_CONFLICT',
  'STATUS_CONFLICT',
];

const preference = z
  .array(z.strictObject({ resourceId: id, status: z.enum(['free', 'busy', 'notQualified']) }))
  .optional()
  .meta({ description: 'Where somebody is preferred: what became of each.' });
const listed = z.strictObject({ slots: z.array(slotSchema), preference });

const liking = {
  weekdays: z
    .array(z.enum(['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su']))
    .min(1)
    .max(7)
    .optional(),
  partOfDay: z.enum(['morning', 'noon', 'afternoon', 'evening']).optional(),
  around: z.string().min(1).max(40).optional().meta({ description: 'An instant, or a time of day like 15:00.' }),
};
const noneListed = z.strictObject({ slots: z.array(slotSchema).max(0), ...reasonsAndAlternatives(slotSchema) });

/** What is bookable. */
export const findSlots = endpoint({
  method: 'GET',
  path: '/slots',
  id: 'findSlots',
  tag: 'Availability',
  summary:
    'Lists bookable slots of a range, the next ones, or the best for a wish; an empty list says why and what else there is.',
  query: z.strictObject({
    ...wishFields,
    from: instant.optional().meta({ description: 'Starts at or after; left out: now.' }),
    to: instant.optional().meta({ description: 'Starts before; at most 62 days after `from`.' }),
    count: z.int().min(1).max(2_000).optional().meta({ description: 'At most so many; needed when `to` is left out.' }),
    ...liking,
    replacingHold: id.optional().meta({ description: 'A hold whose time counts as free, with its `owner`.' }),
    owner: z.string().min(1).max(128).optional(),
    replacingAppointment: id.optional().meta({ description: 'An appointment whose time counts as free.' }),
    version: version.optional().meta({ description: 'The version seen of that appointment.' }),
  }),
  answers: {
    200: { description: 'Slots ascending by start, or none and why.', schema: z.union([listed, noneListed]) },
  },
  refusals: lookingRefusals,
  async run({ door, query }) {
    const { replacingHold, owner, replacingAppointment, version, weekdays, partOfDay, around, ...asked } = query;
    const replacing = replacingIn({ replacingHold, owner, replacingAppointment, version });
    const wish = {
      ...(weekdays === undefined ? {} : { weekdays }),
      ...(partOfDay === undefined ? {} : { partOfDay }),
      // A plus that a query made a blank is put back, as in other instants.
      ...(around === undefined ? {} : { around: around.replace(' ', '+') }),
    };
    const found = await door.find({ ...asked, replacing, ...(Object.keys(wish).length === 0 ? {} : { wish }) });
    if (!found.ok) return isNotFree(found.refusal) ? json(200, { slots: [], ...whyNot(found.refusal) }) : found;
    const preferred = found.preference === undefined ? '' : `,"preference":${JSON.stringify(found.preference)}`;
    return asciiJson(200, `{"slots":${slotsJson(found.slots)}${preferred}}`);
  },
});

interface ReplacingQuery {
  readonly replacingHold?: string | undefined;
  readonly owner?: string | undefined;
  readonly replacingAppointment?: string | undefined;
  readonly version?: number | undefined;
}

function replacingIn({ replacingHold, owner, replacingAppointment, version }: ReplacingQuery): Replacing | undefined {
  if (replacingHold !== undefined) return { hold: replacingHold as HoldId, owner: owner ?? '' };
  return replacingAppointment === undefined
    ? undefined
    : { appointment: replacingAppointment as AppointmentId, version };
}

const whyNot = ({ code, reasons, alternatives }: NotFree): object => ({
  code,
  reasons,
  alternatives: alternatives.map(slotView),
});

const free = z.strictObject({ bookable: z.literal(true), slot: slotSchema });
const notFree = z.strictObject({ bookable: z.literal(false), ...reasonsAndAlternatives(slotSchema) });

/** Whether one start is bookable. */
export const checkSlot = endpoint({
  method: 'POST',
  path: '/slots/check',
  id: 'checkSlot',
  tag: 'Availability',
  summary: 'Judges one start by the same rules that list slots.',
  body: z.strictObject({
    ...wishFields,
    start: instant,
    replacing,
  }),
  answers: {
    200: { description: 'The slot, or why it cannot be had.', schema: z.union([free, notFree]) },
  },
  refusals: lookingRefusals,
  async run({ door, body }) {
    const checked = await door.check({ ...body, replacing: replacingOf(body.replacing) });
    if (checked.ok) return json(200, { bookable: true, slot: slotView(checked.slot) });
    return isNotFree(checked.refusal) ? json(200, { bookable: false, ...whyNot(checked.refusal) }) : checked;
  },
});
