import type { Intervals } from '../time/interval.ts';
import { epochDayAt } from '../time/localDate.ts';
import { localMsAt, UTC } from '../time/zone.ts';
import type { Picked } from './picked.ts';
import type { SlotQuestion } from './question.ts';
import type { Choice } from './repick.ts';
import type { Variant } from './variant.ts';

const EDGES = [0, 1] as const;

/**
 * Puts those who are free for each need in order, whoever makes the fewest changes first. The lead is the first of the
 * first kind; his neighbours are the last end of his busy time at or before the appointment's occupied time and the first
 * start at or after it, on the start's date in the zone of the first resource. Another kind changes at a neighbour where
 * somebody of it was with the lead (his busy time ends, or starts, at that instant), and whoever serves now was not.
 */
export function byChanges(
  { resources, prefer = [] }: SlotQuestion,
  { service, needs }: Variant,
  { startsMs, segmentStartsMs }: Picked,
): Choice {
  const { lengthsMs, bufferBeforeMs, bufferAfterMs } = service;
  const last = lengthsMs.length - 1;
  const zone = resources[0]?.schedule.zone ?? UTC;
  const dayOf = (ms: number): number => epochDayAt(localMsAt(zone, ms));
  // The starts and the ends of each resource's busy time as it stands.
  const edges = resources.map(({ busy }) =>
    EDGES.map((edge) => new Set(busy.filter((_, at) => (at & 1) === edge && isReal(busy, at)))),
  );
  const [leadKind] = needs.map(({ kind }) => kind);
  return (free, index) => {
    const startMs = startsMs[index] ?? NaN;
    const fromMs = startMs - bufferBeforeMs;
    const lastMs = segmentStartsMs[index * lengthsMs.length + last] ?? NaN;
    const toMs = lastMs + (lengthsMs[last] ?? 0) + bufferAfterMs;
    const [starts = [], ends = []] = edges[free[0]?.[0] ?? -1] ?? [];
    let after = Infinity;
    let before = -Infinity;
    for (const ms of starts) if (ms >= toMs && ms < after) after = ms;
    for (const ms of ends) if (ms <= fromMs && ms > before) before = ms;
    const neighbours = [after, before] as const;
    const near = EDGES.filter((edge) => isFinite(neighbours[edge]) && dayOf(neighbours[edge]) === dayOf(startMs));
    const met = (resource: number, edge: 0 | 1): boolean => edges[resource]?.[edge]?.has(neighbours[edge]) === true;
    return needs.map(({ kind }, need) => {
      const members = free[need] ?? [];
      if (kind === leadKind) return members;
      const known = near.filter((edge) => resources.some((other, at) => other.kind === kind && met(at, edge)));
      // Whoever is preferred comes first by order already, and before all others whatever it changes.
      const changes = (member: number): number =>
        prefer.includes(resources[member]?.id ?? '') ? -1 : known.filter((edge) => !met(member, edge)).length;
      return [...members].sort((left, right) => changes(left) - changes(right));
    });
  };
}

/** Whether an edge belongs to an interval that is not empty. */
function isReal(busy: Intervals, at: number): boolean {
  return (busy[at & ~1] ?? NaN) < (busy[at | 1] ?? NaN);
}
