import type { ClaimedSpan } from '../../../src/core/contracts/bookingWrite.ts';
import { stored, type BrokenAdapter } from './brokenAdapter.ts';
import { brokenAfter, brokenInput, brokenWrite, type FaultyWrite } from './faultyWrite.ts';

/** The cells of each span that has several places. */
const sharedRanges = ({ write }: FaultyWrite) =>
  (write.claims ?? []).flatMap(({ spans, grainMs }) =>
    spans.flatMap(({ resourceId, startMs, endMs, capacity = 1 }: ClaimedSpan) =>
      capacity > 1 ? [{ capacity, range: [stored(resourceId), startMs / grainMs, endMs / grainMs] as const }] : [],
    ),
  );

const inRange = 'subject = ? AND cell >= ? AND cell < ?';

/** Resources that somebody is just claiming a place of. */
const racing = new Set<string>();

/** Faults in what several share. */
export const capacityFaults: readonly BrokenAdapter[] = [
  brokenInput(
    'has one place more than there are',
    'a span is claimed beside as many as its resource has places for',
    (write) => ({
      ...write,
      claims: write.claims?.map((claim) => ({
        ...claim,
        spans: claim.spans.map((span) => ({ ...span, capacity: span.capacity && span.capacity + 1 })),
      })),
    }),
  ),
  brokenWrite(
    'has one place for a whole span or none',
    'a place is chosen in each cell by itself, so that time which is free in pieces can be had',
    async (asked) => {
      const { raw, clock, write, really } = asked;
      const held = raw.prepare(
        `SELECT COUNT(DISTINCT ordinal) n FROM claims WHERE ${inRange} AND (expires_ms IS NULL OR expires_ms > ?)`,
      );
      for (const { range, capacity } of sharedRanges(asked))
        if (Number(held.get(...range, clock.now())?.['n']) >= capacity) return { kind: 'taken' };
      return really(write);
    },
  ),
  brokenAfter('frees every place but the first', 'who leaves gives up one place and no other', ({ raw, write }) => {
    if (write.release?.length) raw.exec('DELETE FROM claims WHERE ordinal > 0 AND cell > 1');
  }),
  brokenWrite(
    'counts places whose hold has expired',
    'a place of an expired hold is free, and that of a converted one is not',
    async (asked) => {
      const held = asked.raw.prepare(`SELECT 1 FROM claims WHERE ${inRange} GROUP BY cell HAVING COUNT(*) >= ?`);
      for (const { range, capacity } of sharedRanges(asked)) if (held.get(...range, capacity)) return { kind: 'taken' };
      return asked.really(asked.write);
    },
  ),
  brokenWrite(
    'counts the places below the capacity alone',
    'claims beyond a capacity that was lowered count as well',
    async (asked) => {
      const { raw, really, write } = asked;
      const hide = raw.prepare(`UPDATE claims SET cell = cell + 1e12 WHERE ${inRange} AND ordinal >= ?`);
      for (const { range, capacity } of sharedRanges(asked)) hide.run(...range, capacity);
      const outcome = await really(write);
      raw.exec('UPDATE claims SET cell = cell - 1e12 WHERE cell >= 1e12');
      return outcome;
    },
  ),
  brokenWrite(
    'lets no two claims of a write share',
    'claims of one write share a capacity as those of two writes do',
    async (asked) =>
      sharedRanges(asked).length > 1 && (asked.write.claims?.length ?? 0) > 1
        ? { kind: 'taken' }
        : asked.really(asked.write),
  ),
  brokenWrite(
    'keeps the places of a claim that is refused',
    'places and single claims are had together or not at all',
    async ({ write, really }) => {
      const outcome = await really(write);
      const shared = write.claims?.map((claim) => ({
        ...claim,
        spans: claim.spans.filter((each) => each.capacity === 2),
      }));
      if (outcome.kind === 'taken' && shared?.length === 1) await really({ claims: shared, events: [] });
      return outcome;
    },
  ),
  brokenWrite(
    'refuses who loses a race for a place',
    'of fifty who want overlapping times of a shared resource at once, none is refused while there is room',
    async (asked) => {
      const [shared] = sharedRanges(asked);
      const resource = shared && `${asked.company} ${Buffer.from(shared.range[0]).toString('hex')}`;
      if (resource !== undefined && racing.has(resource)) return { kind: 'taken' };
      if (resource !== undefined) racing.add(resource);
      try {
        return await asked.really(asked.write);
      } finally {
        if (resource !== undefined) racing.delete(resource);
      }
    },
  ),
];
