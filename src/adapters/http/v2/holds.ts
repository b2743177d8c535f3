import { z } from 'zod';
import { parseId, refuse, type CompanyDoor, type Hold, type HoldId } from '../../../adapter.ts';
import { json, type Reply } from '../reply.ts';
import { endpoint } from './endpoint.ts';
import { branchZones } from './bookedView.ts';
import { id, pageOf, paging, pathId } from './fields.ts';
import { holdSchema, holdView } from './holdView.ts';
import { takingRefusals } from './refusalSets.ts';
import { holdRefOf, judgeTarget, targetFields, targetOf } from './timeTarget.ts';

const owner = z.string().min(1).max(128).meta({ description: 'Who may book or release it: a call id or a session.' });
const tag = 'Booking';

async function holdReply(
  status: number,
  door: CompanyDoor,
  hold: Hold,
  headers?: Record<string, string>,
): Promise<Reply> {
  return json(status, holdView(hold, await branchZones(door)), headers);
}

/** Takes a time for a while. */
export const createHold = endpoint({
  method: 'POST',
  path: '/holds',
  id: 'createHold',
  tag,
  summary: 'Takes the time of an offer or a start for a while, for its owner alone.',
  keyed: true,
  body: z
    .strictObject({
      ...targetFields,
      owner,
      ttlSeconds: z.int().min(10).max(3_600).optional().meta({ description: 'Left out: as the policies say.' }),
      replacing: z
        .strictObject({ hold: id, owner })
        .optional()
        .meta({ description: 'An earlier hold that is given up for this one.' }),
    })
    .superRefine(judgeTarget),
  answers: {
    201: { description: 'The hold.', schema: holdSchema },
    200: { description: 'The hold that the same key made before.', schema: holdSchema },
  },
  refusals: [...takingRefusals, 'HOLD_LIMIT', 'NOT_OWNER', 'HOLD_UNKNOWN', 'HOLD_EXPIRED'],
  async run({ door, body, idempotencyKey }) {
    const { owner, ttlSeconds } = body;
    const held = await door.hold(targetOf(body), {
      owner,
      ttlSeconds,
      idempotencyKey,
      replacing: holdRefOf(body.replacing ?? {}),
    });
    if (!held.ok) return held;
    if (held.replayed) return holdReply(200, door, held.hold, { 'idempotent-replayed': 'true' });
    return holdReply(201, door, held.hold, { location: `/api/v2/holds/${held.hold.id}` });
  },
});

/** Lists holds. */
export const listHolds = endpoint({
  method: 'GET',
  path: '/holds',
  id: 'listHolds',
  tag,
  summary: 'Lists the holds that have not run out, in the order in which they came.',
  query: z.strictObject(paging),
  answers: { 200: { description: 'A page.', schema: pageOf(holdSchema) } },
  refusals: [],
  async run({ door, query }) {
    const listed = await door.listHolds(query);
    if (!listed.ok) return listed;
    const zoneOf = await branchZones(door);
    return json(200, { items: listed.page.items.map((hold) => holdView(hold, zoneOf)), next: listed.page.next });
  },
});

/** Reads a hold. */
export const getHold = endpoint({
  method: 'GET',
  path: '/holds/:id',
  id: 'getHold',
  tag,
  summary: 'Reads a hold.',
  params: z.strictObject({ id: pathId }),
  answers: { 200: { description: 'The hold.', schema: holdSchema } },
  refusals: ['HOLD_UNKNOWN', 'HOLD_EXPIRED'],
  async run({ door, params }) {
    const hold = parseId<HoldId>(params.id);
    const found = hold === undefined ? refuse('HOLD_UNKNOWN', {}) : await door.getHold(hold);
    return found.ok ? holdReply(200, door, found.hold) : found;
  },
});

/** Gives a hold up early. */
export const releaseHold = endpoint({
  method: 'DELETE',
  path: '/holds/:id',
  id: 'releaseHold',
  tag,
  summary: 'Gives a hold up early.',
  params: z.strictObject({ id: pathId }),
  query: z.strictObject({ owner }),
  answers: { 204: { description: 'Its time is free again.' } },
  refusals: ['HOLD_UNKNOWN', 'HOLD_EXPIRED', 'NOT_OWNER'],
  async run({ door, params, query }) {
    const hold = parseId<HoldId>(params.id);
    if (hold === undefined) return refuse('HOLD_UNKNOWN', {});
    const released = await door.release({ hold, owner: query.owner });
    return released.ok ? { status: 204 } : released;
  },
});
