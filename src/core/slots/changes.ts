import { epochDayAt } from '../time/localDate.ts';
import { localMsAt } from '../time/zone.ts';
import type { Need } from './need.ts';
import type { SlotQuestion, SlotResource } from './question.ts';

/**
 * Those who are free for each need, whoever makes the fewest changes first. The lead is the first of the first kind; his
 * neighbours are the last end of his busy time at or before the appointment's occupied time and the first start at or
 * after it, on the start's date in the zone of the first resource. Another kind changes at a neighbour where somebody of
 * it was with the lead (his busy time ends, or starts, at that instant), and whoever serves now was not.
 */
export function fewestChanges(
  { resources, prefer = [] }: SlotQuestion,
  needs: readonly Need[],
  free: readonly (readonly number[])[],
  startMs: number,
  fromMs: number,
  toMs: number,
): readonly (readonly number[])[] {
  const lead = resources[free[0]?.[0] ?? -1];
  const zone = resources[0]?.schedule.zone;
  if (lead === undefined || zone === undefined) return free;
  const dayOf = (ms: number): number => epochDayAt(localMsAt(zone, ms));
  const today = dayOf(startMs);
  const before = edges(lead, 1).reduce((latest, ms) => (ms <= fromMs && ms > latest ? ms : latest), -Infinity);
  const after = edges(lead, 0).reduce((first, ms) => (ms >= toMs && ms < first ? ms : first), Infinity);
  const [leadKind] = needs.map(({ kind }) => kind);
  return needs.map(({ kind }, need) => {
    const members = free[need] ?? [];
    if (kind === leadKind) return members;
    const changes = (member: number): number =>
      (
        [
          [before, 1],
          [after, 0],
        ] as const
      ).reduce((sum, [ms, edge]) => {
        if (!Number.isFinite(ms) || dayOf(ms) !== today) return sum;
        const met = (resource: SlotResource | undefined): boolean =>
          resource !== undefined && edges(resource, edge).includes(ms);
        const known = resources.some((resource) => resource.kind === kind && met(resource));
        return known && !met(resources[member]) ? sum + 1 : sum;
      }, 0);
    // Whoever is preferred comes first by order already, and before all others whatever it changes.
    const counted = new Map(
      members.map((member) => [member, prefer.includes(resources[member]?.id ?? '') ? -1 : changes(member)]),
    );
    return [...members].sort((left, right) => (counted.get(left) ?? 0) - (counted.get(right) ?? 0));
  });
}

/** The starts (0) or ends (1) of a resource's busy time as it stands. */
function edges({ busy }: SlotResource, edge: 0 | 1): number[] {
  const found: number[] = [];
  for (let index = 0; index < busy.length; index += 2) {
    if ((busy[index] ?? NaN) < (busy[index + 1] ?? NaN)) found.push(busy[index + edge] ?? NaN);
  }
  return found;
}
