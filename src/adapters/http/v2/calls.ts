import { z } from 'zod';
import { formatUtc, refuse, type CallStatus, type FieldError, type ListedCall } from '../../../adapter.ts';
import { json } from '../reply.ts';
import { endpoint } from './endpoint.ts';
import { epochMs, id, instant, iso, pageOf, paging } from './fields.ts';
import { msOf } from './msOf.ts';

const statuses = ['inbound', 'ongoing', 'completed', 'analyzed'] as const satisfies readonly CallStatus[];

const callSchema = z
  .strictObject({
    id,
    branchId: id.nullable(),
    provider: z.string(),
    providerCallId: z.string(),
    from: z.string().nullable().meta({ description: 'E.164; null: anonymous.' }),
    to: z.string().nullable(),
    status: z.enum(statuses),
    customerId: id.nullable(),
    appointmentId: id.nullable(),
    started: iso.nullable(),
    startedMs: epochMs.nullable(),
    ended: iso.nullable(),
    endedMs: epochMs.nullable(),
    summary: z.string().nullable(),
    outcome: z.string().nullable().meta({ description: "How it ended, in the provider's words." }),
    updated: iso,
    updatedMs: epochMs,
  })
  .meta({ id: 'Call', description: 'A call, without what was said in it.' });

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : formatUtc(ms));

const callView = ({ companyId: _, version: __, ...call }: ListedCall): z.output<typeof callSchema> => ({
  ...call,
  started: isoOrNull(call.startedMs),
  ended: isoOrNull(call.endedMs),
  updated: formatUtc(call.updatedMs),
});

/** Lists calls. */
export const listCalls = endpoint({
  method: 'GET',
  path: '/calls',
  id: 'listCalls',
  tag: 'Calls',
  summary: 'Lists the calls, the latest first unless `sort` says otherwise.',
  query: z.strictObject({
    from: instant.optional().meta({ description: 'At or after. A call whose start is unknown was when it was last heard of.' }),
    to: instant.optional().meta({ description: 'Before.' }),
    status: z.array(z.enum(statuses)).max(4).optional().meta({ description: 'Separated by commas; left out: all.' }),
    caller: z.string().min(1).max(64).overwrite((text) => text.replace(/^ /, '+')).optional().meta({ description: "The caller's whole number." }),
    sort: z.enum(['time', '-time']).optional().meta({ description: 'Left out: -time.' }),
    ...paging,
  }), // prettier-ignore
  answers: { 200: { description: 'A page.', schema: pageOf(callSchema) } },
  refusals: [],
  async run({ door, query: { from, to, status, ...rest } }) {
    const errors: FieldError[] = [];
    const [fromMs, toMs] = [msOf(from, 'from', errors), msOf(to, 'to', errors)];
    if (errors.length > 0) return refuse('INPUT_INVALID', { errors });
    const listed = await door.listCalls({ ...rest, fromMs, toMs, statuses: status });
    return listed.ok ? json(200, { items: listed.page.items.map(callView), next: listed.page.next }) : listed;
  },
});
