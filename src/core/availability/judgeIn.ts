import type { Span } from '../model/appointment.ts';
import type { Slot } from '../model/slot.ts';
import { refuse, type Refused } from '../refusals.ts';
import type { Catalog } from './catalog.ts';
import type { Snapshot } from './catalogs.ts';
import { checkGroups } from './checkGroups.ts';
import { withDeciders } from './deciders.ts';
import { toSlot } from './listing.ts';
import { codeOf, reasonsOf, type NotFreeCode } from './reasons.ts';
import { spansOf } from './spans.ts';
import { buffersOf } from './visit.ts';
import type { Candidates } from './wish.ts';

/** A start that may be taken, with all that a write needs to know. */
export interface Judged {
  readonly ok: true;
  readonly slot: Slot;
  /** What it would occupy. */
  readonly spans: readonly Span[];
  readonly catalog: Catalog;
  readonly candidates: Candidates;
}

/** Judges a start by what has been read. Refused, it comes with every reason; other starts are for the caller to look for. */
export function judgeIn(
  candidates: Candidates,
  snapshot: Snapshot,
  nowMs: number,
  { startMs, endMs }: { readonly startMs: number; readonly endMs?: number | undefined },
): Judged | Refused<NotFreeCode | 'OFFER_INVALID'> {
  const check = checkGroups(candidates, snapshot, nowMs, startMs);
  if (!check.ok) {
    const reasons = reasonsOf(withDeciders(check.blockers, snapshot.catalog.policies, candidates));
    return refuse(codeOf(check.blockers), { reasons, alternatives: [] });
  }
  const slot = toSlot(candidates, check.slot);
  if (slot === undefined || (endMs !== undefined && endMs !== slot.endMs))
    return refuse('OFFER_INVALID', { why: 'the service has changed since the offer was made' });
  const spans = spansOf(buffersOf(candidates.offering, check.slot.segments), check.slot);
  return { ok: true, slot, spans, catalog: snapshot.catalog, candidates };
}
