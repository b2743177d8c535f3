import type { Blocker } from '../slots/blocker.ts';
import { checkStart, type StartCheck } from '../slots/checkStart.ts';
import type { Snapshot } from './catalogs.ts';
import { question, type Candidates } from './wish.ts';

/** Judges a start by each group until one can serve; if none can, everything that keeps any of them from it. */
export function checkGroups(asked: Candidates, snapshot: Snapshot, nowMs: number, startMs: number): StartCheck {
  const blockers: Blocker[] = [];
  for (const group of asked.groups) {
    const check = checkStart(question(asked, group, snapshot, nowMs), startMs);
    if (check.ok) return check;
    blockers.push(...check.blockers);
  }
  return { ok: false, blockers };
}
