import {
  bufferedIntervals,
  covers,
  intersect,
  intervalBuffer,
  NO_INTERVALS,
  overlaps,
  type Intervals,
} from '../time/interval.ts';
import { DAY_MS } from '../time/localDate.ts';
import { coveredBy } from './coverage.ts';
import { appendReaching, planParts, type GapPart } from './flexible.ts';
import { allowedFor, openingFor } from './host.ts';
import type { Need } from './need.ts';
import type { OrderlyQuestion } from './orderly.ts';

/** A member of a need who can serve it in one of his open intervals. */
export interface Able {
  readonly member: number;
  /** Sets it apart from the others of all needs. */
  readonly name: number;
  readonly part: GapPart;
}

/** Who may serve at some starts: notice, horizon and limits allow the same members at each of them. */
export interface Crew {
  /** Per need: its members in order, each once for every open interval that he could serve in. */
  readonly able: readonly (readonly Able[])[];
  /** Per segment: from where it and all later ones find enough members for each need, though perhaps not the same ones. */
  readonly stages: readonly Intervals[];
  /** The starts that this concerns, as far as the first stage has them. */
  readonly starts: Intervals;
}

const reaching = intervalBuffer();

/** Everyone who may serve at the starts of one phase, from stretch to stretch of the range. */
export function crewsFor(question: OrderlyQuestion, needs: readonly Need[], phaseMs: number): Crew[] {
  const { service, resources, range } = question;
  const allowed = new Map<number, Intervals>();
  let name = 0;
  const everyone = needs.map(({ members, segments }) =>
    members.flatMap((member): Able[] => {
      const resource = resources[member];
      if (resource === undefined) return [];
      const { open } = openingFor(question, resource);
      const own = allowedFor(question, resource);
      allowed.set(member, bufferedIntervals(own));
      return planParts(service, segments, open, resource.busy, own, phaseMs).map((part) => ({
        member,
        name: name++,
        part,
      }));
    }),
  );
  const edges = new Set([...allowed.values()].flatMap((list) => [...list]));
  // Cut into days as well, so that at each start only a few open intervals are looked at.
  for (let cutMs = range.fromMs; cutMs < range.toMs; cutMs += DAY_MS) edges.add(cutMs);
  const bounds = Float64Array.from(edges.add(range.toMs)).sort();
  const crews: Crew[] = [];
  for (let at = 0; at + 1 < bounds.length; at++) {
    const fromMs = bounds[at] ?? NaN;
    const toMs = bounds[at + 1] ?? NaN;
    const untilMs = toMs + service.maxSpanMs;
    const window = Float64Array.of(fromMs, untilMs);
    const mayStart = (member: number): boolean => covers(allowed.get(member) ?? NO_INTERVALS, fromMs, fromMs + 1);
    const able = everyone.map((each, need) => {
      const [first = 0] = needs[need]?.segments ?? [];
      return each.filter(
        ({ member, part }) => mayStart(member) && overlaps(part[first] ?? NO_INTERVALS, fromMs, untilMs),
      );
    });
    const stages: Intervals[] = [];
    for (let segment = service.lengthsMs.length - 1; segment >= 0; segment--) {
      reaching.length = 0;
      appendReaching(service, segment, stages[segment + 1], reaching);
      let stage: Intervals = bufferedIntervals(reaching);
      needs.forEach(({ needed, segments }, need) => {
        if (!segments.includes(segment)) return;
        // One who can serve in two open intervals is never in both at once.
        const lists = able[need]?.map(({ part }) => intersect(part[segment] ?? NO_INTERVALS, window)) ?? [];
        stage = intersect(stage, coveredBy(lists, needed));
      });
      stages[segment] = stage;
    }
    crews.push({ able, stages, starts: intersect(stages[0] ?? NO_INTERVALS, Float64Array.of(fromMs, toMs)) });
  }
  return crews;
}
