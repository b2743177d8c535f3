import { covers, firstEndingAfter, NO_INTERVALS } from '../time/interval.ts';
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
  { able, stages }: Pick<Crew, 'able' | 'stages'>,
  startMs: number,
): readonly number[] | undefined {
  const { lengthsMs, minGapsMs, maxGapsMs } = service;
  const serves = (need: number, segment: number): boolean => needs[need]?.segments.includes(segment) === true;
  const isOpen = (need: number, segment: number): boolean => (needs[need]?.segments.at(-1) ?? 0) > segment;
  const hopeless = new Set<string>();
  const segmentStartsMs: number[] = [];
  const place = (before: readonly (readonly Able[])[], atMs: number): boolean => {
    const segment = segmentStartsMs.length;
    const left = before.map((each, need) =>
      serves(need, segment) ? each.filter(({ part }) => covers(part[segment] ?? NO_INTERVALS, atMs, atMs + 1)) : each,
    );
    if (
      needs.some(
        ({ needed }, need) => serves(need, segment) && new Set(left[need]?.map(({ member }) => member)).size < needed,
      )
    )
      return false;
    // Who served needs that are met by now is of no interest to what follows.
    const key = (): string =>
      [segment, atMs, ...left.map((each, need) => isOpen(need, segment) && each.map(({ name }) => name).join())].join(
        ' ',
      );
    if (hopeless.size > 0 && hopeless.has(key())) return false;
    segmentStartsMs.push(atMs);
    if (segment + 1 === lengthsMs.length) return true;
    const endMs = atMs + (lengthsMs[segment] ?? 0);
    const stage = stages[segment + 1] ?? NO_INTERVALS;
    for (let nextMs = endMs + (minGapsMs[segment] ?? 0); ; nextMs += MINUTE_MS) {
      nextMs = Math.max(nextMs, stage[firstEndingAfter(stage, nextMs)] ?? Infinity);
      if (nextMs > endMs + (maxGapsMs[segment] ?? 0)) break;
      if (place(left, nextMs)) return true;
    }
    segmentStartsMs.pop();
    hopeless.add(key());
    return false;
  };
  return place(able, startMs) ? segmentStartsMs : undefined;
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
