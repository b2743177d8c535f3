import type { Blocker } from './blocker.ts';
import { dateBlockers, noticeBlockers } from './explainAllowed.ts';
import { busyBlockers, occupiedTime } from './explainBusy.ts';
import { gridBlockers } from './explainGrid.ts';
import { hoursBlockers } from './explainHours.ts';
import { demandsOf, partWith, unableBlockers } from './explainNeeds.ts';
import { joiningBlockers, seatBlockers } from './explainSeats.ts';
import type { SlotQuestion, SlotResource } from './question.ts';

/** Everything that stands in the way of a start that is not bookable; never nothing. */
export function explain(question: SlotQuestion, startMs: number): readonly Blocker[] {
  const joining = joiningBlockers(question, startMs);
  // Whoever can join a session needs no new one, so what stands in the way of that is of no interest.
  const blockers = joining.length > 0 ? joining : newBlockers(question, startMs);
  // Segments with needs of their own are often blocked by the same.
  return [...new Map(blockers.map((blocker) => [JSON.stringify(blocker), blocker])).values()];
}

function newBlockers(question: SlotQuestion, startMs: number): readonly Blocker[] {
  const { service, resources } = question;
  const [first] = resources;
  const demands = demandsOf(question);
  const whole = [
    ...noticeBlockers(question, startMs),
    ...seatBlockers(question, startMs),
    ...(service.ownGrid || first === undefined ? [] : gridBlockers(service, first, startMs)),
    ...demands.flatMap(({ kind, needed, members: { length: available } }): Blocker[] => {
      if (available >= needed) return [];
      return [{ code: 'RESOURCE_MISSING', ...(kind === undefined ? {} : { kind }), needed, available }];
    }),
  ];
  const able = demands.map(() => 0);
  const each = resources.flatMap((resource, index) => {
    const own = ownBlockers(question, resource, startMs);
    const occupied = occupiedTime(resource);
    const parts = demands.flatMap((demand, at) => {
      if (!demand.members.includes(index)) return [];
      const part = partWith(question, demands, demand, resource);
      const blockers = [
        ...own,
        ...hoursBlockers(resource, part, startMs),
        ...busyBlockers(resource, occupied, part, demand.segments, startMs),
      ];
      if (blockers.length === 0) able[at] = (able[at] ?? 0) + 1;
      return blockers;
    });
    return [...parts, ...unableBlockers(question, demands, index)];
  });
  const separately = whole.length === 0 && demands.every(({ needed }, at) => (able[at] ?? 0) >= needed);
  return [...whole, ...each, ...(separately ? [{ code: 'NO_ARRANGEMENT' as const }] : [])];
}

/** What stands in the way of a resource whichever segments it serves. */
function ownBlockers(question: SlotQuestion, resource: SlotResource, startMs: number): Blocker[] {
  const { service } = question;
  return [
    ...(service.ownGrid ? gridBlockers(service, resource, startMs) : []),
    ...dateBlockers(question, resource, startMs),
  ];
}
