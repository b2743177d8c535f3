import { MINUTE_MS } from '../../../src/core/contracts/storageLaws/minutes.ts';
import { stored, type BrokenAdapter } from './brokenAdapter.ts';
import { brokenAfter, brokenInput, brokenWrite, looksTaken } from './faultyWrite.ts';

/** Faults in who gets time. */
export const claimFaults: readonly BrokenAdapter[] = [
  brokenAfter(
    'guards only the first cell of what is claimed',
    'time that is claimed cannot be claimed again, in whole or in part',
    ({ raw }) => {
      raw.exec(`DELETE FROM claims WHERE EXISTS (SELECT 1 FROM claims b WHERE b.company_id = claims.company_id
        AND b.subject = claims.subject AND b.owner_id = claims.owner_id AND b.cell < claims.cell)`);
    },
  ),
  brokenWrite('takes touching for overlapping', 'claims may touch: one ends where the next begins', async (asked) =>
    (await looksTaken(asked, 1)) ? { kind: 'taken' } : asked.really(asked.write),
  ),
  brokenWrite(
    'claims the time of the whole company',
    'claims of different resources do not meet',
    async ({ real, company, write, really, raw }) => {
      const spans = (write.claims ?? []).flatMap((claim) => claim.spans);
      const ids = raw.prepare('SELECT DISTINCT lower(hex(resource_id)) id FROM spans').all() as { id: string }[];
      const all = ids.map(({ id }) => id.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5') as never);
      for (const { startMs, endMs } of write.release ? [] : spans) {
        const { busy } = await real.busy(company, { resourceIds: all, fromMs: startMs, toMs: endMs });
        if (busy.some((pairs) => pairs.length > 0)) return { kind: 'taken' };
      }
      return really(write);
    },
  ),
  brokenWrite(
    'keeps the part that was free',
    'claims are had all together or not at all',
    async ({ write, really }) => {
      const outcome = await really(write);
      if (outcome.kind !== 'taken') return outcome;
      for (const claim of write.claims ?? [])
        for (const span of claim.spans) await really({ claims: [{ ...claim, spans: [span] }], events: [] });
      return outcome;
    },
  ),
  brokenWrite(
    'forgets the claims after the first where they meet',
    'two claims within one write meet like those of two writes',
    async ({ write, really }) => {
      const outcome = await really(write);
      if (outcome.kind !== 'taken' || (write.claims?.length ?? 0) < 2) return outcome;
      return really({ ...write, claims: write.claims?.slice(0, 1) });
    },
  ),
  brokenInput('knows but one grain', 'a grain of one minute is told apart to the minute', (write) => ({
    ...write,
    claims: write.claims?.map((claim) => ({ ...claim, grainMs: 5 * MINUTE_MS })),
  })),
  brokenAfter(
    'guards at most a hundred cells of a span',
    'long spans on many days are claimed to their last cell',
    ({ raw }) => {
      raw.exec(`DELETE FROM claims WHERE EXISTS (SELECT 1 FROM spans s WHERE s.company_id = claims.company_id
        AND s.resource_id = claims.subject AND s.owner_id = claims.owner_id
        AND claims.cell >= s.first_cell + 100 AND claims.cell < s.end_cell)`);
    },
  ),
  brokenInput('lets appointments lapse after a year', 'a claim without an end stays', (write, { clock }) => ({
    ...write,
    claims: write.claims?.map((claim) => ({
      ...claim,
      expiresMs: claim.expiresMs ?? clock.now() + 365 * 1440 * MINUTE_MS,
    })),
  })),
  brokenWrite(
    'leaves the hold’s row when it releases it',
    'release gives back spans, claims and the hold',
    async ({ real, company, write, really }) => {
      const holds = await Promise.all((write.release ?? []).map((id) => real.hold(company, id as never)));
      const outcome = await really(write);
      if (outcome.kind === 'committed') for (const hold of holds) if (hold) await really({ hold, events: [] });
      return outcome;
    },
  ),
  brokenInput('releases nothing', 'release gives back spans, claims and the hold', (write) => ({
    ...write,
    release: undefined,
  })),
  brokenWrite(
    'refuses to release what is not there',
    'release of an unknown owner is no reason to refuse',
    async ({ raw, write, really }) => {
      const known = raw.prepare('SELECT 1 FROM spans WHERE owner_id = ?');
      const unknown = write.release?.some((id) => known.get(stored(id)) === undefined);
      return unknown ? { kind: 'hold-expired' } : really(write);
    },
  ),
  brokenWrite(
    'releases everything of the resource',
    'release touches nothing of other owners',
    async ({ raw, write, really }) => {
      const subjects = raw.prepare('SELECT DISTINCT resource_id FROM spans WHERE owner_id = ?');
      const rows = (write.release ?? []).flatMap((id) => subjects.all(stored(id)) as { resource_id: Uint8Array }[]);
      const outcome = await really(write);
      for (const { resource_id } of outcome.kind === 'committed' && !write.claims ? rows : []) {
        raw.prepare('DELETE FROM claims WHERE subject = ?').run(resource_id);
        raw.prepare('DELETE FROM spans WHERE resource_id = ?').run(resource_id);
      }
      return outcome;
    },
  ),
  brokenWrite(
    'releases after it has claimed',
    'what a write releases it may claim itself: an appointment moves over its own time',
    async ({ write, really }) => {
      const outcome = await really({ ...write, release: undefined });
      if (outcome.kind === 'committed' && write.release) await really({ release: write.release, events: [] });
      return outcome;
    },
  ),
  brokenAfter(
    'notes one span a resource',
    'every span of an appointment is busy, on each of its resources',
    ({ raw }) => {
      raw.exec(`DELETE FROM spans WHERE EXISTS (SELECT 1 FROM spans b WHERE b.company_id = spans.company_id
        AND b.resource_id = spans.resource_id AND b.owner_id = spans.owner_id AND b.start_ms < spans.start_ms)`);
    },
  ),
];
