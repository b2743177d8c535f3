import { epochDayAt } from '../time/localDate.ts';
import { localMsAt, UTC } from '../time/zone.ts';
import type { Need } from './need.ts';
import type { SlotQuestion, SlotResource } from './question.ts';

/** Starts (0) and ends (1) of busy time as it stands. */
type Edges = readonly [ReadonlySet<number>, ReadonlySet<number>];

/** Chooses for each need of a start, given what the appointment occupies. */
type ByChanges = (
  free: readonly (readonly number[])[],
  startMs: number,
  fromMs: number,
  toMs: number,
) => readonly (readonly number[])[];

/**
 * Puts those who are free for each need in order, whoever makes the fewest changes first. The lead is the first of the
 * first kind; his neighbours are the last end of his busy time at or before the appointment's occupied time and the first
 * start at or after it, on the start's date in the zone of the first resource. Another kind changes at a neighbour where
 * somebody of it was with the lead (his busy time ends, or starts, at that instant), and whoever serves now was not.
 */
export function fewestChanges({ resources, prefer = [] }: SlotQuestion, needs: readonly Need[]): ByChanges {
  const zone = resources[0]?.schedule.zone ?? UTC;
  const dayOf = (ms: number): number => epochDayAt(localMsAt(zone, ms));
  const each = resources.map(edgesOf);
  const sorted = new Map<number, readonly [Float64Array, Float64Array]>();
  const sortedOf = (lead: number): readonly [Float64Array, Float64Array] => {
    const [starts, ends] = each[lead] ?? [];
    const known = sorted.get(lead) ?? [Float64Array.from(starts ?? []).sort(), Float64Array.from(ends ?? []).sort()];
    sorted.set(lead, known);
    return known;
  };
  const kinds = new Map<string | undefined, readonly [Set<number>, Set<number>]>();
  resources.forEach(({ kind }, index) => {
    const all = kinds.get(kind) ?? [new Set<number>(), new Set<number>()];
    kinds.set(kind, all);
    for (const edge of [0, 1] as const) for (const ms of each[index]?.[edge] ?? []) all[edge].add(ms);
  });
  const [leadKind] = needs.map(({ kind }) => kind);
  return (free, startMs, fromMs, toMs) => {
    const [starts, ends] = sortedOf(free[0]?.[0] ?? -1);
    const today = dayOf(startMs);
    const neighbours = [
      [starts[countBelow(starts, toMs)], 0],
      [ends[countBelow(ends, fromMs + 1) - 1], 1],
    ] as const;
    return needs.map(({ kind }, need) => {
      const members = free[need] ?? [];
      if (kind === leadKind) return members;
      const met = neighbours.filter(
        ([ms, edge]) => ms !== undefined && dayOf(ms) === today && kinds.get(kind)?.[edge].has(ms),
      );
      const changes = (member: number): number =>
        met.reduce((sum, [ms = NaN, edge]) => sum + (each[member]?.[edge].has(ms) === true ? 0 : 1), 0);
      // Whoever is preferred comes first by order already, and before all others whatever it changes.
      const counted = new Map(
        members.map((member) => [member, prefer.includes(resources[member]?.id ?? '') ? -1 : changes(member)]),
      );
      return [...members].sort((left, right) => (counted.get(left) ?? 0) - (counted.get(right) ?? 0));
    });
  };
}

function edgesOf({ busy }: SlotResource): Edges {
  const edges = [new Set<number>(), new Set<number>()] as const;
  for (let index = 0; index < busy.length; index += 2) {
    const start = busy[index] ?? NaN;
    const end = busy[index + 1] ?? NaN;
    if (start < end) {
      edges[0].add(start);
      edges[1].add(end);
    }
  }
  return edges;
}

/** How many of some ascending numbers are less than one. */
function countBelow(list: Float64Array, limit: number): number {
  let low = 0;
  for (let high = list.length; low < high;) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? NaN) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
