import { z } from 'zod';
import { refuse, type AgendaEntry, type FieldError } from '../../../adapter.ts';
import { isoIn } from '../isoIn.ts';
import { json } from '../reply.ts';
import { status } from './appointmentView.ts';
import { branchZones } from './bookedView.ts';
import { endpoint } from './endpoint.ts';
import { epochMs, id, instant, iso, pageOf, paging, reference } from './fields.ts';
import { msOf } from './msOf.ts';

const entrySchema = z
  .strictObject({
    id,
    start: iso,
    end: iso,
    startMs: epochMs,
    endMs: epochMs,
    status,
    serviceId: id,
    resourceId: id.nullable().meta({ description: 'The first of its resources.' }),
    customerId: id.nullable(),
  })
  .meta({ id: 'AgendaEntry', description: 'What a day view shows of an appointment.' });

const entryView = (entry: AgendaEntry, format: (epochMs: number) => string): z.output<typeof entrySchema> => ({
  ...entry,
  start: format(entry.startMs),
  end: format(entry.endMs),
});

/** Lists a branch's day. */
export const listAgenda = endpoint({
  method: 'GET',
  path: '/agenda',
  id: 'listAgenda',
  tag: 'Appointments',
  summary: "Lists what a day view shows of a branch's appointments, ordered by start.",
  query: z.strictObject({
    branch: reference.meta({ description: 'Key or id.' }),
    date: z
      .string()
      .max(10)
      .optional()
      .meta({ format: 'date', description: 'A day of the branch; left out: `from` and `to`.' }),
    from: instant.optional().meta({ description: 'Starts at or after.' }),
    to: instant.optional().meta({ description: 'Starts before.' }),
    status: z.array(status).max(5).optional().meta({ description: 'Separated by commas; left out: all.' }),
    cursor: paging.cursor,
    limit: z.int().min(1).max(500).optional().meta({ description: 'Left out: 200.' }),
  }),
  answers: { 200: { description: 'A page.', schema: pageOf(entrySchema) } },
  refusals: ['BRANCH_UNKNOWN'],
  async run({ door, query: { branch, date, from, to, status: statuses, cursor, limit } }) {
    const errors: FieldError[] = [];
    const [fromMs, toMs] = [msOf(from, 'from', errors), msOf(to, 'to', errors)];
    if (errors.length > 0) return refuse('INPUT_INVALID', { errors });
    const listed = await door.agenda({ branch, date, fromMs, toMs, statuses, cursor, limit });
    if (!listed.ok) return listed;
    const named = (await door.branches()).find((each) => each.id === branch || each.key === branch);
    const format = isoIn((await branchZones(door))(named?.id ?? ''));
    return json(200, { items: listed.page.items.map((each) => entryView(each, format)), next: listed.page.next });
  },
});
