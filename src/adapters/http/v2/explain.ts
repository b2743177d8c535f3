import { z } from 'zod';
import type { Explanation } from '../../../adapter.ts';
import { json } from '../reply.ts';
import { endpoint } from './endpoint.ts';
import { instant, iso } from './fields.ts';
import { lookingRefusals } from './slots.ts';
import { slotSchema, slotView } from './slotView.ts';
import { replacing, replacingOf } from './timeTarget.ts';
import { wishFields } from './wishFields.ts';

const blockerSchema = z
  .looseObject({ code: z.string() })
  .meta({ id: 'Blocker', description: 'A reason and its cause; what else it names depends on the code.' });

const explanation = z.strictObject({
  bookable: z.boolean(),
  slot: slotSchema.optional(),
  reasons: z.array(blockerSchema),
  nearest: z.strictObject({ previous: iso.optional(), next: iso.optional(), longestMinutes: z.int().optional() }),
});

/** Why one start is or is not bookable. */
export const explainSlot = endpoint({
  method: 'POST',
  path: '/slots/explain',
  id: 'explainSlot',
  tag: 'Availability',
  summary: 'Explains one start: every reason, for each who could serve it, and the nearest starts that can be had.',
  body: z.strictObject({
    ...wishFields,
    start: instant,
    replacing,
  }),
  answers: { 200: { description: 'Everything that stands in the way of the start.', schema: explanation } },
  refusals: lookingRefusals,
  async run({ door, body }) {
    const explained = await door.explain({ ...body, replacing: replacingOf(body.replacing) });
    return explained.ok ? json(200, view(explained)) : explained;
  },
});

function view({ free, slot, blockers, nearest }: Explanation): z.output<typeof explanation> {
  const { previousMs, nextMs, longestMinutes } = nearest;
  return {
    bookable: free,
    ...(slot === undefined ? {} : { slot: slotView(slot) }),
    reasons: blockers.map((blocker) => ({ ...written(blocker), code: blocker.code })),
    nearest: {
      ...(previousMs === undefined ? {} : { previous: utc(previousMs) }),
      ...(nextMs === undefined ? {} : { next: utc(nextMs) }),
      ...(longestMinutes === undefined ? {} : { longestMinutes }),
    },
  };
}

const utc = (ms: number): string => new Date(ms).toISOString();

/** Instants written out beside their milliseconds: `startMs: 1795…` gets `start: '2026-…Z'`. */
function written(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, content]: [string, unknown]): [string, unknown][] => {
      if (typeof content === 'object' && content !== null && !Array.isArray(content)) return [[name, written(content)]];
      if (typeof content !== 'number' || !name.endsWith('Ms')) return [[name, content]];
      return [
        [name, content],
        [name.slice(0, -2), utc(content)],
      ];
    }),
  );
}
