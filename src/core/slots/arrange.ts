import { covers, firstEndingAfter, NO_INTERVALS, overlaps } from '../time/interval.ts';
import { MINUTE_MS } from '../time/localDate.ts';
import type { Able, Crew } from './crew.ts';
import type { Need } from './need.ts';
import type { CompiledService } from './service.ts';

/**
 * Those who serve share one appointment and so its gaps: the starts of the segments with the smallest gaps, the earlier
 * gap first, with which every need has enough members. Undefined where there are none.
 */
export function arrange(
  service: CompiledService,
  needs: readonly Need[],
  { able, stages }: Crew,
  startMs: number,
): readonly number[] | undefined {
  const { lengthsMs, minGapsMs, maxGapsMs } = service;
  // Whoever serves one segment alone is in its stage; only of the others may too few be left by later segments.
  const lasting = able.map((each, need) => {
    const [first = 0, ...later] = needs[need]?.segments ?? [];
    if (later.length === 0) return [];
    return each.filter(({ part }) => overlaps(part[first] ?? NO_INTERVALS, startMs, startMs + service.maxSpanMs));
  });
  const hopeless = new Set<string>();
  const segmentStartsMs: number[] = [];
  const place = (before: readonly (readonly Able[])[], atMs: number): boolean => {
    const segment = segmentStartsMs.length;
    const left = before.map((each, need) =>
      needs[need]?.segments.includes(segment) === true
        ? each.filter(({ part }) => covers(part[segment] ?? NO_INTERVALS, atMs, atMs + 1))
        : each,
    );
    if (needs.some(({ needed, segments }, need) => segments.length > 1 && countOf(left[need] ?? []) < needed))
      return false;
    const key = [segment, atMs, ...left.map((each) => each.map(({ name }) => name).join())].join(' ');
    if (hopeless.has(key)) return false;
    segmentStartsMs.push(atMs);
    if (segment + 1 === lengthsMs.length) return true;
    const endMs = atMs + (lengthsMs[segment] ?? 0);
    const leastMs = endMs + (minGapsMs[segment] ?? 0);
    const mostMs = endMs + (maxGapsMs[segment] ?? 0);
    const stage = stages[segment + 1] ?? NO_INTERVALS;
    for (let index = firstEndingAfter(stage, leastMs); index < stage.length; index += 2) {
      const fromMs = Math.max(leastMs, stage[index] ?? NaN);
      if (fromMs > mostMs) break;
      const toMs = Math.min(mostMs + 1, stage[index + 1] ?? NaN);
      for (let nextMs = fromMs; nextMs < toMs; nextMs += MINUTE_MS) if (place(left, nextMs)) return true;
    }
    segmentStartsMs.pop();
    hopeless.add(key);
    return false;
  };
  return place(lasting, startMs) ? segmentStartsMs : undefined;
}

/** How many members there are, each of whom may be there for several of his open intervals in a row. */
function countOf(able: readonly Able[]): number {
  let count = 0;
  able.forEach(({ member }, at) => {
    if (member !== able[at - 1]?.member) count++;
  });
  return count;
}

/** The first members, in order, of those who can serve a need when the segments start then; all of them unless told. */
export function freeIn(
  { segments }: Need,
  able: readonly Able[],
  segmentStartsMs: readonly number[],
  most = Infinity,
): number[] {
  const free: number[] = [];
  for (const { member, part } of able) {
    if (free.length === most) break;
    const isFree = segments.every((segment) => {
      const atMs = segmentStartsMs[segment] ?? NaN;
      return covers(part[segment] ?? NO_INTERVALS, atMs, atMs + 1);
    });
    if (isFree) free.push(member);
  }
  return free;
}
