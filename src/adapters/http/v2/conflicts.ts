import { z } from 'zod';
import type { BookingConflict, CompanyDoor, ConflictReason, NoteCode, Page } from '../../../adapter.ts';
import { json } from '../reply.ts';
import { appointmentSchema, appointmentViews } from './appointmentView.ts';
import { endpoint } from './endpoint.ts';
import { id, pageOf, paging } from './fields.ts';

const codes = [
  'COMPANY_INACTIVE',
  'BRANCH_INACTIVE',
  'BRANCH_REMOVED',
  'SERVICE_INACTIVE',
  'SERVICE_REMOVED',
  'RESOURCE_INACTIVE',
  'RESOURCE_REMOVED',
  'RESOURCE_MOVED',
  'RESOURCE_NOT_QUALIFIED',
  'OUTSIDE_HOURS',
  'TIME_OFF',
] as const satisfies readonly ConflictReason['code'][];

const notes = ['DURATION_DIFFERS', 'BUFFERS_DIFFER'] as const satisfies readonly NoteCode[];

const conflictSchema = z
  .strictObject({
    appointment: appointmentSchema,
    conflicts: z
      .array(z.strictObject({ code: z.enum(codes), resourceId: id.optional() }))
      .meta({ description: 'Why it cannot take place as it is; empty where there are only notes.' }),
    notes: z.array(z.enum(notes)).meta({
      description: 'What its service would be booked with today and it is not; it can take place all the same.',
    }),
  })
  .meta({ id: 'BookingConflict' });

/** A page of conflicts in an answer. */
export const conflictPage = pageOf(conflictSchema);

/** A page of conflicts as a plain value. */
export async function conflictPageView(door: CompanyDoor, { items, next }: Page<BookingConflict>): Promise<object> {
  const appointments = items.map(({ appointment }) => appointment);
  // Most changes concern nobody.
  const views = items.length === 0 ? [] : await appointmentViews(door, appointments);
  return {
    items: items.map(({ conflicts, notes: noted }, index) => ({
      appointment: views[index],
      conflicts: conflicts.map(({ code, resourceId }) => ({
        code,
        ...(resourceId === undefined ? {} : { resourceId }),
      })),
      notes: [...noted],
    })),
    next,
  };
}

/** Lists the appointments that the configuration does not fit. */
export const listConflicts = endpoint({
  method: 'GET',
  path: '/conflicts',
  id: 'listConflicts',
  tag: 'Configuration',
  summary:
    'Lists open appointments to come that the configuration does not fit, ordered by start. They stay as they are. A page may have fewer than asked for and yet a next.',
  query: z.strictObject(paging),
  answers: { 200: { description: 'A page.', schema: conflictPage } },
  refusals: ['COMPANY_UNKNOWN'],
  async run({ door, query }) {
    const listed = await door.conflicts(query);
    return listed.ok ? json(200, await conflictPageView(door, listed.page)) : listed;
  },
});
